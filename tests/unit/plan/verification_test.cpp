// SPDX-License-Identifier: MIT
#include "medusa/plan/verification.hpp"

#include <catch2/catch.hpp>

#include "catalogs.hpp"

namespace medusa {

namespace {

using test::catalog_of;
using test::history_of;

/// A recording of row `id`. Migrations of test catalogs have no source of their own.
Recording recorded(const std::string& name, std::int64_t timestamp, std::int64_t id) {
  return {.id = id, .timestamp = timestamp, .name = name, .member = "m"};
}

}  // namespace

TEST_CASE("a recording is believed only of the row it was written with", "[plan]") {
  const Recordings recordings({recorded("A", 1, 10), recorded("B", 2, 11)});
  CHECK(recordings.of({.id = 10, .timestamp = 1, .name = "A"}) != nullptr);
  CHECK(recordings.of({.id = 12, .timestamp = 1, .name = "A"}) == nullptr);
  CHECK(recordings.of({.id = 10, .timestamp = 3, .name = "A"}) == nullptr);
  CHECK(recordings.of({.id = 10, .timestamp = 1, .name = "C"}) == nullptr);
  CHECK(recordings.of({.id = 11, .timestamp = 2, .name = "B"})->name == "B");
}

TEST_CASE("verification counts every applied migration once", "[plan]") {
  // Applied: A as recorded, B with another checksum, C not comparable, D without a recording, Gone
  // in no member; E is pending.
  Manifest manifest;
  for (const char* name : {"A", "B", "C", "D", "E"}) {
    ManifestEntry entry{.source = std::string(name) + ".ts", .output = std::string(name) + ".js"};
    entry.migrations = {
        {.name = name, .timestamp = name[0], .up_checksum = name[0] == 'C' ? "" : "today"}};
    manifest.entries.push_back(entry);
  }
  const Catalog catalog =
      Catalog::collect({{.member = {.name = "m"}, .manifest = manifest, .output = "out"}},
                       FeatureFlags({}, {}, Environment()));
  const History history = history_of({{"A", 'A'}, {"B", 'B'}, {"C", 'C'}, {"D", 'D'}, {"Gone", 1}});
  std::vector<Recording> rows{recorded("A", 'A', 1), recorded("B", 'B', 2), recorded("C", 'C', 3)};
  rows[0].checksum = "today";
  rows[1].checksum = "then";

  const std::vector<StatusRow> status = make_status(catalog, history, Recordings(rows));
  const Verification result = verify(status);
  CHECK(result.applied == 5);
  CHECK(result.same == 1);
  CHECK(result.not_comparable == 1);
  CHECK(result.not_recorded == 1);
  REQUIRE(result.changed.size() == 1);
  CHECK(result.changed[0].name == "B");
  CHECK(result.changed[0].state == MigrationState::Changed);
  CHECK(result.changed[0].comparison == Comparison::SqlDiffers);
  REQUIRE(result.missing.size() == 1);
  CHECK(result.missing[0].name == "Gone");
  CHECK_FALSE(result.ok());

  // A stale recording is as good as none.
  rows[1].id = 99;
  const Verification believed = verify(make_status(catalog, history, Recordings(rows)));
  CHECK(believed.changed.empty());
  CHECK(believed.not_recorded == 2);
}

TEST_CASE("what is not recorded is no problem", "[plan]") {
  const Verification result =
      verify(make_status(catalog_of({{"A", 1}, {"B", 2}}), history_of({{"A", 1}})));
  CHECK(result.ok());
  CHECK(result.applied == 1);
  CHECK(result.not_recorded == 1);
  CHECK(verify({}).ok());
}

TEST_CASE("what is half reverted is a problem of its own, and counted nowhere else", "[plan]") {
  const Journal journal({{.name = "A", .up = false, .id = 1, .done = 1, .upgrade = 2}});
  const Verification result = verify(
      make_status(catalog_of({{"A", 1}, {"B", 2}}), history_of({{"A", 1}, {"B", 2}}), {}, journal));
  REQUIRE(result.failed.size() == 1);
  CHECK(result.failed[0].name == "A");
  CHECK(result.applied == 1);
  CHECK(result.not_recorded == 1);
  CHECK_FALSE(result.ok());
}

}  // namespace medusa
