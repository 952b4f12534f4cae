// SPDX-License-Identifier: MIT
// How far a long CREATE INDEX is, told while it runs.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/database/connection.hpp"

#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::eventually;
using medusa::Outcome;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;

namespace {

using Json = nlohmann::json;

/// One row a page, and an expression that takes its time: the build takes seconds on any machine.
constexpr const char* kSlowTable =
    "CREATE TABLE item (id int, filler text);"
    "ALTER TABLE item ALTER filler SET STORAGE PLAIN;"
    "INSERT INTO item SELECT i, repeat('x', 5000) FROM generate_series(1, 400) i;"
    "CREATE FUNCTION slowly(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_sleep(0.008); RETURN n; END $$;";

std::vector<Json> events_of(const std::string& output, const std::string& type) {
  std::vector<Json> events;
  for (const std::string_view line : medusa::lines(output)) {
    const Json event = Json::parse(line);
    if (event.at("type") == type) {
      events.push_back(event);
    }
  }
  return events;
}

}  // namespace

TEST_CASE("a long index build tells its phase and how far it is") {
  const TestDatabase database;
  database.execute(kSlowTable);
  const SmallShop shop(database.url());
  const bool concurrently = GENERATE(false, true);
  shop.add("p",
           "1700000000001-One.sql",
           concurrently ? "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON item "
                          "(slowly(id));\n"
                        : "-- migrate:up\nCREATE INDEX i ON item (slowly(id));\n");

  SECTION("as events") {
    const Outcome outcome = shop.migrations({"run", "--format", "json"});
    INFO(outcome.output);
    REQUIRE(outcome.exit_code == 0);
    const std::vector<Json> events = events_of(outcome.output, "index-progress");
    REQUIRE(events.size() > 2);
    std::set<int> percents;
    std::int64_t done = 0;
    for (const Json& event : events) {
      CHECK(event.at("name") == "One1700000000001");
      CHECK(event.at("position") == 1);
      CHECK(event.at("relation") == "item");
      if (event.at("phase") == "building index: scanning table") {
        CHECK(event.at("blocks_total") == 400);
        CHECK(event.at("blocks_done").get<std::int64_t>() >= done);
        done = event.at("blocks_done").get<std::int64_t>();
        CHECK(event.at("percent") == done * 100 / 400);
        percents.insert(event.at("percent").get<int>());
      }
    }
    CHECK(percents.size() > 2);
  }
  SECTION("as few lines, where lines stay") {
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    CHECK_THAT(
        outcome.errors,
        Contains("Index [1/1] p/One1700000000001: building index: scanning table of item, "));
    const std::vector<std::string_view> all = medusa::lines(outcome.errors);
    const auto count = std::count_if(all.begin(), all.end(), [](std::string_view line) {
      return line.find(": building index: scanning table of item, ") != std::string_view::npos;
    });
    CHECK(count >= 2);
    CHECK(count <= 5);
  }
}

TEST_CASE("an index that waits for others says for what") {
  const TestDatabase database;
  database.execute("CREATE TABLE item (id int)");
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-One.sql",
           "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON item (id);\n");
  medusa::Connection other(medusa::DatabaseUrl::parse(database.url(), "the test"));
  other.execute("BEGIN; INSERT INTO item VALUES (1)");
  RunningProgram running(medusa::medusa_program().string(),
                         shop.root(),
                         {"migrations", "run", "--format", "json"},
                         shop.environment());
  REQUIRE(eventually([&] {
    return running.output().find("waiting for writers before build") != std::string::npos;
  }));
  // To find that out, nothing was asked in the lock's transaction: the build waits for every
  // transaction that it once finds with a snapshot, and that one ends with the run.
  CHECK(database.value("SELECT l.query_start < w.query_start FROM pg_stat_activity l, "
                       "pg_stat_activity w WHERE l.application_name = 'medusa (lock)' AND "
                       "w.query LIKE 'CREATE INDEX%' AND l.datname = current_database() AND "
                       "w.datname = current_database()") == "t");
  other.execute("COMMIT");
  const Outcome outcome = running.wait();
  INFO(outcome.output);
  CHECK(outcome.exit_code == 0);
  const Json event = events_of(outcome.output, "index-progress").front();
  CHECK(event.at("phase") == "waiting for writers before build");
  CHECK(event.at("percent").is_null());
  CHECK(events_of(outcome.output, "statement-blocked").size() == 1);
}
