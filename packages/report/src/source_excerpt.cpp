// SPDX-License-Identifier: MIT
#include "source_excerpt.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "display_width.hpp"

namespace medusa {

namespace {

constexpr std::size_t kTabStop = 4;
/// Built JavaScript can be one line of a megabyte.
constexpr std::size_t kLongestLine = 120;
constexpr std::size_t kNarrowest = 20;

/// A character as it is drawn.
struct Glyph {
  std::string text = {};
  std::size_t width = 0;
};

/// The line's text. A file that cannot be read just has no excerpt: this is part of showing another
/// problem.
std::string line_of(const Location& location) {
  if (!location.text.empty() || location.line <= 0) {
    return location.text;
  }
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(location.file, ignored)) {
    return {};
  }
  std::ifstream file(location.file, std::ios::binary);
  std::string line;
  for (int number = 0; number < location.line; ++number) {
    if (!std::getline(file, line)) {
      return {};
    }
  }
  return line;
}

/// The glyphs of the line, and the index of the one the column means (its end at most).
struct DrawnLine {
  std::vector<Glyph> glyphs = {};
  std::size_t caret = 0;
};

DrawnLine drawn(std::string_view line, int column) {
  while (line.ends_with('\r') || line.ends_with('\n')) {
    line.remove_suffix(1);
  }
  DrawnLine result;
  std::size_t width = 0;
  int number = 0;
  while (!line.empty()) {
    const Character character = first_character(line);
    if (++number == column) {
      result.caret = result.glyphs.size();
    }
    if (character.code == U'\t') {
      do {
        result.glyphs.push_back({.text = " ", .width = 1});
      } while (++width % kTabStop != 0);
    } else {
      result.glyphs.push_back(
          {.text = printable(character.bytes), .width = display_width(character)});
      width += result.glyphs.back().width;
    }
    line.remove_prefix(character.bytes.size());
  }
  if (column > number) {
    result.caret = result.glyphs.size();
  }
  return result;
}

std::size_t width_of(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end) {
  std::size_t width = 0;
  for (std::size_t i = begin; i < end; ++i) {
    width += glyphs[i].width;
  }
  return width;
}

/// What is shown of a line: its text, and where in it the caret points.
struct Cut {
  std::string text = {};
  std::size_t caret = 0;
};

Cut cut(const DrawnLine& line, std::size_t room, std::string_view ellipsis) {
  const std::vector<Glyph>& glyphs = line.glyphs;
  const std::size_t dots = display_width(ellipsis);
  std::size_t begin = 0;
  // The caret keeps some context on its right, and a place of its own behind the line's end.
  if (width_of(glyphs, 0, glyphs.size()) >= room) {
    while (begin < line.caret && width_of(glyphs, begin, line.caret) > room * 2 / 3) {
      ++begin;
    }
  }
  Cut result{.text = std::string(begin > 0 ? ellipsis : "")};
  std::size_t used = begin > 0 ? dots : 0;
  std::size_t end = begin;
  const bool whole = used + width_of(glyphs, begin, glyphs.size()) <= room;
  while (end < glyphs.size() && (whole || used + glyphs[end].width + dots <= room)) {
    if (end == line.caret) {
      result.caret = used;
    }
    used += glyphs[end].width;
    result.text += glyphs[end].text;
    ++end;
  }
  if (line.caret >= end) {
    result.caret = used;
  }
  if (end < glyphs.size()) {
    result.text += ellipsis;
  }
  return result;
}

}  // namespace

std::string source_excerpt(const Location& location, const Look& look, Style caret) {
  const DrawnLine line = drawn(line_of(location), location.column);
  const auto is_blank = [](const Glyph& glyph) { return glyph.text == " "; };
  if (std::all_of(line.glyphs.begin(), line.glyphs.end(), is_blank)) {
    return {};
  }
  const std::string number = location.line > 0 ? std::to_string(location.line) : "";
  const std::size_t gutter = 2 + number.size() + 3;
  const std::size_t room =
      look.columns > 0 ? std::max(look.columns, gutter + kNarrowest) - gutter : kLongestLine;
  const Cut shown = cut(line, std::min(room, kLongestLine), look.ellipsis());
  std::string text =
      look.styled("  " + number + " |", Style::StrongAccent) + ' ' + shown.text + '\n';
  if (location.column > 0) {
    text += look.styled(std::string(2 + number.size(), ' ') + " |", Style::StrongAccent) + ' ' +
            std::string(shown.caret, ' ') + look.styled("^", caret) + '\n';
  }
  return text;
}

}  // namespace medusa
