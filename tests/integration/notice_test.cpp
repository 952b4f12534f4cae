// SPDX-License-Identifier: MIT
// What PostgreSQL says beside its results is shown as what the migration says.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "medusa_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;

namespace {

using Texts = std::vector<std::string>;

/// What was said, in order, with who said it; and where the migrations began and ended.
Texts said(const Outcome& outcome) {
  Texts texts;
  for (const std::string_view line : medusa::lines(outcome.output)) {
    const auto event = nlohmann::json::parse(line);
    const std::string type = event.at("type");
    if (type == "migration-printed") {
      texts.push_back(event.at("text"));
    } else if (type == "migration-started" || type == "migration-finished") {
      texts.push_back(type.substr(10) + ' ' + event.at("name").get<std::string>());
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("notices of the server are the migration's words", "[notice]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  SECTION("in the order in which they come, between the migration's beginning and end") {
    shop.add("p",
             "1700000000001-a.sql",
             sql_migration("CREATE TABLE a (id int);\n"
                           "CREATE TABLE IF NOT EXISTS a (id int);\n"
                           "CREATE VIEW v AS SELECT id FROM a;\n"
                           "DROP TABLE a CASCADE;\n"
                           "DO $$ BEGIN RAISE NOTICE 'row % of %', 1, 2; RAISE WARNING 'careful' "
                           "USING HINT = 'look'; END $$;"));
    // Sent ahead of what is said to the first.
    shop.add("p", "1700000000002-b.sql", sql_migration("DO $$ BEGIN RAISE INFO 'second'; END $$;"));
    const Outcome outcome = shop.medusa({"--format", "json", "migrations", "run"});
    REQUIRE(outcome.exit_code == 0);
    CHECK(said(outcome) == Texts{"started A1700000000001",
                                 "notice: relation \"a\" already exists, skipping",
                                 "notice: drop cascades to view v",
                                 "notice: row 1 of 2",
                                 "warning: careful\nhint: look",
                                 "finished A1700000000001",
                                 "started B1700000000002",
                                 "info: second",
                                 "finished B1700000000002"});
  }
  SECTION("of JavaScript, and outside a transaction") {
    shop.add("p",
             "1700000000001-a.ts",
             "export class A1700000000001 { async up(q) {\n"
             "  const rows = await q.query('SELECT 1 AS n')\n"
             "  if (rows[0].n) await q.query(\"DO $$ BEGIN RAISE NOTICE 'from js'; END $$\")\n"
             "} async down(q) {} }\n");
    shop.add("p",
             "1700000000002-b.sql",
             "-- migrate:up transaction:false\nCREATE TABLE b (id int);\n"
             "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON b (id);\n"
             "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON b (id);\n\n-- migrate:down\n");
    const Outcome outcome = shop.medusa({"--format", "json", "migrations", "run"});
    REQUIRE(outcome.exit_code == 0);
    CHECK(said(outcome) == Texts{"started A1700000000001",
                                 "notice: from js",
                                 "finished A1700000000001",
                                 "started B1700000000002",
                                 "notice: relation \"i\" already exists, skipping",
                                 "finished B1700000000002"});
  }
  SECTION("before a failure, on stderr") {
    shop.add("p",
             "1700000000001-a.sql",
             sql_migration("DO $$ BEGIN RAISE NOTICE 'so far'; END $$;\nSELECT 1 / 0;"));
    const Outcome outcome = shop.migrations({"run"});
    CHECK(outcome.exit_code == 7);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.errors, Contains("Printed notice: so far\n"));
    CHECK_THAT(outcome.errors, Contains("division by zero"));
  }
  SECTION("but not that DROP ... IF EXISTS finds nothing, nor what we do ourselves") {
    shop.configure("[database]\nextensions = [\"pg_trgm\"]\n");
    database.execute("CREATE EXTENSION pg_trgm");
    shop.add("p",
             "1700000000001-a.sql",
             sql_migration("CREATE TABLE a (id int);\n"
                           "DROP TABLE IF EXISTS nix, nox;\n"
                           "DROP VIEW IF EXISTS nix.nix;\n"
                           "DROP FUNCTION IF EXISTS nix();\n"
                           "DROP TRIGGER IF EXISTS nix ON a;\n"
                           "ALTER TABLE a DROP COLUMN IF EXISTS nix;\n"
                           "ALTER TABLE a DROP CONSTRAINT IF EXISTS nix;\n"
                           "DO $$ BEGIN RAISE NOTICE 'relation does not exist, skipping'; END $$;\n"
                           "ALTER TABLE IF EXISTS nix ADD b int;"));
    const Outcome outcome = shop.medusa({"--format", "json", "migrations", "run"});
    REQUIRE(outcome.exit_code == 0);
    // An ALTER that did nothing is worth a word.
    CHECK(said(outcome) == Texts{"started A1700000000001",
                                 "notice: relation does not exist, skipping",
                                 "notice: relation \"nix\" does not exist, skipping",
                                 "finished A1700000000001"});
  }
}
