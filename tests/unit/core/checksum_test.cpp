// SPDX-License-Identifier: MIT
#include "medusa/core/checksum.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("SHA-256 of the vectors of FIPS 180-2", "[core]") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 counts bytes, zeros included", "[core]") {
  const std::string zero(1, '\0');
  CHECK(sha256(zero) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("SHA-256 in base64 is the same bytes", "[core]") {
  // printf abc | openssl dgst -sha256 -binary | base64
  CHECK(sha256_base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  CHECK(sha256_base64("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST_CASE("a short checksum is the beginning of the long one", "[core]") {
  CHECK(short_sha256("abc") == "ba7816bf8f01cfea");
  CHECK(short_sha256("abc", 8) == "ba7816bf");
}

}  // namespace medusa
