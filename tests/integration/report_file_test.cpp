// SPDX-License-Identifier: MIT
// `--report FILE`: what an upgrade leaves behind for those who were not there.
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

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
using medusa::typescript_migration;

namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

Json report_of(const SmallShop& shop) {
  return Json::parse(shop.read("report.json"));
}

Names outcomes(const Json& report) {
  Names list;
  for (const Json& group : report.at("groups")) {
    for (const Json& step : group.at("steps")) {
      list.push_back(step.at("outcome"));
    }
  }
  return list;
}

/// SQL, lowered, dynamic.
void add_three(const SmallShop& shop, const std::string& last = "CREATE TABLE three (id int)") {
  shop.add(
      "p", "1700000000001-One.sql", sql_migration("CREATE TABLE one (id int);", "DROP TABLE one;"));
  shop.add(
      "p",
      "1700000000002-Two.ts",
      typescript_migration("Two1700000000002", {"CREATE TABLE two (id int)"}, {"DROP TABLE two"}));
  std::string dynamic = typescript_migration("Three1700000000003", {last}, {"DROP TABLE three"});
  dynamic.insert(dynamic.find("    await"),
                 "    if ((await queryRunner.query(`SELECT 1`)).length === 2) return\n");
  shop.add("p", "1700000000003-Three.ts", dynamic);
}

Outcome run(const SmallShop& shop, const Names& more = {}) {
  Names arguments{"run", "--report", "report.json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return shop.migrations(arguments);
}

}  // namespace

TEST_CASE("the report of an upgrade that went well") {
  const TestDatabase database;
  const SmallShop shop(database.url_of("medusa", "s3cret-word"));
  add_three(shop);
  const Outcome outcome = run(shop);
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  CHECK_THAT(shop.read("report.json"), !Contains("s3cret-word"));
  const Json report = report_of(shop);
  INFO(report.dump(2));
  CHECK(report.at("schema") == 1);
  CHECK(report.at("tool") == "medusa");
  CHECK(report.at("command") == "run");
  CHECK(report.at("outcome") == "done");
  CHECK(report.at("exit") == 0);
  CHECK(report.at("direction") == "up");
  CHECK(report.at("mode") == "all");
  CHECK(std::to_string(report.at("upgrade").get<int>()) ==
        database.value("SELECT id FROM medusa_upgrade"));
  CHECK_THAT(report.at("database").get<std::string>(),
             Contains("***") && Contains(database.name()));
  CHECK(report.at("started_at").get<std::string>() <= report.at("finished_at").get<std::string>());
  CHECK(report.at("summary").at("done") == 3);
  CHECK(report.at("problems").empty());
  CHECK(outcomes(report) == Names{"done", "done", "done"});
  const Json& steps = report.at("groups").at(0).at("steps");
  CHECK(steps.at(0).at("kind") == "sql");
  CHECK(steps.at(0).at("mode") == "lowered");
  CHECK(steps.at(1).at("member") == "p");
  CHECK(steps.at(1).at("name") == "Two1700000000002");
  CHECK(steps.at(1).at("mode") == "lowered");
  CHECK(steps.at(2).at("mode") == "dynamic");
  CHECK(steps.at(2).at("position") == 3);
  CHECK(steps.at(2).at("attempts") == 1);
  CHECK(steps.at(2).at("duration_ms").get<double>() > 0);

  SECTION("then of one that had nothing to do") {
    REQUIRE(run(shop).exit_code == 0);
    const Json again = report_of(shop);
    CHECK(again.at("outcome") == "nothing");
    CHECK(again.at("upgrade").is_null());
    CHECK(again.at("groups").empty());
  }
  SECTION("then of a revert") {
    REQUIRE(shop.migrations({"revert", "--steps", "2", "--report", "report.json"}).exit_code == 0);
    const Json again = report_of(shop);
    CHECK(again.at("command") == "revert");
    CHECK(again.at("direction") == "down");
    CHECK(again.at("outcome") == "done");
    CHECK(again.at("groups").at(0).at("steps").at(0).at("name") == "Three1700000000003");
    CHECK(again.at("upgrade") == 2);
  }
}

TEST_CASE("the report of an upgrade that failed") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  shop.add("p", "1700000000002-Two.ts", typescript_migration("Two1700000000002", {"SELECT wrong"}));

  SECTION("as a whole") {
    REQUIRE(run(shop).exit_code == 7);
    const Json report = report_of(shop);
    INFO(report.dump(2));
    CHECK(report.at("outcome") == "failed");
    CHECK(report.at("exit") == 7);
    CHECK(report.at("upgrade").is_null());
    CHECK(outcomes(report) == Names{"rolled-back", "failed", "not-run"});
    CHECK(report.at("summary") ==
          Json({{"done", 0}, {"rolled_back", 1}, {"failed", 1}, {"not_run", 1}, {"unknown", 0}}));
    const Json& problem = report.at("problems").at(0);
    CHECK(problem.at("sqlstate") == "42703");
    CHECK(problem.at("line") == 5);
    CHECK_THAT(problem.at("file").get<std::string>(), Contains("1700000000002-Two.ts"));
  }
  SECTION("after a part of it") {
    REQUIRE(run(shop, {"--transaction", "each"}).exit_code == 7);
    const Json report = report_of(shop);
    CHECK(outcomes(report) == Names{"done", "failed", "not-run"});
    CHECK(report.at("groups").size() == 3);
    CHECK(report.at("upgrade") == 1);
  }
  SECTION("before it began") {
    shop.add("p", "1700000000000-Zero.sql", sql_migration("CREATE TABLE one (id int);"));
    REQUIRE(run(shop).exit_code == 5);
    const Json report = report_of(shop);
    CHECK(report.at("outcome") == "refused");
    CHECK(report.at("exit") == 5);
    CHECK(report.at("groups").empty());
    CHECK(report.at("problems").at(0).at("code") == "plan");
  }
  SECTION("for want of a database") {
    const Outcome outcome = shop.migrations(
        {"run", "--report", "report.json", "--database-url", database.url() + "_gone"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 6);
    const Json report = report_of(shop);
    CHECK(report.at("outcome") == "failed");
    CHECK(report.at("exit") == 6);
    CHECK(report.at("problems").at(0).at("code") == "database");
  }
  SECTION("at COMMIT") {
    database.execute(
        "CREATE TABLE item (id int PRIMARY KEY);"
        "CREATE TABLE part (item int REFERENCES item DEFERRABLE INITIALLY DEFERRED);");
    shop.add("p",
             "1700000000002-Two.ts",
             typescript_migration("Two1700000000002", {"INSERT INTO part VALUES (7)"}));
    REQUIRE(run(shop).exit_code == 7);
    const Json report = report_of(shop);
    CHECK(outcomes(report) == Names{"rolled-back", "rolled-back", "rolled-back"});
    CHECK(report.at("problems").at(0).at("sqlstate") == "23503");
  }
}

TEST_CASE("the report of an upgrade that was ended") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  shop.add("p",
           "1700000000002-Two.ts",
           typescript_migration("Two1700000000002", {"SELECT pg_sleep(600)"}));
  RunningProgram running(medusa::medusa_program().string(),
                         shop.root(),
                         {"migrations", "run", "--report", "report.json"},
                         shop.environment());
  REQUIRE(eventually([&] {
    return database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
               "'%pg_sleep(600)%' AND pid <> pg_backend_pid() AND state = 'active' "
               "AND application_name LIKE 'medusa%'") == "1";
  }));
  CHECK(report_of(shop).at("outcome") == "running");
  CHECK(report_of(shop).at("exit").is_null());

  SECTION("by a signal") {
    running.signal(SIGTERM);
    REQUIRE(running.wait().exit_code == 143);
    const Json report = report_of(shop);
    INFO(report.dump(2));
    CHECK(report.at("outcome") == "interrupted");
    CHECK(report.at("exit") == 143);
    CHECK(outcomes(report) == Names{"rolled-back", "failed", "not-run"});
  }
  SECTION("by one that nobody can handle: it never says that all went well") {
    running.signal(SIGKILL);
    REQUIRE(running.wait().exit_code == 137);
    CHECK(report_of(shop).at("outcome") == "running");
    CHECK(report_of(shop).at("finished_at").is_null());
  }
}

TEST_CASE("a report that cannot be written is told before anything runs") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  std::filesystem::create_directory(shop.root() / "folder");
  const Outcome folder = shop.migrations({"run", "--report", "folder"});
  CHECK(folder.exit_code == 2);
  CHECK_THAT(folder.errors, Contains("the report cannot be written to 'folder': it is no file"));
  const Outcome below = shop.migrations({"run", "--report", "medusa.toml/report.json"});
  INFO(below.errors);
  CHECK(below.exit_code == 2);
  const Outcome nowhere = shop.migrations({"run", "--report", "no such/report.json"});
  CHECK(nowhere.exit_code == 2);
  CHECK_THAT(nowhere.errors,
             Contains("there is no folder '" + (shop.root() / "no such").string() + "'") &&
                 Contains("mkdir -p '" + (shop.root() / "no such").string() + "'"));
  CHECK_FALSE(std::filesystem::exists(shop.root() / "no such"));
  CHECK_FALSE(database.has_relation("migrations"));
}
