// SPDX-License-Identifier: MIT
#include "medusa/postgres/socket_address.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("a socket address is a URL with the folder as its host parameter", "[postgres]") {
  const SocketAddress address{.folder = "/srv/shop/.medusa/postgres/data"};
  CHECK(address.url() ==
        "postgresql://medusa@localhost:5432/medusa?host=%2Fsrv%2Fshop%2F.medusa%2Fpostgres%2Fdata");
  CHECK(address.socket() == "/srv/shop/.medusa/postgres/data/.s.PGSQL.5432");
}

TEST_CASE("a socket address encodes every byte that a URL parser could take otherwise",
          "[postgres]") {
  CHECK(SocketAddress{.folder = "/a b%2F&c=d#e?f+g@h:i"}.url().ends_with(
      "?host=%2Fa%20b%252F%26c%3Dd%23e%3Ff%2Bg%40h%3Ai"));
  CHECK(SocketAddress{.folder = "/\xC3\xA9\"'"}.url().ends_with("?host=%2F%C3%A9%22%27"));
  CHECK(SocketAddress{.folder = "/", .database = "a/b"}.url().find("/a%2Fb?") != std::string::npos);
}

}  // namespace medusa
