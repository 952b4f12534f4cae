// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace medusa {

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// SHA-256 of the bytes in base64, as Content-Security-Policy wants it.
[[nodiscard]] std::string sha256_base64(std::string_view bytes);

/// The first `digits` hexadecimal digits of SHA-256: short names for paths and keys, where a
/// collision is harmless or noticed. @pre digits <= 64
[[nodiscard]] std::string short_sha256(std::string_view bytes, std::size_t digits = 16);

}  // namespace medusa
