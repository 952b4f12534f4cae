// SPDX-License-Identifier: MIT
#include "medusa/database/sql_error.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("an SQL error says its SQLSTATE and its message", "[database]") {
  const SqlError error({.sqlstate = "42P07", .message = "relation \"a\" already exists"});
  CHECK(std::string(error.what()) == "42P07: relation \"a\" already exists");
  CHECK(error.sqlstate() == "42P07");
  CHECK(error.fields().message == "relation \"a\" already exists");
}

TEST_CASE("well-known SQLSTATEs have names for people", "[database]") {
  CHECK(sqlstate_name("42P07") == "duplicate table");
  CHECK(sqlstate_name("23505") == "unique violation");
  CHECK(sqlstate_name("P0001") == "raised by a function");
  CHECK(sqlstate_name("XX999").empty());
  CHECK(sqlstate_name("").empty());
}

}  // namespace medusa
