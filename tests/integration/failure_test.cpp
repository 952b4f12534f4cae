// SPDX-License-Identifier: MIT
// Migrations that fail: what is told, and what is left of the upgrade in the database.
#include <filesystem>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

using Names = std::vector<std::string>;

/// The same content in SQL and in TypeScript.
enum class Kind { Sql, TypeScript };

Kind both_kinds() {
  return GENERATE(Kind::Sql, Kind::TypeScript);
}

/// Adds a migration `Name` with one statement; its down drops the table of its name, if given.
void add(const SmallShop& shop,
         Kind kind,
         const std::string& name,
         const std::string& timestamp,
         const std::string& up,
         const std::string& down = {}) {
  const std::string file = timestamp + "-" + name;
  if (kind == Kind::Sql) {
    shop.add("p", file + ".sql", sql_migration(up + ";", down.empty() ? "" : down + ";"));
  } else {
    shop.add("p",
             file + ".ts",
             typescript_migration(name + timestamp, {up}, down.empty() ? Names{} : Names{down}));
  }
}

std::string suffix(Kind kind) {
  return kind == Kind::Sql ? ".sql" : ".ts";
}

/// Three migrations; the second one violates a constraint.
void add_three(const SmallShop& shop, Kind kind) {
  add(shop, kind, "One", "1700000000001", "CREATE TABLE one (id int PRIMARY KEY)");
  add(shop, kind, "Two", "1700000000002", "INSERT INTO one VALUES (1), (1)");
  add(shop, kind, "Three", "1700000000003", "CREATE TABLE three (id int)");
}

/// What is told of Two's failure, whatever became of the others.
void require_told(const Outcome& outcome, Kind kind) {
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors,
               Contains("error: cannot apply p/Two1700000000002: duplicate key value violates "
                        "unique constraint \"one_pkey\""));
  const std::string place = kind == Kind::Sql ? ":2:1\n" : ":5:";
  REQUIRE_THAT(outcome.errors,
               Contains("--> plugins/p/src/migrations/1700000000002-Two" + suffix(kind) + place));
  REQUIRE_THAT(outcome.errors, Contains("^"));
  REQUIRE_THAT(outcome.errors, Contains("SQLSTATE 23505 (unique violation)"));
  REQUIRE_THAT(outcome.errors, Contains("INSERT INTO one VALUES (1), (1)"));
  REQUIRE_THAT(outcome.errors, Contains("detail: Key (id)=(1) already exists."));
}

}  // namespace

TEST_CASE("a failing upgrade leaves the database as it was") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());

  SECTION("an empty one") {
    const std::string before = database.dump();
    add_three(shop, kind);
    const Outcome outcome = shop.migrations({"run"});
    require_told(outcome, kind);
    REQUIRE_THAT(outcome.errors,
                 Contains("everything was rolled back: the database is as it was before"));
    REQUIRE_THAT(outcome.errors, Contains("Rolled back 1 migration\n"));
    REQUIRE_THAT(outcome.errors, Contains("Not run 1 migration\n"));
    REQUIRE(database.dump() == before);
    REQUIRE_FALSE(database.has_relation("migrations"));
  }
  SECTION("one with earlier migrations") {
    add(shop, kind, "Zero", "1700000000000", "CREATE TABLE zero (id int)");
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    const std::string before = database.dump();
    add_three(shop, kind);
    require_told(shop.migrations({"run"}), kind);
    REQUIRE(database.dump() == before);
    REQUIRE(database.applied() == Names{"Zero1700000000000"});
  }
  SECTION("and the next run, once it is corrected, does all of it") {
    add_three(shop, kind);
    REQUIRE(shop.migrations({"run"}).exit_code == 7);
    add(shop, kind, "Two", "1700000000002", "INSERT INTO one VALUES (1), (2)");
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    REQUIRE(database.applied() ==
            Names{"One1700000000001", "Two1700000000002", "Three1700000000003"});
    REQUIRE(database.value("SELECT count(*) FROM one") == "2");
  }
}

TEST_CASE("mode each keeps what came before the failure") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop, kind);
  const Outcome outcome = shop.migrations({"run", "--transaction", "each"});
  require_told(outcome, kind);
  REQUIRE_THAT(outcome.errors,
               Contains("its transaction was rolled back; 1 migration before it stays applied"));
  REQUIRE(database.applied() == Names{"One1700000000001"});
  REQUIRE(database.value("SELECT count(*) FROM one") == "0");
  REQUIRE_FALSE(database.has_relation("three"));
}

TEST_CASE("mode none keeps the work of the failing migration, too") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\ntransaction = \"none\"\n");
  const Names statements{
      "CREATE TABLE half (id int)", "SELECT 1 / 0", "CREATE TABLE rest (id int)"};
  add(shop, kind, "One", "1700000000001", "CREATE TABLE one (id int)");
  if (kind == Kind::Sql) {
    shop.add("p",
             "1700000000002-Two.sql",
             sql_migration(statements[0] + ";\n" + statements[1] + ";\n" + statements[2] + ";"));
  } else {
    shop.add("p", "1700000000002-Two.ts", typescript_migration("Two1700000000002", statements));
  }
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE_THAT(outcome.errors, Contains("division by zero"));
  REQUIRE_THAT(outcome.errors,
               Contains("plugins/p/src/migrations/1700000000002-Two" + suffix(kind) +
                        (kind == Kind::Sql ? ":3:" : ":6:")));
  REQUIRE_THAT(outcome.errors,
               Contains("it ran outside a transaction: what its first statement did stays"));
  REQUIRE(database.applied() == Names{"One1700000000001"});
  REQUIRE(database.has_relation("half"));
  REQUIRE_FALSE(database.has_relation("rest"));
}

TEST_CASE("a migration that opts out of the transaction splits the upgrade") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());
  add(shop, kind, "One", "1700000000001", "CREATE TABLE one (id int)");
  const std::string index = "CREATE INDEX CONCURRENTLY one_idx ON one (id)";
  if (kind == Kind::Sql) {
    shop.add("p",
             "1700000000002-Two.sql",
             "-- migrate:up transaction:false\n" + index + ";\n-- migrate:down\n");
  } else {
    std::string text = typescript_migration("Two1700000000002", {index});
    text.insert(text.find("  public async up"), "  transaction = false\n");
    shop.add("p", "1700000000002-Two.ts", text);
  }
  add(shop, kind, "Three", "1700000000003", "CREATE TABLE three (id int)");

  SECTION("as the plan says") {
    const Outcome text = shop.migrations({"plan"});
    INFO(text.output);
    REQUIRE(text.exit_code == 0);
    REQUIRE_THAT(text.output, Contains("3 migrations to apply in 2 transactions, 1 outside"));
    REQUIRE_THAT(text.output,
                 Contains("warning: p/Two1700000000002 opts out of transactions; what runs "
                          "before it is committed first"));
    const auto plan = nlohmann::json::parse(shop.migrations({"plan", "--format", "json"}).output);
    REQUIRE(plan.at("mode") == "all");
    REQUIRE(plan.at("groups").size() == 3);
    REQUIRE(plan.at("groups").at(0).at("transactional") == true);
    REQUIRE(plan.at("groups").at(1).at("transactional") == false);
    REQUIRE(plan.at("groups").at(1).at("steps").at(0).at("name") == "Two1700000000002");
    REQUIRE(plan.at("groups").at(2).at("transactional") == true);
    REQUIRE(plan.at("warnings").size() == 1);
  }
  SECTION("and runs") {
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    const std::string warning = "opts out of transactions";
    const std::size_t told = outcome.errors.find(warning);
    REQUIRE(told != std::string::npos);
    REQUIRE(outcome.errors.find(warning, told + 1) == std::string::npos);
    REQUIRE(database.applied().size() == 3);
    REQUIRE(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = "
                           "'one_idx'::regclass") == "t");
  }
  SECTION("so that a failure after it leaves the groups before") {
    add(shop, kind, "Three", "1700000000003", "SELECT 1 / 0");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 7);
    REQUIRE_THAT(outcome.errors, Contains("SQLSTATE 22012 (division by zero)"));
    REQUIRE_THAT(outcome.errors,
                 Contains("its transaction was rolled back; 2 migrations before it stay applied"));
    REQUIRE(database.applied() == Names{"One1700000000001", "Two1700000000002"});
    add(shop, kind, "Three", "1700000000003", "CREATE TABLE three (id int)");
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    REQUIRE(database.applied().size() == 3);
  }
  SECTION("and its own failure leaves what it did") {
    // What is put together when it runs is not known beforehand, so the missing table is only a
    // warning.
    add(shop,
        kind,
        "One",
        "1700000000001",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'other (id int)'; END $$");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 7);
    REQUIRE_THAT(outcome.errors,
                 Contains("it ran outside a transaction; none of its statements is done"));
    REQUIRE(database.applied() == Names{"One1700000000001"});
  }
}

TEST_CASE("a dynamic migration that sends what runs in no transaction is told how it can") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add(shop, Kind::Sql, "One", "1700000000001", "CREATE TABLE one (id int)");
  std::string text =
      typescript_migration("Two1700000000002", {"CREATE INDEX CONCURRENTLY one_idx ON one (id)"});
  text.insert(text.find("    await"), "    await queryRunner.query(`SELECT now()`).then(String)\n");
  shop.add("p", "1700000000002-Two.ts", text);
  const std::string before = database.dump();
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE_THAT(outcome.errors,
               Contains("SQLSTATE 25001") && Contains("give the class 'transaction = false'"));
  REQUIRE(database.dump() == before);
}

TEST_CASE("a migration may not end the upgrade's own transaction") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());
  const std::string before = database.dump();
  add(shop, kind, "One", "1700000000001", "CREATE TABLE one (id int)");
  add(shop, kind, "Two", "1700000000002", "COMMIT");
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 5);
  REQUIRE_THAT(outcome.errors,
               Contains("p/Two1700000000002 begins or ends a transaction itself") &&
                   Contains(", but runs inside the upgrade's") &&
                   Contains(kind == Kind::Sql ? "'-- migrate:up transaction:false'"
                                              : "'transaction = false'"));
  REQUIRE_THAT(outcome.errors, Contains("1700000000002-Two" + suffix(kind)));
  REQUIRE(database.dump() == before);
}

TEST_CASE("errors are shown where they are in the file") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto run = [&](const std::string& content) {
    shop.add("p", "1700000000001-a.sql", content);
    const Outcome outcome = shop.migrations({"run"});
    REQUIRE(outcome.exit_code == 7);
    REQUIRE(outcome.output.empty());
    return outcome.errors;
  };

  SECTION("the column, in characters, on a later line of a statement") {
    const std::string errors =
        run("-- migrate:up\nCREATE TABLE a (id int);\n\n  -- a comment; with a semicolon\n"
            "SELECT 'Größe',\n       wrong\n  FROM (VALUES (1)) AS v (x);\n");
    INFO(errors);
    REQUIRE_THAT(errors, Contains("column \"wrong\" does not exist"));
    REQUIRE_THAT(errors, Contains("1700000000001-a.sql:6:8\n"));
    REQUIRE_THAT(errors, Contains("SQLSTATE 42703 (undefined column)"));
  }
  SECTION("the character counts, not the byte") {
    const std::string errors = run("-- migrate:up\nSELECT 'Größe', wrong;\n");
    INFO(errors);
    REQUIRE_THAT(errors, Contains("1700000000001-a.sql:2:17\n"));
  }
  SECTION("inside a function that the migration calls") {
    const std::string errors =
        run("-- migrate:up\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$\nBEGIN\n"
            "  PERFORM 1;\n  INSERT INTO nowhere VALUES (1);\nEND;\n$body$;\n\nSELECT f();\n");
    INFO(errors);
    REQUIRE_THAT(errors, Contains("relation \"nowhere\" does not exist"));
    REQUIRE_THAT(errors, Contains("1700000000001-a.sql:9:1\n"));
    REQUIRE_THAT(errors, Contains("PL/pgSQL function f() line 4 at SQL statement"));
    REQUIRE_THAT(errors, Contains("INSERT INTO nowhere VALUES (1)"));
  }
  SECTION("in the body of a function, when it is defined") {
    const std::string errors =
        run("-- migrate:up\nCREATE FUNCTION f() RETURNS void LANGUAGE sql AS $body$\n"
            "  SELECT 1;\n  SELECT missing FROM pg_class;\n$body$;\n");
    INFO(errors);
    REQUIRE_THAT(errors, Contains("column \"missing\" does not exist"));
    REQUIRE_THAT(errors, Contains("1700000000001-a.sql:4:10\n"));
  }
  REQUIRE_FALSE(database.has_relation("migrations"));
}

TEST_CASE("what a TypeScript migration throws itself") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  std::string text = typescript_migration("A1700000000001", {"CREATE TABLE a (id int)"});
  text.insert(text.find("  }\n"), "    throw new RangeError(\"no stock left\")\n");
  shop.add("p", "1700000000001-a.ts", text);
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors, Contains("cannot apply p/A1700000000001: no stock left"));
  REQUIRE_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000001-a.ts:6:"));
  REQUIRE_THAT(outcome.errors, Contains("throw new RangeError(\"no stock left\")"));
  REQUIRE_THAT(outcome.errors, !Contains("dist/migrations"));
  REQUIRE_FALSE(database.has_relation("a"));
  REQUIRE_FALSE(database.has_relation("migrations"));
}

TEST_CASE("a failing revert takes nothing back") {
  const Kind kind = both_kinds();
  const TestDatabase database;
  const SmallShop shop(database.url());
  add(shop, kind, "One", "1700000000001", "CREATE TABLE one (id int)", "DROP TABLE not_one");
  add(shop, kind, "Two", "1700000000002", "CREATE TABLE two (id int)", "DROP TABLE two");
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const std::string before = database.dump();
  const Outcome outcome = shop.migrations({"revert", "--steps", "2"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors,
               Contains("cannot revert p/One1700000000001: table \"not_one\" does not exist"));
  REQUIRE_THAT(outcome.errors, Contains("SQLSTATE 42P01 (undefined table)"));
  REQUIRE_THAT(outcome.errors, Contains("1700000000001-One" + suffix(kind) + ":"));
  REQUIRE_THAT(outcome.errors, Contains("everything was rolled back"));
  REQUIRE(database.dump() == before);
}

TEST_CASE("an SQL migration without a down section cannot be reverted") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-a.sql", "-- migrate:up\nCREATE TABLE a (id int);\n");
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const Outcome outcome = shop.migrations({"revert"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 7);
  REQUIRE_THAT(outcome.errors, Contains("it has no '-- migrate:down' section"));
  REQUIRE_THAT(outcome.errors, Contains("hint: "));
  REQUIRE(database.applied() == Names{"A1700000000001"});
}

TEST_CASE("a failure in JSON") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop, Kind::Sql);
  const Outcome outcome = shop.migrations({"run", "--format", "json"});
  REQUIRE(outcome.exit_code == 7);
  REQUIRE(outcome.errors.empty());
  std::vector<nlohmann::json> events;
  for (std::size_t begin = 0; begin < outcome.output.size();) {
    const std::size_t end = outcome.output.find('\n', begin);
    events.push_back(nlohmann::json::parse(outcome.output.substr(begin, end - begin)));
    begin = end + 1;
  }
  const auto& failed = events.at(events.size() - 3);
  REQUIRE(failed.at("type") == "migration-failed");
  REQUIRE(failed.at("name") == "Two1700000000002");
  REQUIRE(failed.at("position") == 2);
  REQUIRE(failed.at("problem").at("line") == 2);
  const auto& finished = events.at(events.size() - 2);
  REQUIRE(finished.at("type") == "upgrade-finished");
  REQUIRE(finished.at("done") == 0);
  REQUIRE(finished.at("rolled_back") == 1);
  REQUIRE(finished.at("not_run") == 1);
  const auto& error = events.back();
  REQUIRE(error.at("type") == "error");
  REQUIRE(error.at("code") == "migration");
  REQUIRE(error.at("exit") == 7);
}
