// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace medusa {

/// What a piece of text is, for its colour. Colour never says anything that the text does not.
enum class Style {
  Plain,
  Strong,         ///< Bold: headings, messages.
  Faint,          ///< What can be skipped.
  Good,           ///< Green.
  Caution,        ///< Yellow.
  Bad,            ///< Red.
  Accent,         ///< Cyan.
  StrongGood,     ///< Bold green: the verb of a status line.
  StrongCaution,  ///< Bold yellow.
  StrongBad,      ///< Bold red.
  StrongAccent,   ///< Bold cyan.
};

/// How text may look on a channel.
struct Look {
  std::size_t columns = 0;  ///< Width of a line; 0 for as wide as it gets.
  bool color = false;
  bool unicode = false;  ///< Whether we may draw with more than ASCII.

  /// The text in that style; unchanged without colour.
  [[nodiscard]] std::string styled(std::string_view text, Style style) const;

  /// What stands for text that was left out.
  [[nodiscard]] std::string_view ellipsis() const;

  /// Columns of the right-aligned verb that begins a status line.
  [[nodiscard]] std::size_t verb_width() const;

  /// The beginning of a status line, verb and blank: "     Applied ".
  [[nodiscard]] std::string verb(std::string_view verb, Style style) const;
};

}  // namespace medusa
