// SPDX-License-Identifier: MIT
#include "medusa/plan/migration_place.hpp"

#include <stdexcept>

#include <catch2/catch.hpp>

#include "catalogs.hpp"

namespace medusa {

namespace {

using test::catalog_of;
using test::history_of;

UpgradeFacts must_not_be_asked() {
  throw std::logic_error("the facts were asked for");
}

TEST_CASE("a migration is named as a whole only", "[migration_place]") {
  CHECK(names_migration("a/One1 needs x", "a/One1"));
  CHECK(names_migration("note: after a/One1: y", "a/One1"));
  CHECK(names_migration("b-a/One1 and a/One1", "a/One1"));
  CHECK_FALSE(names_migration("a/One12 needs x", "a/One1"));
  CHECK_FALSE(names_migration("plugin-a/One1 needs x", "a/One1"));
  CHECK_FALSE(names_migration("@scope/a/One1", "a/One1"));
  CHECK_FALSE(names_migration("", "a/One1"));
}

TEST_CASE("what is applied or disabled is placed without looking at the schema",
          "[migration_place]") {
  const Catalog catalog = catalog_of(
      {{.name = "A1", .timestamp = 1}, {.name = "B2", .timestamp = 2, .enabled = false}});
  const History history = history_of({{.name = "A1", .timestamp = 1}, {.name = "C3"}});
  const MigrationPlace applied = place_of("m/A1", catalog, history, {}, {}, must_not_be_asked);
  CHECK(applied.row.state == MigrationState::Applied);
  CHECK(applied.row.id == 1);
  CHECK_FALSE(applied.next.has_value());
  CHECK(place_of("B2", catalog, history, {}, {}, must_not_be_asked).row.state ==
        MigrationState::Disabled);
  CHECK(place_of("C3", catalog, history, {}, {}, must_not_be_asked).row.state ==
        MigrationState::Missing);
}

TEST_CASE("what is pending has a position, from 1", "[migration_place]") {
  const Catalog catalog = catalog_of({{.name = "A1", .timestamp = 1},
                                      {.name = "B2", .timestamp = 2},
                                      {.name = "C5", .timestamp = 5}});
  const History history = history_of({{.name = "X3", .timestamp = 3}});
  const MigrationPlace late =
      place_of("B2", catalog, history, {}, {}, [] { return UpgradeFacts(); });
  CHECK(late.row.state == MigrationState::Late);
  REQUIRE(late.next.has_value());
  CHECK(late.next->position == 2);
  CHECK(late.next->steps == 3);
  CHECK(late.next->late.kind == LateVerdict::Kind::Unknown);
  const MigrationPlace pending =
      place_of("C5", catalog, history, {}, {}, [] { return UpgradeFacts(); });
  CHECK(pending.row.state == MigrationState::Pending);
  CHECK(pending.next->position == 3);
  CHECK(pending.next->late.kind == LateVerdict::Kind::NotLate);
}

TEST_CASE("a name that is nobody's has a close one as its hint", "[migration_place]") {
  const Catalog catalog = catalog_of({{.name = "Review1", .timestamp = 1}});
  try {
    (void)place_of("Reviw1", catalog, {}, {}, {}, must_not_be_asked);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Usage);
    CHECK(error.first().hint == "did you mean 'Review1'?");
  }
}

}  // namespace

}  // namespace medusa
