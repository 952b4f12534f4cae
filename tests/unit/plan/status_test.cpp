// SPDX-License-Identifier: MIT
#include "medusa/plan/status.hpp"

#include <catch2/catch.hpp>

#include "catalogs.hpp"

namespace medusa {

namespace {

using test::catalog_of;
using test::history_of;
using test::Names;
using test::Spec;

Names lines(const std::vector<Spec>& resolved, const std::vector<Spec>& applied) {
  Names text;
  for (const StatusRow& row : make_status(catalog_of(resolved), history_of(applied))) {
    text.push_back(row.name + ' ' + std::string(to_string(row.state)));
  }
  return text;
}

}  // namespace

TEST_CASE("a status has what is applied, then what would run, then what would not", "[plan]") {
  CHECK(lines({{"A", 1}, {"B", 2}, {"C", 3}, {"Off", 4, {}, false}, {"D", 5}},
              {{"C", 3}, {"A", 1}}) ==
        Names{"C applied", "A applied", "B late", "D pending", "Off disabled"});
}

TEST_CASE("what is recorded and in no member is missing", "[plan]") {
  const std::vector<StatusRow> rows =
      make_status(catalog_of({{"A", 1}}), history_of({{"Gone", 7}}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].state == MigrationState::Missing);
  CHECK(rows[0].timestamp == 7);
  CHECK(rows[0].id == 1);
  CHECK_FALSE(rows[0].migration.has_value());
}

TEST_CASE("what is applied is applied, whatever its flag says now", "[plan]") {
  CHECK(lines({{"A", 1, {}, false}}, {{"A", 1}}) == Names{"A applied"});
}

TEST_CASE("a row of the status leads to its migration", "[plan]") {
  const std::vector<StatusRow> rows =
      make_status(catalog_of({{"A", 1}, {"B", 2}}), history_of({{"A", 1}}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == 1);
  CHECK(rows[0].migration.value().id() == "m/A");
  CHECK_FALSE(rows[1].id.has_value());
  CHECK(rows[1].migration.value().id() == "m/B");
}

TEST_CASE("an empty workspace with an empty history has no status", "[plan]") {
  CHECK(lines({}, {}).empty());
}

}  // namespace medusa
