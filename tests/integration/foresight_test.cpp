// SPDX-License-Identifier: MIT
// Which branch of a guarded migration this database will take, told before it runs.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Json = nlohmann::json;

const std::string kAsked =
    "-- asks: SELECT * FROM \"information_schema\".\"tables\" WHERE \"table_schema\" = "
    "current_schema() AND \"table_name\" = 'old';\n";

/// Renames the table `old` to `fresh`, or makes `fresh`.
void add_guarded(const SmallShop& shop, const std::string& timestamp) {
  shop.add("p",
           timestamp + "-guarded.ts",
           "export class Guarded" + timestamp +
               " {\n"
               "  async up(queryRunner: any): Promise<void> {\n"
               "    if (await queryRunner.hasTable(\"old\")) {\n"
               "      await queryRunner.query(`ALTER TABLE old RENAME TO fresh`);\n"
               "    } else {\n"
               "      await queryRunner.query(`CREATE TABLE fresh (made integer)`);\n"
               "    }\n"
               "  }\n"
               "  async down(queryRunner: any): Promise<void> {}\n"
               "}\n");
}

std::string sql_of(const SmallShop& shop) {
  const Outcome outcome = shop.migrations({"plan", "--sql"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

std::string text_of(const SmallShop& shop) {
  const Outcome outcome = shop.migrations({"plan"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

Json step_of(const SmallShop& shop, std::size_t index) {
  const Outcome outcome = shop.migrations({"plan", "--sql", "--format", "json"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.output).at("groups").at(0).at("steps").at(index);
}

}  // namespace

TEST_CASE("what nothing runs before is certain", "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_guarded(shop, "1700000000001");
  CHECK(sql_of(shop) ==
        "START TRANSACTION;\n\n"
        "-- 1: p/Guarded1700000000001\n" +
            kAsked +
            "-- the answer is no\n"
            "CREATE TABLE fresh (made integer);\n"
            "-- not taken (yes):\n"
            "--   ALTER TABLE old RENAME TO fresh;\n\n"
            "COMMIT;\n"
            "-- 1 migration to apply in 1 transaction\n");
  CHECK_THAT(text_of(shop), Contains("step 1 asks: is there a table old? no\n"));

  database.execute("CREATE TABLE old (kept integer)");
  CHECK_THAT(sql_of(shop),
             Contains(kAsked + "-- the answer is yes\n"
                               "ALTER TABLE old RENAME TO fresh;\n"
                               "-- not taken (no):\n"
                               "--   CREATE TABLE fresh (made integer);\n"));
  CHECK_THAT(text_of(shop), Contains("step 1 asks: is there a table old? yes\n"));
  const Json step = step_of(shop, 0);
  const Json& question = step.at("questions").at(0);
  CHECK_THAT(question.at("sql").get<std::string>(), Contains("information_schema"));
  CHECK(question.at("text") == "is there a table old");
  CHECK(question.at("answer") == true);
  CHECK(question.at("certain") == true);
  CHECK(question.at("reason").is_null());
  const Json& statement = step.at("statements").at(0);
  CHECK(statement.at("answer") == true);
  CHECK(statement.at("certain") == true);
  CHECK(statement.at("yes").at(0).at("sql") == "ALTER TABLE old RENAME TO fresh");
  CHECK(statement.at("no").at(0).at("sql") == "CREATE TABLE fresh (made integer)");
}

TEST_CASE("after steps that do not name it, the answer is as of now", "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-a.sql", sql_migration("CREATE TABLE older (id int);"));
  add_guarded(shop, "1700000000002");
  CHECK_THAT(sql_of(shop),
             Contains(kAsked + "-- the answer is no as of now: 1 statement runs before it, none of "
                               "which names it\n"
                               "CREATE TABLE fresh (made integer);\n"
                               "-- if the answer is yes by then:\n"
                               "--   ALTER TABLE old RENAME TO fresh;\n"));
  CHECK_THAT(text_of(shop),
             Contains("step 2 asks: is there a table old? no, as of now: 1 statement runs"));
  const Json question = step_of(shop, 1).at("questions").at(0);
  CHECK(question.at("answer") == false);
  CHECK(question.at("certain") == false);
}

TEST_CASE("what an earlier step may decide is decided when it runs", "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  std::string reason;
  SECTION("because it names the table, be it in a string of a function") {
    shop.add("p",
             "1700000000001-a.sql",
             sql_migration("DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'OLD (id int)'; END $$;"));
    reason = "step 1 names old before";
  }
  SECTION("because only running it tells what it does") {
    shop.add("p",
             "1700000000001-a.ts",
             "export class A1700000000001 {\n"
             "  async up(queryRunner: any) {\n"
             "    const rows = await queryRunner.query(\"SELECT 'old' AS name\");\n"
             "    await queryRunner.query(`CREATE TABLE ${rows[0].name} (id integer)`);\n"
             "  }\n"
             "  async down(queryRunner: any) {}\n"
             "}\n");
    reason = "step 1 runs before it, whose SQL is known only when it runs";
  }
  add_guarded(shop, "1700000000002");
  CHECK_THAT(sql_of(shop),
             Contains(kAsked + "-- decided when it runs: " + reason +
                      "\n-- if yes (there is a row):\n"
                      "  ALTER TABLE old RENAME TO fresh;\n"
                      "-- if no:\n"
                      "  CREATE TABLE fresh (made integer);\n"));
  CHECK_THAT(text_of(shop),
             Contains("step 2 asks: is there a table old? decided when it runs: " + reason));
  const Json question = step_of(shop, 1).at("questions").at(0);
  CHECK(question.at("answer").is_null());
  CHECK(question.at("certain") == false);
  // The step before made the table; so it was right not to say "no".
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  CHECK(database.value("SELECT attname FROM pg_attribute WHERE attrelid = 'fresh'::regclass AND "
                       "attnum > 0") == "id");
}

TEST_CASE("a question that follows from another one is asked on the way that is taken",
          "[foresight]") {
  const TestDatabase database;
  database.execute("CREATE TABLE old (kept integer)");
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.ts",
           "export class A1700000000001 {\n"
           "  async up(queryRunner: any): Promise<void> {\n"
           "    if (!(await queryRunner.hasTable(\"old\"))) return;\n"
           "    if (await queryRunner.hasColumn(\"old\", \"kept\")) {\n"
           "      await queryRunner.query(`ALTER TABLE old DROP COLUMN kept`);\n"
           "    }\n"
           "    if (await queryRunner.hasColumn(\"old\", \"other\")) {\n"
           "      await queryRunner.query(`ALTER TABLE old DROP COLUMN other`);\n"
           "    }\n"
           "  }\n"
           "  async down(queryRunner: any): Promise<void> {}\n"
           "}\n");
  const Json step = step_of(shop, 0);
  REQUIRE(step.at("mode") == "lowered");
  const Json& questions = step.at("questions");
  REQUIRE(questions.size() == 3);
  CHECK(questions.at(1).at("text") == "is there a column old.kept");
  CHECK(questions.at(1).at("answer") == true);
  CHECK(questions.at(1).at("certain") == true);
  CHECK(questions.at(2).at("answer").is_null());
  CHECK(questions.at(2).at("reason") == "this migration names old before");
}

TEST_CASE("what begins or ends a transaction itself is refused, unless it runs in none",
          "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nforesight = \"warn\"\nhazards = \"off\"\n");  // no help here
  const std::string body = "CREATE TABLE a (id int);\nCOMMIT;\nBEGIN;\n";
  shop.add("p",
           "1700000000001-own.sql",
           "-- migrate:up\n-- medusa:allow transaction-control: no help either\n" + body);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"plan"},
                                                  {"plan", "--sql"},
                                                  {"plan", "--sql", "--execute"},
                                                  {"run"},
                                                  {"run", "-t", "each"}}) {
    const Outcome refused = shop.migrations(command);
    INFO(refused.output << refused.errors);
    CHECK(refused.exit_code == 5);
    CHECK_THAT(refused.errors,
               Contains("p/Own1700000000001 begins or ends a transaction itself (COMMIT), but runs "
                        "inside the upgrade's") &&
                   Contains("1700000000001-own.sql:4:1") &&
                   Contains("remove the statement, or write '-- migrate:up transaction:false'"));
  }
  CHECK_FALSE(database.has_relation("a"));
  CHECK_THAT(shop.migrations({"explain", "Own1700000000001"}).output,
             Contains("begins or ends a transaction itself"));
  const Outcome none = shop.migrations({"plan", "--sql", "-t", "none"});
  CHECK(none.exit_code == 0);
  CHECK_THAT(none.output, Contains("\nCOMMIT;\n"));

  shop.add("p",
           "1700000000001-own.sql",
           "-- migrate:up transaction:false\nBEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n");
  const Outcome outside = shop.migrations({"plan", "--sql"});
  CHECK_THAT(outside.output, Contains("\nBEGIN;\n") && !Contains("START TRANSACTION"));
  CHECK(shop.migrations({"run"}).exit_code == 0);
}

TEST_CASE("a down that begins or ends a transaction itself is refused before anything is reverted",
          "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-own.sql",
           sql_migration("CREATE TABLE a (id int);", "DROP TABLE a;\nCOMMIT;"));
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const Outcome refused = shop.migrations({"revert"});
  CHECK(refused.exit_code == 5);
  CHECK_THAT(
      refused.errors,
      Contains("(COMMIT), but runs inside the upgrade's") && Contains("1700000000001-own.sql:"));
  CHECK(database.has_relation("a"));
  CHECK(shop.migrations({"revert", "-t", "none"}).exit_code == 0);
  CHECK_FALSE(database.has_relation("a"));
}

TEST_CASE("where the schema is yet to be created, nothing is asked of another one", "[foresight]") {
  const TestDatabase database;
  database.execute("CREATE TABLE old (kept integer)");
  const SmallShop shop(database.url());
  shop.configure("[database]\nschema = \"shop\"\n");
  add_guarded(shop, "1700000000001");
  CHECK_THAT(text_of(shop), Contains("decided when it runs: schema shop is not there yet"));
  database.execute("CREATE SCHEMA shop");
  CHECK_THAT(text_of(shop), Contains("step 1 asks: is there a table old? no\n"));
}

TEST_CASE("a rehearsal shows the answers that it got", "[foresight]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-a.sql", sql_migration("CREATE TABLE old (id int);"));
  add_guarded(shop, "1700000000002");
  const Outcome text = shop.migrations({"plan", "--sql", "--execute"});
  CHECK(text.exit_code == 0);
  CHECK_THAT(text.output,
             Contains(kAsked + "-- the answer was yes\nALTER TABLE old RENAME TO fresh;\n\n"));
  CHECK_FALSE(database.has_relation("fresh"));
}

}  // namespace medusa
