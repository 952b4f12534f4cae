// SPDX-License-Identifier: MIT
// What `migrations explain` says about one migration's place, through the real program.
#include <nlohmann/json.hpp>
#include <string>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Json = nlohmann::json;

std::string explained(const SmallShop& shop, const std::string& name) {
  const Outcome outcome = shop.migrations({"explain", name});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

Json explained_json(const SmallShop& shop, const std::string& name) {
  const Outcome outcome = shop.migrations({"explain", name, "--format", "json"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.output);
}

/// Badges wait for points (declared), and points wait for reviews, whose table they alter.
void add_chain(const SmallShop& shop) {
  shop.add(
      "reviews",
      "1700000000003-review.sql",
      sql_migration("CREATE TABLE review (id int PRIMARY KEY, stars int);", "DROP TABLE review;"));
  shop.add("points",
           "1700000000002-points.sql",
           sql_migration("ALTER TABLE review ADD COLUMN points int;",
                         "ALTER TABLE review DROP COLUMN points;"));
  shop.add("badges",
           "1700000000001-badge.sql",
           "-- medusa:after points\n-- migrate:up\nCREATE TABLE badge (id int);\n");
}

}  // namespace

TEST_CASE("explain tells the place in the next run with its chain of reasons", "[explain]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_chain(shop);
  const std::string text = explained(shop, "badges/Badge1700000000001");
  CHECK_THAT(text,
             Contains("  next run   step 3 of 3\n"
                      "  why here   after points: declared in 1700000000001-badge.sql:1\n"
                      "             points/Points1700000000002 in turn waits for "
                      "reviews/Review1700000000003: needs table review\n"));
  CHECK_THAT(text, Contains("  down       dynamic: it has no '-- migrate:down' section\n"));
  CHECK_THAT(explained(shop, "Points1700000000002"),
             Contains("  note       changes table review of reviews\n"));
  CHECK_THAT(explained(shop, "Review1700000000003"),
             Contains("  why here   its place by timestamp\n") &&
                 Contains("  up         lowered: 1 statement\n"
                          "             creates table review (2 columns)\n"
                          "  down       lowered: 1 statement\n"
                          "             drops table review\n"
                          "\n-- up\nCREATE TABLE review"));

  const Json json = explained_json(shop, "Badge1700000000001");
  CHECK(json.at("applied").is_null());
  CHECK(json.at("next").at("position") == 3);
  CHECK(json.at("next").at("steps") == 3);
  CHECK(json.at("next").at("late").is_null());
  CHECK(json.at("next").at("refused") == false);
  REQUIRE(json.at("next").at("causes").size() == 2);
  CHECK(json.at("next").at("causes").at(1).at("after") == "reviews/Review1700000000003");
  CHECK(json.at("next").at("causes").at(1).at("what") == "table review");
  CHECK(json.at("up").at("footprint") == Json({"creates table badge (1 column)"}));
  CHECK(json.at("down").at("footprint").is_null());
}

TEST_CASE("explain tells when a migration was applied, and whether a late one is safe",
          "[explain]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_chain(shop);
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  shop.add("reviews", "1700000000002-early.sql", sql_migration("CREATE TABLE early (id int);"));
  shop.add("points",
           "1700000000001-rename.sql",
           sql_migration("ALTER TABLE review RENAME COLUMN stars TO rating;"));

  const std::string applied = explained(shop, "Review1700000000003");
  CHECK_THAT(applied,
             Contains("  history    applied 20") && Contains(" by upgrade 1, from reviews"));
  CHECK_THAT(applied, !Contains("next run"));
  const Json json = explained_json(shop, "Review1700000000003");
  CHECK(json.at("applied").at("upgrade") == 1);
  CHECK(json.at("next").is_null());

  const std::string late = explained(shop, "Early1700000000002");
  CHECK_THAT(late,
             Contains("  state      late\n"
                      "  next run   step 2 of 2\n"
                      "  why here   late: older than what is applied, but safe\n"
                      "  late       safe: it can be exchanged with everything newer that is "
                      "applied\n"));
  CHECK(explained_json(shop, "Early1700000000002").at("next").at("late").at("verdict") == "safe");
}

TEST_CASE("explain works when the run is refused, and shows the refusals of that migration",
          "[explain]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("a", "1700000000001-one.sql", sql_migration("ALTER TABLE nowhere ADD COLUMN x int;"));
  shop.add("a2", "1700000000002-two.sql", sql_migration("CREATE TABLE two (id int);"));

  SECTION("a need that nothing provides") {
    REQUIRE(shop.migrations({"plan"}).exit_code == 5);
    CHECK_THAT(explained(shop, "One1700000000001"),
               Contains("  next run   it has no place in it; the run is refused\n"
                        "  refused    a/One1700000000001 needs table nowhere, which nothing "
                        "creates\n"
                        "             hint: add the plugin"));
    const Json json = explained_json(shop, "One1700000000001").at("next");
    CHECK(json.at("position").is_null());
    CHECK(json.at("refused") == true);
    CHECK(json.at("refusals").at(0).at("line") == 2);

    CHECK_THAT(explained(shop, "Two1700000000002"),
               Contains("  next run   step 1 of 2; the run is refused because of others (medusa "
                        "migrations plan)\n"));
    CHECK(explained_json(shop, "Two1700000000002").at("next").at("refusals").empty());
  }
  SECTION("a declaration that cannot be followed: there is no order at all") {
    shop.configure("[order.a2]\nafter = [\"nobody\"]\n");
    CHECK_THAT(explained(shop, "One1700000000001"),
               Contains("  next run   it has no place in it; the run is refused because of"));
  }
}

TEST_CASE("explain needs the database", "[explain]") {
  const SmallShop shop("postgresql://nobody@127.0.0.1:1/none");
  add_chain(shop);
  CHECK(shop.migrations({"explain", "Review1700000000003"}).exit_code == 6);
}

}  // namespace medusa
