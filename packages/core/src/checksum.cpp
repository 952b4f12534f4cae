// SPDX-License-Identifier: MIT
#include "medusa/core/checksum.hpp"

#include <array>
#include <cstddef>
#include <openssl/evp.h>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

constexpr std::size_t kDigestSize = 32;
using Digest = std::array<unsigned char, kDigestSize>;

Digest digest_of(std::string_view bytes) {
  Digest digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw Error({.code = ErrorCode::Internal, .message = "libcrypto could not compute SHA-256"});
  }
  return digest;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * kDigestSize);
  for (const unsigned char byte : digest_of(bytes)) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0x0FU];
  }
  return hex;
}

std::string sha256_base64(std::string_view bytes) {
  const Digest digest = digest_of(bytes);
  std::array<unsigned char, 4 * (kDigestSize + 2) / 3 + 1> text{};  // and a final zero
  const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return {text.begin(), text.begin() + size};
}

std::string short_sha256(std::string_view bytes, std::size_t digits) {
  return sha256(bytes).substr(0, digits);
}

}  // namespace medusa
