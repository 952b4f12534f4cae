// SPDX-License-Identifier: MIT
#include "medusa/sql/position.hpp"

#include <algorithm>

namespace medusa {

namespace {

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

}  // namespace

Location position_at(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t end = std::min(text.find('\n', begin), text.size());
  end -= end > begin && text[end - 1] == '\r' ? 1U : 0U;
  const std::string_view in_line = before.substr(begin);
  const auto characters =
      std::count_if(in_line.begin(), in_line.end(), [](char c) { return !continues_character(c); });
  return {.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = static_cast<int>(characters) + 1,
          .text = std::string(text.substr(begin, end - begin))};
}

std::size_t offset_of_character(std::string_view text, std::size_t number) {
  std::size_t seen = 0;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    if (!continues_character(text[offset]) && ++seen == number) {
      return offset;
    }
  }
  return text.size();
}

}  // namespace medusa
