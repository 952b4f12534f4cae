// SPDX-License-Identifier: MIT
#include "medusa/plan/state.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("states have stable names", "[plan]") {
  CHECK(to_string(MigrationState::Applied) == "applied");
  CHECK(to_string(MigrationState::Pending) == "pending");
  CHECK(to_string(MigrationState::Late) == "late");
  CHECK(to_string(MigrationState::Missing) == "missing");
  CHECK(to_string(MigrationState::Changed) == "changed");
  CHECK(to_string(MigrationState::Disabled) == "disabled");
}

TEST_CASE("late is a way of being pending, nothing else is", "[plan]") {
  CHECK(is_pending(MigrationState::Pending));
  CHECK(is_pending(MigrationState::Late));
  CHECK_FALSE(is_pending(MigrationState::Applied));
  CHECK_FALSE(is_pending(MigrationState::Missing));
  CHECK_FALSE(is_pending(MigrationState::Changed));
  CHECK_FALSE(is_pending(MigrationState::Disabled));
}

}  // namespace medusa
