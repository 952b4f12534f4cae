// SPDX-License-Identifier: MIT
#include "literal_place.hpp"

#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/sql/position.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace {

constexpr std::string_view kQuotes = "`\"'";

std::size_t offset_of(std::string_view source, const Location& place) {
  std::size_t begin = 0;
  for (int line = 1; line < place.line; ++line) {
    begin = source.find('\n', begin);
    if (begin == std::string_view::npos) {
      return source.size();
    }
    ++begin;
  }
  return begin + offset_of_character(source.substr(begin), static_cast<std::size_t>(place.column));
}

/// Whether it may stand between a call's place and its first argument: `query<Row[]>(`.
bool leads_to_argument(char c) {
  constexpr std::string_view kOthers = "_$.<>[]( \t\r\n";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

/// Where the call's first argument begins, behind its quote; `size` if that is no literal.
std::size_t literal_of(std::string_view source, std::size_t call) {
  std::size_t at = call;
  while (at < source.size() && leads_to_argument(source[at])) {
    ++at;
  }
  const bool is_quote = at < source.size() && kQuotes.find(source[at]) != std::string_view::npos;
  return is_quote ? at + 1 : source.size();
}

}  // namespace

std::optional<Location> place_in_literal(const Location& call,
                                         const std::string& text,
                                         std::size_t offset) {
  if (call.line <= 0 || call.column <= 0) {
    return std::nullopt;
  }
  std::string source;
  try {
    source = read_file(call.file);
  } catch (const Error&) {
    return std::nullopt;
  }
  std::size_t at = literal_of(source, offset_of(source, call));
  if (at >= source.size()) {
    return std::nullopt;
  }
  const char quote = source[at - 1];
  std::size_t found = at;
  for (std::size_t i = 0; i < text.size(); ++i, ++at) {
    // A line break in a template literal is \n, whatever it is in the file.
    at += text[i] == '\n' && source.compare(at, 2, "\r\n") == 0 ? 1U : 0U;
    if (at >= source.size() || source[at] != text[i]) {
      return std::nullopt;
    }
    found = i == offset ? at : found;
  }
  if (at >= source.size() || source[at] != quote) {
    return std::nullopt;
  }
  Location place = position_at(source, offset >= text.size() ? at : found);
  place.file = call.file;
  return place;
}

}  // namespace medusa
