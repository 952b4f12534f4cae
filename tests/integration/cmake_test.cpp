// SPDX-License-Identifier: MIT
// medusa_add_workspace in a project of its own, on the example shop and the embedded PostgreSQL.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "cmake_shop.hpp"
#include "medusa_program.hpp"
#include "small_shop.hpp"

using Catch::Matchers::Contains;
using medusa::CMakeShop;
using medusa::Outcome;
using medusa::sql_migration;

namespace fs = std::filesystem;

TEST_CASE("the targets of a workspace") {
  CMakeShop shop;
  shop.copy_example_shop();
  shop.configure("Ninja");

  // None of them is part of `all`.
  (void)shop.build("all");
  REQUIRE_FALSE(shop.exists(".medusa"));
  REQUIRE_FALSE(shop.exists("backend/dist"));

  const Outcome pending = shop.target("migrate-show");
  REQUIRE(pending.exit_code != 0);
  REQUIRE_THAT(pending.output, Contains("0 applied, 82 pending"));
  REQUIRE_THAT(shop.build("migrate-plan"), Contains("82 migrations to apply in 1 transaction"));
  REQUIRE_THAT(shop.build("migrate"), Contains("Applied 82 migrations in "));
  REQUIRE_THAT(shop.build("migrate"), Contains("Nothing is pending: 82 migrations are applied."));
  REQUIRE_THAT(shop.build("migrate-show"), Contains("82 applied, nothing pending"));
  REQUIRE_THAT(shop.build("migrate-verify"), Contains("82 applied: 81 the same, 1 not comparable"));

  // A new plugin is found without a new configuration.
  shop.write("plugins/medusa-plugin-new/package.json",
             R"({"name": "medusa-plugin-new", "version": "1.0.0"})");
  shop.write("plugins/medusa-plugin-new/src/migrations/1650000000000-new.sql",
             sql_migration("CREATE TABLE new_thing (id int);", "DROP TABLE new_thing;"));
  const std::string added = shop.build("migrate");
  REQUIRE_THAT(added, Contains("Applied [1/1] medusa-plugin-new/New1650000000000"));
  REQUIRE_THAT(added, Contains("Applied 1 migration in "));

  // So is what changes in medusa.toml.
  shop.write("medusa.toml",
             shop.read("medusa.toml") + "\n[feature_flags]\ntax_inclusive_pricing = true\n");
  const std::string planned = shop.build("migrate-plan");
  REQUIRE_THAT(planned, Contains("test1659501357661"));
  REQUIRE_THAT(planned, Contains("1 migration to apply"));

  REQUIRE_THAT(shop.build("migrate-revert"), Contains("Reverted 1 migration in "));
  REQUIRE_THAT(shop.build("migrate-plan"), Contains("2 migrations to apply"));

  // A source that goes takes its outputs with it.
  const fs::path source = "plugins/medusa-plugin-reviews/src/migrations";
  const fs::path built = "plugins/medusa-plugin-reviews/dist/migrations";
  REQUIRE(shop.exists(built / "1707310295877-moderate-product-reviews.js"));
  shop.remove(source / "1707310295877-moderate-product-reviews.ts");
  (void)shop.build("medusa-build");
  REQUIRE_FALSE(shop.exists(built / "1707310295877-moderate-product-reviews.js"));
  REQUIRE(shop.exists(built / "1688372584210-create-product-review.js"));

  // Another generator does the same.
  shop.configure("Unix Makefiles");
  (void)shop.build("all");
  (void)shop.build("medusa-build");
  REQUIRE_THAT(shop.build("migrate"), Contains("Applied 2 migrations in "));
  REQUIRE_THAT(shop.build("migrate"), Contains("Nothing is pending: 84 migrations are applied."));
  REQUIRE_THAT(shop.build("migrate-show"), Contains("nothing pending"));
  REQUIRE_THAT(shop.build("migrate-plan"), Contains("nothing to apply"));
  REQUIRE_THAT(shop.build("migrate-revert"), Contains("Reverted 1 migration in "));
}

TEST_CASE("a failing upgrade fails the target") {
  CMakeShop shop;
  shop.make_small_shop();
  shop.add_plugin("p");
  shop.write("plugins/p/src/migrations/1700000000001-a.sql", "-- migrate:up\nSELEKT 1;\n");
  const std::string generator = GENERATE("Ninja", "Unix Makefiles");
  shop.configure(generator);
  const Outcome outcome = shop.target("migrate");
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code != 0);
  REQUIRE_THAT(outcome.output + outcome.errors, Contains("1700000000001-a.sql:2:1"));
}

TEST_CASE("FILE and PREFIX") {
  CMakeShop shop("FILE config/shop.toml PREFIX eu-");
  shop.make_small_shop();
  shop.remove("medusa.toml");
  shop.write("config/shop.toml",
             "[workspace]\nbackend = \"../backend\"\nplugins = [\"../plugins/*\"]\n");
  shop.add_plugin("p");
  shop.write("plugins/p/src/migrations/1700000000001-a.sql", sql_migration("SELECT 1;"));
  shop.configure("Ninja");
  (void)shop.build("eu-medusa-build");
  REQUIRE(shop.exists("plugins/p/dist/migrations/1700000000001-a.js"));
  REQUIRE(shop.target("migrate").exit_code != 0);
}

TEST_CASE("a workspace file that is not there is told when CMake runs") {
  CMakeShop shop("FILE none.toml");
  const Outcome outcome =
      CMakeShop::cmake({"-S", shop.root().string(), "-B", (shop.root() / "build").string()});
  REQUIRE(outcome.exit_code != 0);
  REQUIRE_THAT(outcome.errors, Contains("medusa_add_workspace: there is no file"));
  REQUIRE_THAT(outcome.errors, Contains("none.toml"));
}
