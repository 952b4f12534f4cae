// SPDX-License-Identifier: MIT
#include "medusa/plan/history.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("a history is in the order of execution", "[plan]") {
  const History history({{.id = 3, .timestamp = 1, .name = "C"},
                         {.id = 1, .timestamp = 9, .name = "A"},
                         {.id = 2, .timestamp = 5, .name = "B"}});
  REQUIRE(history.rows().size() == 3);
  CHECK(history.rows()[0].name == "A");
  CHECK(history.rows()[1].name == "B");
  CHECK(history.rows()[2].name == "C");
}

TEST_CASE("the newest timestamp is the highest, not the last", "[plan]") {
  CHECK(History({{.id = 1, .timestamp = 9}, {.id = 2, .timestamp = 5}}).newest_timestamp() == 9);
  CHECK(History().newest_timestamp() == 0);
}

TEST_CASE("a history knows its names to the letter", "[plan]") {
  const History history({{.id = 1, .timestamp = 1, .name = "A1"}});
  CHECK(history.contains("A1"));
  CHECK_FALSE(history.contains("a1"));
  CHECK_FALSE(history.contains(""));
}

}  // namespace medusa
