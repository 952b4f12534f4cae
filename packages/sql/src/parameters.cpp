// SPDX-License-Identifier: MIT
#include "medusa/sql/parameters.hpp"

#include <charconv>

#include "scan.hpp"

namespace medusa {

namespace {

std::string literal(const std::optional<std::string>& value) {
  if (!value.has_value()) {
    return "NULL";
  }
  std::string text = value->find('\\') == std::string::npos ? "'" : "E'";
  for (const char c : *value) {
    text += c;
    if (c == '\'' || c == '\\') {
      text += c;
    }
  }
  return text + '\'';
}

/// The index (from 0) that a token like `$12` means.
std::optional<std::size_t> parameter_index(std::string_view token) {
  std::size_t number = 0;
  if (!token.starts_with('$')) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(token.data() + 1, token.data() + token.size(), number);
  if (error != std::errc() || end != token.data() + token.size() || number == 0) {
    return std::nullopt;
  }
  return number - 1;
}

}  // namespace

std::string render_parameters(std::string_view sql,
                              const std::vector<std::optional<std::string>>& values) {
  std::vector<Token> tokens;
  try {
    tokens = scan(sql);
  } catch (const Error&) {
    return std::string(sql);
  }
  std::string rendered;
  std::size_t copied = 0;
  for (const Token& token : tokens) {
    const auto index = parameter_index(sql.substr(token.begin, token.end - token.begin));
    if (index.has_value() && *index < values.size()) {
      rendered += sql.substr(copied, token.begin - copied);
      rendered += literal(values[*index]);
      copied = token.end;
    }
  }
  return rendered + std::string(sql.substr(copied));
}

}  // namespace medusa
