// SPDX-License-Identifier: MIT
// Declared order, through the real program: what runs where, and what is refused before anything
// runs.
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;

namespace {

using Names = std::vector<std::string>;

/// A migration of the plugin that creates the table.
void add_table(const SmallShop& shop,
               const std::string& plugin,
               const std::string& timestamp,
               const std::string& table,
               const std::string& head = {}) {
  shop.add(
      plugin,
      timestamp + "-" + table + ".sql",
      head + sql_migration("CREATE TABLE " + table + " (id int);", "DROP TABLE " + table + ';'));
}

/// Loyalty is older than reviews, and needs its table, as nobody can read from its SQL: by
/// timestamp it cannot run.
void add_dependent_plugins(const SmallShop& shop) {
  add_table(shop, "reviews", "1700000000002", "review");
  shop.add(
      "loyalty",
      "1700000000001-points.sql",
      sql_migration("DO $$ BEGIN EXECUTE 'ALTER TABLE ' || 'review ADD COLUMN points int'; END $$;",
                    "ALTER TABLE review DROP COLUMN points;"));
}

Names planned(const Outcome& plan) {
  Names names;
  const auto json = nlohmann::json::parse(plan.output);
  for (const auto& group : json.at("groups")) {
    for (const auto& step : group.at("steps")) {
      names.push_back(step.at("name"));
    }
  }
  return names;
}

/// Refused: nothing on stdout, nothing done to the database.
void require_refused(const Outcome& outcome, const TestDatabase& database, int exit_code = 5) {
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code == exit_code);
  REQUIRE(outcome.output.empty());
  REQUIRE_FALSE(database.has_relation("migrations"));
}

}  // namespace

TEST_CASE("a plugin runs behind another one because medusa.toml says so") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_dependent_plugins(shop);
  REQUIRE(shop.migrations({"run"}).exit_code == 7);  // by timestamp
  shop.configure("[order.loyalty]\nafter = [\"reviews\"]\n");

  const Outcome plan = shop.migrations({"plan"});
  INFO(plan.output << plan.errors);
  REQUIRE(plan.exit_code == 0);
  REQUIRE_THAT(plan.output, Contains("why here"));
  REQUIRE_THAT(plan.output, Contains("after reviews: declared in medusa.toml:6\n"));

  const Names expected{"Review1700000000002", "Points1700000000001"};
  const Outcome json = shop.migrations({"plan", "--format", "json"});
  REQUIRE(planned(json) == expected);
  const auto step = nlohmann::json::parse(json.output).at("groups").at(0).at("steps").at(1);
  REQUIRE(step.at("reason") == "after reviews: declared in medusa.toml:6");
  REQUIRE(step.at("causes").size() == 1);
  REQUIRE(step.at("causes").at(0).at("after") == "reviews/Review1700000000002");
  REQUIRE(step.at("causes").at(0).at("why") == "declared");
  REQUIRE(step.at("causes").at(0).at("file") == (shop.root() / "medusa.toml").string());
  REQUIRE(step.at("causes").at(0).at("line") == 6);

  const Outcome show = shop.migrations({"show"});
  REQUIRE(show.output.find("Review1700000000002") < show.output.find("Points1700000000001"));

  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  REQUIRE(database.applied() == expected);
  REQUIRE(planned(shop.migrations({"plan", "--format", "json"})).empty());
  // A revert goes by what was executed, not by what is declared.
  REQUIRE(shop.migrations({"revert"}).exit_code == 0);
  REQUIRE(database.applied() == Names{"Review1700000000002"});
}

TEST_CASE("members and SQL migrations declare their own place") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_dependent_plugins(shop);

  SECTION("in package.json") {
    shop.write("plugins/loyalty/package.json",
               R"({"name": "loyalty", "version": "1.0.0",
                   "medusa": {"migrations": {"after": ["reviews@^1.0", "?wishlist"]}}})");
    shop.write("plugins/reviews/package.json", R"({"name": "reviews", "version": "1.4.0"})");
    REQUIRE_THAT(shop.migrations({"plan"}).output,
                 Contains("after reviews: declared in loyalty/package.json:2"));
  }
  SECTION("in the head of the file, which a later build does not forget") {
    const std::string head =
        "-- Points for reviews.\n-- medusa:after reviews/Review1700000000002\n";
    shop.add("loyalty",
             "1700000000001-points.sql",
             head + sql_migration("ALTER TABLE review ADD COLUMN points int;"));
    REQUIRE(shop.medusa({"build"}).exit_code == 0);
    REQUIRE_THAT(
        shop.migrations({"plan"}).output,
        Contains("after reviews/Review1700000000002: declared in 1700000000001-points.sql:2"));
  }
  SECTION("from the other side") {
    shop.write("plugins/reviews/package.json",
               R"({"name": "reviews", "medusa": {"migrations": {"order":
                   {"Review1700000000002": {"before": ["loyalty"]}}}}})");
    REQUIRE_THAT(shop.migrations({"plan"}).output,
                 Contains("after reviews/Review1700000000002: declared in reviews/package.json:2"));
  }
  const Outcome run = shop.migrations({"run"});
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  REQUIRE(database.applied() == Names{"Review1700000000002", "Points1700000000001"});
}

TEST_CASE("three members that are declared in a circle") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_table(shop, "a", "1700000000001", "a1");
  add_table(shop, "a", "1700000000002", "a2");
  add_table(shop, "b", "1700000000003", "b1");
  add_table(shop, "c", "1700000000004", "c1", "-- medusa:after a/A21700000000002\n");
  shop.configure("[order.a]\nafter = [\"b\"]\n");
  shop.write("plugins/b/package.json",
             R"({"name": "b", "medusa": {"migrations": {"after": ["c"]}}})");

  for (const std::string action : {"run", "plan", "show"}) {
    const Outcome outcome = shop.migrations({action});
    require_refused(outcome, database);
    REQUIRE_THAT(outcome.errors,
                 Contains("error: the declared order of a, c, b goes in a circle\n"
                          "  --> plugins/c/src/migrations/1700000000004-c1.sql:1:17\n"));
    REQUIRE_THAT(outcome.errors,
                 Contains("  note: a/A21700000000002 runs after a/A11700000000001: earlier in the "
                          "same member\n"
                          "  note: c/C11700000000004 runs after a/A21700000000002: declared in "
                          "1700000000004-c1.sql:1\n"
                          "  note: b/B11700000000003 runs after c/C11700000000004: declared in "
                          "b/package.json:1\n"
                          "  note: a/A11700000000001 runs after b/B11700000000003: declared in "
                          "medusa.toml:6\n"
                          "  hint: remove one of these declarations\n"));
  }
}

TEST_CASE("an order that names what is not there, or another version, all told at once") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_dependent_plugins(shop);
  shop.write("plugins/reviews/package.json", R"({"name": "reviews", "version": "1.4.0"})");
  shop.configure(
      "[order.loyalty]\n"
      "after = [\"review\", \"?nobody\", \"reviews@>=2\"]\n"
      "before = [\"reviews/Reviewed1700000000002\"]\n");
  const Outcome outcome = shop.migrations({"run"});
  require_refused(outcome, database);
  REQUIRE_THAT(outcome.errors,
               Contains("'loyalty' is declared to run after 'review', but the workspace has no "
                        "member 'review'\n  --> medusa.toml:6:10\n"));
  REQUIRE_THAT(outcome.errors, Contains("hint: did you mean 'reviews'?"));
  REQUIRE_THAT(outcome.errors,
               Contains("that needs 'reviews@>=2', but version 1.4.0 is installed\n"
                        "  --> medusa.toml:6:31\n"));
  REQUIRE_THAT(outcome.errors, Contains("'reviews' has no migration 'Reviewed1700000000002'"));
  REQUIRE_THAT(outcome.errors, Contains("hint: did you mean 'reviews/Review1700000000002'?"));
  REQUIRE_THAT(outcome.errors, Contains("3 errors"));

  const auto error = nlohmann::json::parse(shop.migrations({"plan", "--format", "json"}).output);
  REQUIRE(error.at("code") == "plan");
  REQUIRE(error.at("exit") == 5);
  REQUIRE(error.at("diagnostics").size() == 3);
}

TEST_CASE("a declaration that cannot be read is an error of its file") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_dependent_plugins(shop);

  SECTION("medusa.toml") {
    shop.configure("[order.loyalty]\nafer = [\"reviews\"]\n");
    const Outcome outcome = shop.migrations({"run"});
    require_refused(outcome, database, 3);
    REQUIRE_THAT(outcome.errors, Contains("unknown key 'order.loyalty.afer'"));
  }
  SECTION("package.json") {
    shop.write("plugins/loyalty/package.json",
               "{\"name\": \"loyalty\",\n \"medusa\": {\"migrations\": {\"after\": \"reviews\"}}}");
    const Outcome outcome = shop.migrations({"run"});
    require_refused(outcome, database, 3);
    REQUIRE_THAT(outcome.errors, Contains("--> plugins/loyalty/package.json:2:37\n"));
  }
  SECTION("an SQL migration") {
    add_table(shop, "loyalty", "1700000000005", "x", "-- medusa:aftr reviews\n");
    const Outcome outcome = shop.migrations({"run"});
    require_refused(outcome, database, 4);
    REQUIRE_THAT(outcome.errors, Contains("hint: did you mean 'medusa:after'?"));
  }
}

TEST_CASE("a declaration that comes too late is a warning while it matters") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_table(shop, "loyalty", "1700000000001", "points");
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  add_table(shop, "reviews", "1700000000002", "review");
  shop.configure("[order.loyalty]\nafter = [\"reviews\"]\n");
  const Outcome run = shop.migrations({"run"});
  REQUIRE(run.exit_code == 0);
  REQUIRE_THAT(run.errors,
               Contains("warning: loyalty is declared to run after reviews (medusa.toml:6), but "
                        "Points1700000000001 is applied already and Review1700000000002 is not"));
  REQUIRE_THAT(shop.migrations({"run"}).errors, !Contains("warning"));
}
