// SPDX-License-Identifier: MIT
// What `medusa plugin remove --plan` says, through the real program, about a real database.
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Json = nlohmann::json;

void add_reviews(const SmallShop& shop) {
  shop.add(
      "reviews",
      "1700000000001-review.sql",
      sql_migration("CREATE TABLE review (id int PRIMARY KEY, stars int);", "DROP TABLE review;"));
  shop.add("reviews",
           "1700000000002-index.sql",
           sql_migration("CREATE INDEX review_stars ON review (stars);"
                         "CREATE TYPE mood AS ENUM ('good');",
                         "DROP INDEX review_stars; DROP TYPE mood;"));
}

Outcome remove(const SmallShop& shop, std::vector<std::string> arguments = {"reviews"}) {
  arguments.insert(arguments.begin(), {"plugin", "remove", "--plan"});
  return shop.medusa(arguments);
}

}  // namespace

TEST_CASE("a plugin that nobody uses: what would be dropped, in the order of reverting",
          "[plugin_removal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_reviews(shop);
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const std::string before = database.dump();
  const Outcome outcome = remove(shop);
  INFO(outcome.output << outcome.errors);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.output, Contains(": 2 applied migrations, in the order in which they would"));
  CHECK_THAT(outcome.output,
             Contains("Index1700000000002, row 2\n"
                      "  drops index review_stars\n"
                      "  drops type mood\n\n"
                      "Review1700000000001, row 1\n"
                      "  drops table review\n\n"
                      "nothing else uses it; nothing was changed\n"
                      "hint: medusa migrations revert --steps 2\n"));
  CHECK(database.dump() == before);
  // And it is what a revert does.
  REQUIRE(shop.migrations({"revert", "--steps", "2"}).exit_code == 0);
  CHECK_FALSE(database.has_relation("review"));
}

TEST_CASE("who else uses a plugin, and what the live schema has on it", "[plugin_removal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_reviews(shop);
  shop.add("points",
           "1700000000003-points.sql",
           sql_migration("ALTER TABLE review ADD COLUMN points int;",
                         "ALTER TABLE review DROP COLUMN points;"));
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  database.execute("CREATE VIEW best AS SELECT id FROM review WHERE stars = 5");
  shop.add(
      "wishes",
      "1700000000004-wish.sql",
      sql_migration("CREATE TABLE wish (review int REFERENCES review (id));", "DROP TABLE wish;"));
  const Outcome outcome = remove(shop, {"reviews", "--format", "json"});
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code == 1);
  const Json json = Json::parse(outcome.output);
  CHECK(json.at("in_use") == true);
  CHECK(json.at("executed_since") == 1);
  const Json& uses = json.at("used_by");
  REQUIRE(uses.size() >= 2);
  CHECK(uses.front().at("migration") == "points/Points1700000000003");
  CHECK(uses.front().at("applied") == true);
  CHECK(uses.front().at("object") == "table review");
  CHECK(uses.front().at("line") == 2);
  CHECK(uses.back().at("migration") == "wishes/Wish1700000000004");
  CHECK(uses.back().at("applied") == false);
  REQUIRE(json.at("blocked").size() == 1);
  CHECK(json.at("blocked").at(0).at("object") == "table review");
  CHECK(json.at("blocked").at(0).at("dependents") == Json({"view best"}));

  const Outcome text = remove(shop);
  CHECK(text.exit_code == 1);
  CHECK_THAT(text.output,
             Contains("used: points/Points1700000000003 (applied) changes table review (") &&
                 Contains("but view best depends on it") && Contains("something else uses it"));
  // PostgreSQL agrees.
  REQUIRE(shop.migrations({"revert", "--steps", "3"}).exit_code == 7);
}

TEST_CASE("what is not known, and what stays, is said plainly", "[plugin_removal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("reviews", "1700000000001-kept.sql", "-- migrate:up\nCREATE TABLE kept (id int);\n");
  shop.add("reviews",
           "1700000000002-opaque.sql",
           sql_migration("SELECT 1;", "DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'kept'; END $$;"));
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  const Outcome outcome = remove(shop);
  INFO(outcome.output << outcome.errors);
  CHECK(outcome.exit_code == 1);  // "nobody uses it" would be a guess
  CHECK_THAT(outcome.output, Contains("something else uses it is not known for certain"));
  CHECK_THAT(outcome.output, Contains("not all is known: it has no '-- migrate:down' section"));
  CHECK_THAT(outcome.output, Contains("Opaque1700000000002, row 2\n  not all is known: "));
  CHECK_THAT(outcome.output, Contains("stays: table kept: no 'down' drops it\n"));
}

TEST_CASE("removing itself is not there, and unknown plugins have a hint", "[plugin_removal]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_reviews(shop);
  const Outcome without = shop.medusa({"plugin", "remove", "reviews"});
  CHECK(without.exit_code == 2);
  CHECK_THAT(without.errors, Contains("hint: medusa plugin remove --plan reviews"));
  const Outcome unknown = remove(shop, {"reviewz"});
  CHECK(unknown.exit_code == 5);
  CHECK_THAT(unknown.errors, Contains("did you mean 'reviews'?"));
}

}  // namespace medusa
