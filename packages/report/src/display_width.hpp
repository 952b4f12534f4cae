// SPDX-License-Identifier: MIT
// Text as a terminal shows it. Everything is UTF-8; the process's C locale plays no part.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "medusa/core/character.hpp"

namespace medusa {

/// How many columns the character takes: 0, 1 or 2. Control characters count as the one column of
/// their replacement.
[[nodiscard]] std::size_t display_width(const Character& character);

/// How many columns the text takes.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text if it fits, else its beginning and the ellipsis, together at most `width` columns.
[[nodiscard]] std::string shortened(std::string_view text,
                                    std::size_t width,
                                    std::string_view ellipsis);

/// The text with '?' for everything that would move the cursor, change the terminal's state or
/// reorder what is read: control characters, bytes that are no UTF-8, bidirectional controls. Tabs
/// become blanks; line ends stay if `keep_lines`.
[[nodiscard]] std::string printable(std::string_view text, bool keep_lines = false);

}  // namespace medusa
