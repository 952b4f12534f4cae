// SPDX-License-Identifier: MIT
#include "picture_text.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("a timestamp is a day and a time in UTC", "[report]") {
  CHECK(date_text(1688372584210) == "2023-07-03");
  CHECK(time_text(1688372584210) == "2023-07-03 08:23:04 UTC");
  CHECK(time_text(1709251199999) == "2024-02-29 23:59:59 UTC");
}

TEST_CASE("a number that is no time is shown as it is", "[report]") {
  CHECK(date_text(0) == "0");
  CHECK(date_text(-5) == "-5");
  CHECK(time_text(9223372036854775807) == "9223372036854775807");
}

TEST_CASE("the timestamp at the end of a name is told apart", "[report]") {
  CHECK(stem_size({.name = "AddReviews1700000000000", .timestamp = 1700000000000}) == 10);
  CHECK(stem_size({.name = "AddReviews", .timestamp = 1700000000000}) == 10);
  CHECK(stem_size({.name = "1700000000000", .timestamp = 1700000000000}) == 13);
}

TEST_CASE("the summary counts what there is", "[report]") {
  MigrationPicture picture{.lanes = {{.name = "core"}, {}}};
  CHECK(summary_text(picture) == "no migrations");
  picture.nodes = {{.state = MigrationState::Applied},
                   {.state = MigrationState::Applied},
                   {.state = MigrationState::Changed},
                   {.state = MigrationState::Late},
                   {.lane = 1, .state = MigrationState::Missing}};
  picture.conflicts = {{.first = 0, .second = 3}};
  CHECK(summary_text(picture) ==
        "5 migrations of 1 member: 2 applied, 1 changed, 1 late, 1 missing, 1 conflict");
}

}  // namespace medusa
