// SPDX-License-Identifier: MIT
#include "display_width.hpp"

#include <algorithm>
#include <array>

namespace medusa {

namespace {

struct Range {
  char32_t first = 0;
  char32_t last = 0;
};

/// Marks that are drawn over the character before them, and characters without a shape.
constexpr std::array kZeroWidth{Range{0x0300, 0x036F},
                                Range{0x0483, 0x0489},
                                Range{0x0591, 0x05BD},
                                Range{0x0610, 0x061A},
                                Range{0x064B, 0x065F},
                                Range{0x0E34, 0x0E3A},
                                Range{0x0E47, 0x0E4E},
                                Range{0x1AB0, 0x1AFF},
                                Range{0x1DC0, 0x1DFF},
                                Range{0x200B, 0x200F},
                                Range{0x2060, 0x2064},
                                Range{0x20D0, 0x20FF},
                                Range{0x302A, 0x302D},
                                Range{0x3099, 0x309A},
                                Range{0xFE00, 0xFE0F},
                                Range{0xFE20, 0xFE2F},
                                Range{0xFEFF, 0xFEFF}};

/// East Asian wide and full-width characters, and emoji (Unicode's EastAsianWidth.txt, in blocks).
constexpr std::array kDoubleWidth{
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},
    Range{0x25FD, 0x25FE},   Range{0x2614, 0x2615},   Range{0x26A1, 0x26A1},
    Range{0x2705, 0x2705},   Range{0x274C, 0x274C},   Range{0x2753, 0x2757},
    Range{0x2795, 0x2797},   Range{0x2E80, 0x3029},   Range{0x302E, 0x303E},
    Range{0x3041, 0x3098},   Range{0x309B, 0x4DBF},   Range{0x4E00, 0xA4CF},
    Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F7E0, 0x1F7EB},
    Range{0x1F900, 0x1F9FF}, Range{0x1FA70, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, char32_t code) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code, [](char32_t value, const Range& range) {
        return value < range.first;
      });
  return after != ranges.begin() && code <= std::prev(after)->last;
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/// https://www.unicode.org/reports/tr9/: embeddings, overrides and isolates.
bool reorders(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::size_t display_width(const Character& character) {
  if (character.code < 0x300) {
    return 1;
  }
  if (contains(kZeroWidth, character.code)) {
    return 0;
  }
  return contains(kDoubleWidth, character.code) ? 2 : 1;
}

std::size_t display_width(std::string_view text) {
  if (is_plain_ascii(text)) {
    return text.size();
  }
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    width += display_width(character);
    text.remove_prefix(character.bytes.size());
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t width, std::string_view ellipsis) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  const std::size_t reserved = display_width(ellipsis);
  if (reserved > width) {
    return std::string(ellipsis == "..." ? ellipsis.substr(0, width) : std::string_view{});
  }
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    used += display_width(character);
    if (used > width - reserved) {
      break;
    }
    result += character.bytes;
    text.remove_prefix(character.bytes.size());
  }
  return result.append(ellipsis);
}

std::string printable(std::string_view text, bool keep_lines) {
  if (is_plain_ascii(text)) {
    return std::string(text);
  }
  std::string result;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.code == U'\n' || character.code == U'\t') {
      result += keep_lines ? static_cast<char>(character.code) : ' ';
    } else if (!character.valid || is_control(character.code) || reorders(character.code)) {
      result += '?';
    } else {
      result += character.bytes;
    }
    text.remove_prefix(character.bytes.size());
  }
  return result;
}

}  // namespace medusa
