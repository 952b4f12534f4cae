// SPDX-License-Identifier: MIT
#include "medusa/sql/normal_form.hpp"

#include "medusa/core/text.hpp"

#include "scan.hpp"

namespace medusa {

namespace {

void append_folded(std::string& text, std::string_view token) {
  for (const char c : token) {
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

}  // namespace

std::string normal_form(std::string_view sql) {
  std::vector<Token> tokens;
  try {
    tokens = scan(sql);
  } catch (const Error&) {
    return std::string(sql);
  }
  std::string text;
  std::size_t without_terminator = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is_comment) {
      continue;
    }
    // Where a token ends is known from the next one: libpg_query misreports the end of U&'...'.
    const std::size_t end = i + 1 < tokens.size() ? tokens[i + 1].begin : sql.size();
    const std::string_view token = trim(sql.substr(tokens[i].begin, end - tokens[i].begin));
    text += text.empty() ? "" : " ";
    if (tokens[i].is_folded) {
      append_folded(text, token);
    } else {
      text += token;
    }
    if (token != ";") {
      without_terminator = text.size();
    }
  }
  text.resize(without_terminator);
  return text;
}

}  // namespace medusa
