// SPDX-License-Identifier: MIT
#include "medusa/postgres/binaries.hpp"

#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

namespace medusa {

TEST_CASE("the major version is read from what postgres --version prints", "[postgres]") {
  CHECK(parse_postgres_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n") == 15);
  CHECK(parse_postgres_version("postgres (PostgreSQL) 18beta1\n") == 18);
  CHECK_FALSE(parse_postgres_version("postgres: command not found").has_value());
  CHECK_FALSE(parse_postgres_version("postgres (PostgreSQL) devel").has_value());
  CHECK_FALSE(parse_postgres_version("").has_value());
}

TEST_CASE("PG_BINDIR without PostgreSQL in it is an error that names it", "[postgres]") {
  const Environment environment(
      std::map<std::string, std::string>{{"PG_BINDIR", "/nonexistent/bin"}});
  try {
    static_cast<void>(find_postgres_binaries(environment));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Database);
    CHECK(error.first().message.find("'/nonexistent/bin'") != std::string::npos);
    CHECK_FALSE(error.first().hint.empty());
  }
}

}  // namespace medusa
