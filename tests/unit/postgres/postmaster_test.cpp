// SPDX-License-Identifier: MIT
#include "medusa/postgres/postmaster.hpp"

#include <filesystem>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("postmaster.pid tells the pid, the socket folder and whether the server is ready",
          "[postgres]") {
  const auto file = parse_postmaster_file(
      "4711\n/srv/my shop/data\n1763756526\n5432\n/srv/my shop/data\n\n  1835010     65536\nready  "
      " \n");
  REQUIRE(file.has_value());
  CHECK(file->pid == 4711);
  CHECK(file->socket_folder == "/srv/my shop/data");
  CHECK(file->ready);
}

TEST_CASE("postmaster.pid of a starting, recovering or stopping server is not ready",
          "[postgres]") {
  for (const char* state : {"starting", "stopping", "standby ", ""}) {
    const auto file =
        parse_postmaster_file(std::string("4711\n/data\n1\n5432\n/data\n\n 1 1\n") + state + "\n");
    REQUIRE(file.has_value());
    CHECK_FALSE(file->ready);
  }
  const auto short_file = parse_postmaster_file("4711\n/data\n1\n5432\n");
  REQUIRE(short_file.has_value());
  CHECK_FALSE(short_file->ready);
}

TEST_CASE("what is no postmaster's postmaster.pid is nothing", "[postgres]") {
  CHECK_FALSE(parse_postmaster_file("").has_value());
  CHECK_FALSE(parse_postmaster_file("\n").has_value());
  CHECK_FALSE(parse_postmaster_file("-4711\n/data\n").has_value());
  CHECK_FALSE(parse_postmaster_file("0\n").has_value());
  CHECK_FALSE(parse_postmaster_file("47x\n").has_value());
  CHECK_FALSE(parse_postmaster_file("99999999999999999999\n").has_value());
}

TEST_CASE("a process that is not PostgreSQL is not a server of its folder", "[postgres]") {
  CHECK_FALSE(is_postgres_of(::getpid(), std::filesystem::current_path()));
  CHECK_FALSE(is_postgres_of(0, "/"));
}

TEST_CASE("a socket that is not there, or whose name is too long, accepts nothing", "[postgres]") {
  CHECK_FALSE(accepts_connections({.folder = "/nonexistent"}));
  CHECK_FALSE(accepts_connections({.folder = "/" + std::string(200, 'x')}));
}

}  // namespace medusa
