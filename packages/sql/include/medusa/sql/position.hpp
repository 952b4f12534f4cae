// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "medusa/core/location.hpp"

namespace medusa {

/// Line and column (both from 1, columns in characters) of a byte offset in `text`, with the text
/// of that line. The offset may be the end of the text.
[[nodiscard]] Location position_at(std::string_view text, std::size_t offset);

/// The byte offset of the `number`-th character (from 1) of UTF-8 text: PostgreSQL reports error
/// positions in characters (protocol field 'P').
[[nodiscard]] std::size_t offset_of_character(std::string_view text, std::size_t number);

}  // namespace medusa
