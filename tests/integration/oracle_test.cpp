// SPDX-License-Identifier: MIT
// The example shop migrated by us and by the real TypeORM, as Medusa uses it: both must leave the
// same database.
#include "oracle/oracle.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

/// Rows of each table but our own two, as "table rows".
std::vector<std::string> row_counts(const TestDatabase& database) {
  return database.column(
      "SELECT table_name || ' ' || (xpath('//n/text()', query_to_xml(format('SELECT count(*) AS n "
      "FROM %I.%I', table_schema, table_name), false, true, '')))[1]::text "
      "FROM information_schema.tables WHERE table_type = 'BASE TABLE' "
      "AND table_schema NOT IN ('pg_catalog', 'information_schema') "
      "AND table_name NOT IN ('medusa_upgrade', 'medusa_migration', 'medusa_journal') ORDER BY "
      "table_name");
}

void check_same(const TestDatabase& ours, const TestDatabase& theirs) {
  CHECK(history_of(ours) == history_of(theirs));
  CHECK(row_counts(ours) == row_counts(theirs));
  CHECK(difference(ours.dump_without_record(), theirs.dump()) == "");
}

/// So many of the core's migrations, and all of the shop's own.
void check_complete(const TestDatabase& database, std::size_t core) {
  const std::vector<std::string> applied = database.applied();
  CHECK(applied.size() == core + own_migrations().size());
  std::vector<std::string> own;
  for (const std::string& name : applied) {
    const auto& known = own_migrations();
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      own.push_back(name);
    }
  }
  CHECK(own == own_migrations());
  for (const std::string table : {"product", "supplier", "pickup_point", "loyalty_entry"}) {
    CHECK(database.has_relation(table));
  }
  CHECK(database.value("SELECT count(*) FROM country") == "250");
}

/// Runs everything with a feature flag, in one transaction.
void check_with(const Variables& flags, std::size_t core) {
  const BuiltShop shop(flags);
  const TestDatabase ours;
  const TestDatabase theirs;
  CHECK_EXIT(shop.migrations({"run"}, on(ours, flags)), 0);
  CHECK_EXIT(run_typeorm(shop, {"shop", "run", theirs.url(), "all"}, on(theirs, flags)), 0);
  check_complete(ours, core);
  check_same(ours, theirs);
}

}  // namespace

TEST_CASE("the example shop's database is TypeORM's, in each transaction mode", "[oracle]") {
  const BuiltShop shop;
  const std::vector<std::string> modes{"all", "each", "none"};
  std::vector<TestDatabase> theirs(modes.size());
  std::vector<std::string> arguments{"shop", "run"};
  for (std::size_t i = 0; i < modes.size(); ++i) {
    arguments.insert(arguments.end(), {theirs[i].url(), modes[i]});
  }
  const Outcome oracle = run_typeorm(shop, arguments, on(theirs.front()));
  CHECK_EXIT(oracle, 0);
  CHECK(oracle.output == "applied 82\napplied 82\napplied 82\n");
  for (std::size_t i = 0; i < modes.size(); ++i) {
    INFO("mode " << modes[i]);
    const TestDatabase ours;
    CHECK_EXIT(shop.migrations({"run", "-t", modes[i]}, on(ours)), 0);
    check_complete(ours, 75);
    check_same(ours, theirs[i]);
  }
}

TEST_CASE("without sales channels it is TypeORM's database too", "[oracle]") {
  check_with({{"MEDUSA_FF_SALES_CHANNELS", "false"}}, 73);
}

TEST_CASE("with tax-inclusive pricing it is TypeORM's database too", "[oracle]") {
  check_with({{"MEDUSA_FF_TAX_INCLUSIVE_PRICING", "true"}}, 76);
}

TEST_CASE("the migrations of shared modules run where TypeORM runs them", "[oracle]") {
  const BuiltShop shop({}, Modules::InventoryAndStockLocation);
  const TestDatabase theirs;
  const Outcome oracle = run_typeorm(shop, {"shop", "run", theirs.url(), "all"}, on(theirs));
  CHECK_EXIT(oracle, 0);
  CHECK(oracle.output == "applied 86\n");
  const TestDatabase ours;
  CHECK_EXIT(shop.migrations({"run"}, on(ours)), 0);
  check_same(ours, theirs);
  const std::vector<std::string> applied = ours.applied();
  const auto place_of = [&](const std::string& name) {
    return std::find(applied.begin(), applied.end(), name) - applied.begin();
  };
  // Sorted among the core's by timestamp; the file that inventory's list leaves out stays out.
  CHECK(place_of("inventorySetup1665748086258") < place_of("setup1665749860179"));
  CHECK(place_of("setup1665749860179") < place_of("addAnalyticsConfig1666173221888"));
  CHECK(place_of("itemDescriptionsAndThumbnail1682927363119") < 86 - 7);
  CHECK(place_of("ScopeLevelUnique1697708391459") == 86);
}

TEST_CASE("each revert leaves what TypeORM's leaves", "[oracle]") {
  const BuiltShop shop;
  const TestDatabase ours;
  const TestDatabase theirs;
  CHECK_EXIT(shop.migrations({"run"}, on(ours)), 0);
  CHECK_EXIT(run_typeorm(shop, {"shop", "run", theirs.url(), "all"}, on(theirs)), 0);
  const fs::path dumps = shop.root() / "dumps";
  fs::create_directory(dumps);
  // All of the shop's own migrations are among the last so many.
  const std::string count = "17";
  const Outcome oracle =
      run_typeorm(shop,
                  {"shop", "revert", theirs.url(), count, pg_dump().string(), dumps.string()},
                  on(theirs));
  CHECK_EXIT(oracle, 0);
  INFO(oracle.output);
  int step = 0;
  std::size_t own = 0;
  for (const std::string_view line : lines(trim(oracle.output))) {
    ++step;
    const std::string name = ours.applied().back();
    INFO("step " << step << ": " << name);
    const auto& known = own_migrations();
    own += static_cast<std::size_t>(std::count(known.begin(), known.end(), name));
    if (line.starts_with("failed ")) {
      CHECK(line == "failed " + name);
      const std::string before = ours.dump();
      CHECK_EXIT(shop.migrations({"revert"}, on(ours)), 7);
      CHECK(difference(ours.dump(), before) == "");
      break;
    }
    CHECK(line == "reverted " + name);
    CHECK_EXIT(shop.migrations({"revert"}, on(ours)), 0);
    const std::string expected = read_file(dumps / (std::to_string(step) + ".sql"));
    CHECK(difference(schema_of(ours), comparable(expected)) == "");
  }
  CHECK(own == own_migrations().size());
  check_same(ours, theirs);
}

}  // namespace medusa
