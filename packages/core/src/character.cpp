// SPDX-License-Identifier: MIT
#include "medusa/core/character.hpp"

#include <array>
#include <cstdint>

namespace medusa {

namespace {

std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    return 3;
  }
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// The first character that needs a sequence of that length.
constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};

/// Whether the encoding was longer than needed, a surrogate, or beyond Unicode.
bool is_scalar(char32_t code, std::size_t length) {
  return code >= kLeast[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

}  // namespace

Character first_character(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text.front());
  const Character broken{.bytes = text.substr(0, 1), .code = U'?', .valid = false};
  const std::size_t length = sequence_length(lead);
  if (length == 0 || length > text.size()) {
    return broken;
  }
  if (length == 1) {
    return {.bytes = text.substr(0, 1), .code = lead};
  }
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xC0U) != 0x80U) {
      return broken;
    }
    code = (code << 6U) | (byte & 0x3FU);
  }
  return is_scalar(code, length) ? Character{.bytes = text.substr(0, length), .code = code}
                                 : broken;
}

std::optional<std::size_t> first_invalid_byte(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = first_character(text.substr(offset));
    if (!character.valid) {
      return offset;
    }
    offset += character.bytes.size();
  }
  return std::nullopt;
}

}  // namespace medusa
