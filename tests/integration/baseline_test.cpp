// SPDX-License-Identifier: MIT
// A database that has the schema but not the history: what is pending is recorded as applied.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "postgres_fixture.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::PostgresFixture;
using medusa::run_program;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

using Names = std::vector<std::string>;

const Names kAll{"Items1700000000001", "Parts1700000000002", "Names1700000000003"};

/// A table, one that refers to it, and a column that is dropped again.
void add_three(const SmallShop& shop) {
  shop.add("p",
           "1700000000001-Items.sql",
           sql_migration("CREATE TABLE item (id int PRIMARY KEY, old text);\n"
                         "CREATE INDEX item_old ON item (old);",
                         "DROP TABLE item;"));
  shop.add("p",
           "1700000000002-Parts.ts",
           typescript_migration("Parts1700000000002",
                                {"CREATE TABLE part (item int REFERENCES item)"},
                                {"DROP TABLE part"}));
  shop.add("p",
           "1700000000003-Names.sql",
           sql_migration("ALTER TABLE item DROP COLUMN old;\nALTER TABLE item ADD name text;",
                         "ALTER TABLE item DROP name;\nALTER TABLE item ADD old text;"));
}

/// What the three make of a database.
constexpr const char* kSchema =
    "CREATE TABLE item (id int PRIMARY KEY, name text);"
    "CREATE TABLE part (item int REFERENCES item);";

void copy_without_history(const TestDatabase& from, const TestDatabase& to) {
  const auto program = [](const char* name) {
    return (PostgresFixture::shared().binaries() / name).string();
  };
  const Outcome dumped = run_program(program("pg_dump"),
                                     "/",
                                     {"--dbname",
                                      from.url(),
                                      "--format=custom",
                                      "--exclude-table=migrations*",
                                      "--exclude-table=medusa_*",
                                      "--file",
                                      "/tmp/medusa-baseline-" + to.name()});
  REQUIRE(dumped.exit_code == 0);
  const Outcome restored = run_program(
      program("pg_restore"), "/", {"--dbname", to.url(), "/tmp/medusa-baseline-" + to.name()});
  std::filesystem::remove("/tmp/medusa-baseline-" + to.name());
  INFO(restored.errors);
  REQUIRE(restored.exit_code == 0);
}

nlohmann::json last_event(const Outcome& outcome) {
  const std::size_t end = outcome.output.find_last_not_of('\n');
  const std::size_t begin = outcome.output.rfind('\n', end) + 1;
  return nlohmann::json::parse(outcome.output.substr(begin));
}

}  // namespace

TEST_CASE("a restored database without its history gets it by baseline") {
  const TestDatabase original;
  const TestDatabase database;
  SmallShop first(original.url());
  add_three(first);
  REQUIRE(first.migrations({"run"}).exit_code == 0);
  copy_without_history(original, database);
  const SmallShop shop(database.url());
  add_three(shop);
  REQUIRE(shop.migrations({"run"}).exit_code == 5);

  const Outcome outcome = shop.migrations({"baseline"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  REQUIRE(outcome.output == "Recorded 3 migrations as applied, and ran none\n");
  REQUIRE_THAT(outcome.errors, !Contains("warning"));
  CHECK(database.applied() == kAll);
  CHECK(database.dump_without_record() == original.dump_without_record());
  CHECK(database.value("SELECT direction || ' ' || mode || ' ' || outcome FROM medusa_upgrade") ==
        "up baseline done");
  CHECK(database.column("SELECT mode FROM medusa_migration ORDER BY name") ==
        Names{"baseline", "baseline", "baseline"});
  CHECK(shop.migrations({"run"}).output == "Nothing is pending: 3 migrations are applied.\n");

  SECTION("and everybody tells so") {
    const Outcome show = shop.migrations({"show"});
    CHECK(show.exit_code == 0);
    CHECK_THAT(show.output, Contains("baseline: never ran here"));
    const auto rows = nlohmann::json::parse(shop.migrations({"show", "--format", "json"}).output);
    CHECK(rows.at("migrations").at(0).at("baseline") == true);
    const Outcome verified = shop.migrations({"verify"});
    CHECK(verified.exit_code == 0);
    CHECK_THAT(verified.output, Contains("3 applied (3 by baseline): 3 the same"));
    CHECK_THAT(verified.errors, Contains("recorded as applied, but they never ran here"));
    CHECK_THAT(shop.migrations({"explain", "Parts1700000000002"}).output,
               Contains("recorded as applied (baseline: it never ran here) "));
    const auto explained = nlohmann::json::parse(
        shop.migrations({"explain", "Parts1700000000002", "--format", "json"}).output);
    CHECK(explained.at("applied").at("baseline") == true);
  }
  SECTION("a second time there is nothing to do") {
    const Outcome again = shop.migrations({"baseline"});
    CHECK(again.exit_code == 0);
    CHECK(again.output == "Nothing was recorded: 3 migrations are applied.\n");
    CHECK(database.value("SELECT count(*) FROM medusa_upgrade") == "1");
  }
  SECTION("what is edited later is changed") {
    shop.add("p", "1700000000001-Items.sql", sql_migration("CREATE TABLE item (id bigint);"));
    CHECK(shop.migrations({"verify"}).exit_code == 1);
  }
  SECTION("and can be reverted and run again, which is no baseline any more") {
    const Outcome reverted = shop.migrations({"revert", "--steps", "2"});
    INFO(reverted.errors);
    REQUIRE(reverted.exit_code == 0);
    CHECK(database.applied() == Names{"Items1700000000001"});
    CHECK_FALSE(database.has_relation("part"));
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    CHECK(database.column("SELECT mode FROM medusa_migration ORDER BY name") ==
          Names{"baseline", "lowered", "lowered"});
  }
}

TEST_CASE("a baseline says nothing that the database denies") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const auto refused = [&](const std::string& message, const std::string& place) {
    const std::string before = database.dump();
    for (const Names& arguments : {Names{"baseline"}, Names{"baseline", "--yes"}}) {
      const Outcome outcome = shop.migrations(arguments);
      INFO(outcome.errors);
      CHECK(outcome.exit_code == 5);
      CHECK(outcome.output.empty());
      CHECK_THAT(outcome.errors, Contains("error: p/" + message));
      CHECK_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/" + place));
      CHECK_THAT(outcome.errors, Contains("nothing was recorded"));
      CHECK(database.dump() == before);
    }
  };

  SECTION("a table is missing: its columns and keys are not listed") {
    database.execute("CREATE TABLE item (id int PRIMARY KEY, name text);");
    refused("Parts1700000000002 creates table part, which is not there",
            "1700000000002-Parts.ts:5:");
    const Outcome outcome = shop.migrations({"baseline"});
    CHECK_THAT(outcome.errors, !Contains("column part.item"));
    CHECK_THAT(outcome.errors, !Contains("part_item_fkey"));
    CHECK_THAT(outcome.errors, Contains("hint: medusa migrations baseline --to NAME"));
  }
  SECTION("a column is missing") {
    database.execute(kSchema);
    database.execute("ALTER TABLE item DROP COLUMN name");
    refused("Names1700000000003 creates column item.name, which is not there",
            "1700000000003-Names.sql:3:1");
  }
  SECTION("a key is missing") {
    database.execute(kSchema);
    database.execute("ALTER TABLE part DROP CONSTRAINT part_item_fkey");
    refused("Parts1700000000002 creates constraint part.part_item_fkey, which is not there",
            "1700000000002-Parts.ts:5:");
  }
  SECTION("something that is dropped is still there") {
    database.execute(kSchema);
    database.execute("ALTER TABLE item ADD old text");
    refused("Names1700000000003 drops column item.old, which is still there",
            "1700000000003-Names.sql:2:1");
  }
  SECTION("unless that is accepted") {
    database.execute("CREATE TABLE item (id int PRIMARY KEY, name text);");
    const Outcome outcome = shop.migrations({"baseline", "--accept-differences"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.errors, Contains("warning: p/Parts1700000000002 creates table part"));
    CHECK(database.applied() == kAll);
  }
  SECTION("or fewer are recorded") {
    database.execute(
        "CREATE TABLE item (id int PRIMARY KEY, old text);"
        "CREATE INDEX item_old ON item (old);");
    refused("Parts1700000000002 creates table part, which is not there",
            "1700000000002-Parts.ts:5:");
    const Outcome outcome = shop.migrations({"baseline", "--to", "Items1700000000001"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK(database.applied() == Names{"Items1700000000001"});
    CHECK(shop.migrations({"run"}).exit_code == 0);
    CHECK(database.applied() == kAll);
    CHECK(database.column("SELECT mode FROM medusa_migration ORDER BY name") ==
          Names{"baseline", "lowered", "lowered"});
  }
  SECTION("nor about what is not pending") {
    database.execute(kSchema);
    const Outcome unknown = shop.migrations({"baseline", "--to", "Itmes1700000000001"});
    CHECK(unknown.exit_code == 2);
    CHECK_THAT(unknown.errors, Contains("no pending migration is called 'Itmes1700000000001'"));
    CHECK_THAT(unknown.errors, Contains("did you mean 'Items1700000000001'?"));
    REQUIRE(shop.migrations({"baseline"}).exit_code == 0);
    const Outcome applied = shop.migrations({"baseline", "--to", "p/Items1700000000001"});
    CHECK(applied.exit_code == 5);
    CHECK_THAT(applied.errors, Contains("'p/Items1700000000001' is applied already"));
  }
}

TEST_CASE("what a baseline cannot know is a warning") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  std::string dynamic = typescript_migration("Look1700000000004", {"ALTER TABLE part ADD b int"});
  dynamic.insert(dynamic.find("    await"),
                 "    const found = await queryRunner.query(`SELECT 1 AS one`)\n"
                 "    if (found[0].one !== 1) return\n");
  shop.add("p", "1700000000004-Look.ts", dynamic);
  shop.add("p", "1700000000005-Rows.sql", sql_migration("INSERT INTO item VALUES (1, 'one');"));
  database.execute(kSchema);

  SECTION("be it dynamic, or rows") {
    const Outcome outcome = shop.migrations({"baseline"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.errors,
               Contains("warning: the schema does not tell whether all of 2 migrations happened:\n"
                        "    p/Look1700000000004: looks at the result of a query\n"
                        "    p/Rows1700000000005: changes rows of item\n"));
    CHECK(database.applied().size() == 5);
    CHECK(database.value("SELECT count(*) FROM item") == "0");
    CHECK(database.column("SELECT mode FROM medusa_migration ORDER BY timestamp").at(3) ==
          "baseline");
  }
  SECTION("and what is missing, if such a one may have dropped it") {
    database.execute("DROP TABLE part");
    const Outcome outcome = shop.migrations({"baseline"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.errors,
               Contains("p/Parts1700000000002: creates table part, which is not there: "
                        "p/Look1700000000004 may be the reason\n"));
  }
  SECTION("but not what it does not name") {
    database.execute("ALTER TABLE item DROP COLUMN name");
    CHECK(shop.migrations({"baseline"}).exit_code == 5);
  }
  SECTION("in JSON") {
    const Outcome outcome = shop.migrations({"baseline", "--format", "json"});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.errors.empty());
    const nlohmann::json event = last_event(outcome);
    CHECK(event.at("type") == "baseline-finished");
    CHECK(event.at("migrations").size() == 5);
    CHECK(event.at("migrations").at(3).at("name") == "Look1700000000004");
    CHECK(event.at("unchecked").at(1).at("migration") == "p/Rows1700000000005");
    CHECK(event.at("differences").empty());
  }
}

TEST_CASE("a baseline is in the order in which an empty database would run it") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  // The older plugin needs what the newer one creates.
  shop.add("late", "1700000000001-Uses.sql", sql_migration("ALTER TABLE base ADD extra text;"));
  shop.add("zzz", "1700000000002-Base.sql", sql_migration("CREATE TABLE base (id int);"));
  database.execute("CREATE TABLE base (id int)");
  const Outcome refused = shop.migrations({"baseline"});
  INFO(refused.errors);
  CHECK(refused.exit_code == 5);
  CHECK_THAT(refused.errors, Contains("late/Uses1700000000001 creates column base.extra"));
  CHECK(shop.migrations({"baseline", "--to", "Base1700000000002"}).exit_code == 0);
  CHECK(database.applied() == Names{"Base1700000000002"});
}
