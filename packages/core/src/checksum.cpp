// SPDX-License-Identifier: MIT
#include "medusa/core/checksum.hpp"

#include <array>
#include <openssl/evp.h>

#include "medusa/core/error.hpp"

namespace medusa {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw Error({.code = ErrorCode::Internal, .message = "libcrypto could not compute SHA-256"});
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 0x0FU];
  }
  return hex;
}

std::string short_sha256(std::string_view bytes, std::size_t digits) {
  return sha256(bytes).substr(0, digits);
}

}  // namespace medusa
