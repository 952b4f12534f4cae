// SPDX-License-Identifier: MIT
// `migrations plan --sql --execute`: the upgrade runs, is shown, and leaves nothing behind.
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "oracle/oracle.hpp"
#include "running_program.hpp"
#include "small_shop.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Json = nlohmann::json;
using Names = std::vector<std::string>;

const Names kRehearse{"plan", "--sql", "--execute"};
const Names kRehearseJson{"plan", "--sql", "--execute", "--format", "json"};

/// What a migration sends depends on what the database answers; so it is dynamic.
void add_dynamic(const SmallShop& shop) {
  shop.add("p",
           "1700000000002-b.ts",
           "export class B1700000000002 {\n"
           "  async up(queryRunner: any) {\n"
           "    const rows = await queryRunner.query(\"SELECT count(*)::int AS n FROM a\");\n"
           "    await queryRunner.query(`CREATE TABLE b${rows[0].n} (id integer)`);\n"
           "    await queryRunner.query(\"INSERT INTO a VALUES ($1, $2, $3)\","
           " [\"it's\", null, Buffer.from([0, 255])]);\n"
           "  }\n"
           "  async down(queryRunner: any) {}\n"
           "}\n");
}

/// An SQL, a dynamic and a lowered migration.
void add_three(const SmallShop& shop) {
  shop.add(
      "p",
      "1700000000001-a.sql",
      sql_migration("CREATE TABLE a (t text, n text, raw bytea);\nINSERT INTO a VALUES ('x');"));
  add_dynamic(shop);
  shop.add("p",
           "1700000000003-c.ts",
           typescript_migration("C1700000000003", {"CREATE TABLE c (id serial)"}));
}

Json steps_of(const Outcome& outcome) {
  INFO(outcome.output << outcome.errors);
  const Json json = Json::parse(lines(outcome.output).at(0));
  REQUIRE(json.at("groups").size() == 1);
  return json.at("groups").at(0).at("steps");
}

}  // namespace

TEST_CASE("plan --sql --execute shows what every step sends and leaves nothing", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const std::string mode = GENERATE("all", "each", "none");
  shop.configure("[migrations]\ntransaction = \"" + mode +
                 "\"\n[database]\nschema = \"shop\"\nextensions = [\"uuid-ossp\"]\n");
  const std::string before = database.dump();

  const Outcome text = shop.migrations(kRehearse);
  INFO(text.errors);
  REQUIRE(text.exit_code == 0);
  CHECK(text.output ==
        "START TRANSACTION;\n\n"
        "-- 1: p/A1700000000001\n"
        "CREATE TABLE a (t text, n text, raw bytea);\n"
        "INSERT INTO a VALUES ('x');\n\n"
        "-- 2: p/B1700000000002\n"
        "-- dynamic: looks at the result of a query\n"
        "SELECT count(*)::int AS n FROM a;\n"
        "CREATE TABLE b1 (id integer);\n"
        "INSERT INTO a VALUES ('it''s', NULL, E'\\\\x00ff');\n\n"
        "-- 3: p/C1700000000003\n"
        "CREATE TABLE c (id serial);\n\n"
        "ROLLBACK;\n"
        "-- 3 of 3 migrations executed and rolled back\n");
  CHECK_THAT(text.errors, Contains("Executed [2/3] p/B1700000000002"));
  CHECK(database.dump() == before);
  CHECK_FALSE(database.has_relation("shop.migrations"));
  CHECK(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'shop'") == "0");
  CHECK(database.value("SELECT count(*) FROM pg_extension WHERE extname = 'uuid-ossp'") == "0");
}

TEST_CASE("plan --sql --execute as JSON has the text and the parameters", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const Outcome outcome = shop.migrations(kRehearseJson);
  REQUIRE(outcome.exit_code == 0);
  const Json steps = steps_of(outcome);
  REQUIRE(steps.size() == 3);
  for (const Json& step : steps) {
    CHECK(step.at("executed") == "rolled-back");
  }
  CHECK(steps.at(1).at("mode") == "dynamic");
  CHECK(steps.at(1).at("statements") ==
        Json::array({{{"sql", "SELECT count(*)::int AS n FROM a"}},
                     {{"sql", "CREATE TABLE b1 (id integer)"}},
                     {{"sql", "INSERT INTO a VALUES ($1, $2, $3)"},
                      {"parameters", {"it's", nullptr, "\\x00ff"}}}}));
  // And what is run afterwards is what was shown.
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  CHECK(database.has_relation("b1"));
  const Outcome nothing = shop.migrations(kRehearse);
  CHECK(nothing.exit_code == 0);
  CHECK(nothing.output == "-- nothing to apply\n");
}

TEST_CASE("a rehearsal that fails shows the SQL up to there, and the error", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  shop.add("p",
           "1700000000002-b.ts",
           typescript_migration("B1700000000002", {"CREATE TABLE b (id int)", "SELECT 1 / 0"}));
  const std::string before = database.dump();

  const Outcome text = shop.migrations(kRehearse);
  CHECK(text.exit_code == 7);
  CHECK_THAT(text.output,
             Contains("CREATE TABLE b (id int);\nSELECT 1 / 0;\n-- stopped here\n\n"
                      "-- 3: p/C1700000000003\n-- not executed\n\nROLLBACK;\n"
                      "-- 1 of 3 migrations executed and rolled back\n"));
  CHECK_THAT(text.errors, Contains("error: cannot apply p/B1700000000002: division by zero"));
  CHECK_THAT(text.errors, Contains("everything was rolled back"));
  CHECK(database.dump() == before);

  const Outcome json = shop.migrations(kRehearseJson);
  CHECK(json.exit_code == 7);
  const Json steps = steps_of(json);
  CHECK(steps.at(0).at("executed") == "rolled-back");
  CHECK(steps.at(1).at("executed") == "failed");
  CHECK(steps.at(1).at("statements").size() == 2);
  CHECK(steps.at(2).at("executed") == "not-run");
  CHECK(steps.at(2).at("statements").is_null());
  CHECK(Json::parse(lines(json.output).at(1)).at("type") == "error");
}

TEST_CASE("a rehearsal checks what a COMMIT would check", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.sql",
           sql_migration("CREATE TABLE a (id int PRIMARY KEY, other int REFERENCES a "
                         "DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1, 2);"));
  const Outcome outcome = shop.migrations(kRehearse);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("violates foreign key constraint"));
  CHECK_FALSE(database.has_relation("a"));
}

TEST_CASE("what cannot be rolled back is refused before anything runs", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-a.sql", sql_migration("CREATE TABLE a (id int);"));
  shop.add("p",
           "1700000000002-b.sql",
           "-- migrate:up transaction:false\nALTER TABLE a ADD b int;\n\n-- migrate:down\n");
  shop.add("p",
           "1700000000003-c.ts",
           typescript_migration("C1700000000003", {"CREATE INDEX CONCURRENTLY c ON a (id)"}));
  const Outcome outcome = shop.migrations(kRehearse);
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 5);
  CHECK_THAT(outcome.errors,
             Contains("cannot execute p/B1700000000002 and roll it back: it opts out of "
                      "transactions (transaction = false)"));
  CHECK_THAT(outcome.errors,
             Contains("cannot execute p/C1700000000003 and roll it back: it sends CREATE INDEX "
                      "CONCURRENTLY, which no rollback undoes"));
  CHECK_THAT(outcome.errors, Contains("1700000000003-c.ts:5"));
  CHECK_THAT(outcome.errors, Contains("medusa migrations plan --sql"));
  CHECK_FALSE(database.has_relation("a"));
}

TEST_CASE("execute without sql is a mistake", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const Outcome outcome = shop.migrations({"plan", "--execute"});
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.errors, Contains("medusa migrations plan --sql --execute"));
}

TEST_CASE("a signal rolls a rehearsal back", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add(
      "p", "1700000000001-a.sql", sql_migration("CREATE TABLE a (id int);\nSELECT pg_sleep(600);"));
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  const std::string before = database.dump();
  RunningProgram program(medusa_program().string(),
                         shop.root(),
                         {"migrations", "plan", "--sql", "--execute"},
                         shop.environment());
  REQUIRE(eventually([&] {
    return database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query "
               "LIKE '%pg_sleep(600)%' AND datname = current_database() AND pid <> "
               "pg_backend_pid()") == "1";
  }));
  program.signal(SIGINT);
  const Outcome outcome = program.wait();
  CHECK(outcome.exit_code == 130);
  CHECK_THAT(outcome.output, Contains("SELECT pg_sleep(600);\n-- stopped here"));
  CHECK(database.dump() == before);
}

TEST_CASE("a rehearsal waits for the lock of a run, as a run does", "[rehearsal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nrun_lock_timeout = \"1s\"\n");
  shop.add("p", "1700000000001-a.sql", sql_migration("SELECT pg_sleep(600);"));
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  RunningProgram run(
      medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] {
    return database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query "
               "LIKE '%pg_sleep(600)%' AND datname = current_database() AND pid <> "
               "pg_backend_pid()") == "1";
  }));
  const Outcome outcome = shop.migrations(kRehearse);
  CHECK(outcome.exit_code == 6);
  run.signal(SIGTERM);
  CHECK(run.wait().exit_code == 143);
}

TEST_CASE("what a rehearsal of the example shop shows is what TypeORM sends", "[rehearsal]") {
  const BuiltShop shop;
  const TestDatabase ours;
  const std::string before = ours.dump();
  const Outcome outcome = shop.migrations(kRehearseJson, on(ours));
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  CHECK(ours.dump() == before);
  CHECK_FALSE(ours.has_relation("migrations"));

  std::map<std::string, Json> shown;
  for (const Json& step : steps_of(outcome)) {
    if (step.at("mode") == "dynamic") {
      shown[step.at("name")] = step.at("statements");
    }
  }
  REQUIRE(shown.size() == 3);
  const TestDatabase theirs;
  const auto script = project_root() / "tests/integration/oracle/sent.cjs";
  Names arguments{script.string(), theirs.url()};
  for (const auto& [name, statements] : shown) {
    arguments.push_back(name);
  }
  const Outcome oracle = run_program("node", shop.root() / "backend", arguments);
  INFO(oracle.errors);
  REQUIRE(oracle.exit_code == 0);
  const Json sent = Json::parse(oracle.output);
  for (const auto& [name, statements] : shown) {
    INFO(name);
    REQUIRE_FALSE(statements.empty());
    CHECK(statements == sent.at(name));
  }
}

}  // namespace medusa
