// SPDX-License-Identifier: MIT
// UTF-8, read one character at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace medusa {

/// One character of a text.
struct Character {
  std::string_view bytes = {};
  char32_t code = 0;
  bool valid = true;  ///< False for a byte that is no UTF-8.
};

/// The character at the beginning. @pre `text` is not empty.
[[nodiscard]] Character first_character(std::string_view text);

/// Offset of the first byte that is no UTF-8; nothing if the text is valid.
[[nodiscard]] std::optional<std::size_t> first_invalid_byte(std::string_view text);

}  // namespace medusa
