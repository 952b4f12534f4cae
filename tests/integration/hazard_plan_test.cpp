// SPDX-License-Identifier: MIT
// Hazards through the real program: what plan tells of a database that has rows, what is refused,
// what comments and the configuration allow.
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"
#include "medusa/execute/schema_reader.hpp"

#include "medusa_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

constexpr const char* kTables = R"sql(
  CREATE TABLE product (id int PRIMARY KEY, handle varchar(20), price int, checked text,
    CONSTRAINT set CHECK (checked IS NOT NULL));
  CREATE TABLE "Empty" (id int);
  INSERT INTO product SELECT n, 'h' || n, n, 'c' FROM generate_series(1, 20000) n;
  ANALYZE product;
)sql";

/// "index-blocks-writes product 3": code, table, line of each.
std::vector<std::string> hazards(const Outcome& plan) {
  std::vector<std::string> found;
  const auto json = nlohmann::json::parse(plan.output);
  for (const auto& hazard : json.at("hazards")) {
    found.push_back(hazard.at("code").get<std::string>() + ' ' +
                    hazard.at("table").get<std::string>() + ' ' + hazard.at("line").dump());
  }
  return found;
}

const medusa::FilledTable* find(const medusa::SchemaSnapshot& snapshot, const std::string& name) {
  for (const medusa::FilledTable& table : snapshot.filled_tables) {
    if (table.name == name) {
      return &table;
    }
  }
  return nullptr;
}

medusa::SchemaSnapshot read(const TestDatabase& database) {
  medusa::Connection connection(medusa::DatabaseUrl::parse(database.url(), "the test"));
  return medusa::read_schema(connection);
}

}  // namespace

TEST_CASE("plan tells what is hard on tables with rows, and nothing about others") {
  const TestDatabase database;
  database.execute(kTables);
  const SmallShop shop(database.url());
  shop.add("reviews",
           "1700000000001-hard.sql",
           sql_migration("CREATE TABLE review (id int, product_id int);\n"
                         "CREATE INDEX r ON review (id);\n"
                         "CREATE INDEX e ON \"Empty\" (id);\n"
                         "CREATE INDEX p ON product (handle);\n"
                         "ALTER TABLE product ALTER handle TYPE text;\n"
                         "ALTER TABLE product ALTER checked SET NOT NULL;\n"
                         "ALTER TABLE product ALTER price TYPE bigint;\n"
                         "ALTER TABLE product ALTER price SET NOT NULL;"));
  shop.add("loyalty",
           "1700000000002-soft.ts",
           typescript_migration("Soft1700000000002", {"ALTER TABLE product DROP COLUMN handle"}));

  const Outcome json = shop.migrations({"plan", "--format", "json"});
  INFO(json.output << json.errors);
  REQUIRE(json.exit_code == 0);
  CHECK(hazards(json) == std::vector<std::string>{"index-blocks-writes product 5",
                                                  "column-type-rewrites product 8",
                                                  "not-null-scans product 9",
                                                  "drops-column product 5"});
  const auto first = nlohmann::json::parse(json.output).at("hazards").at(0);
  CHECK(first.at("rows") == 20000);
  CHECK(first.at("bytes") > 500'000);
  CHECK(first.at("lock") == "SHARE");
  CHECK(first.at("work") == "index");
  CHECK(first.at("safer") == "CREATE INDEX CONCURRENTLY p ON product (handle);");

  const Outcome text = shop.migrations({"plan"});
  INFO(text.output);
  CHECK_THAT(text.output,
             Contains("hazard: index-blocks-writes: step 1: writes to product (about "
                      "20 thousand rows, "));
  CHECK_THAT(text.output, Contains("hint: medusa explain index-blocks-writes"));
  CHECK_THAT(shop.migrations({"run"}).errors, Contains("4 statements are hard on a shop"));
}

TEST_CASE("with refuse nothing runs, and every hazard is named with its place") {
  const TestDatabase database;
  database.execute(kTables);
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nhazards = \"refuse\"\n");
  shop.add("reviews",
           "1700000000001-hard.sql",
           sql_migration("CREATE INDEX p ON product (handle);\nDROP TABLE product;"));
  for (const char* command : {"plan", "run"}) {
    const Outcome refused = shop.migrations({command});
    INFO(refused.output << refused.errors);
    CHECK(refused.exit_code == 5);
    CHECK_THAT(refused.errors, Contains("1700000000001-hard.sql:2"));
    CHECK_THAT(refused.errors, Contains("1700000000001-hard.sql:3"));
    CHECK_THAT(refused.errors, Contains("safer: CREATE INDEX CONCURRENTLY p ON product (handle);"));
    CHECK_THAT(refused.errors, Contains("medusa explain drops-table"));
    CHECK_FALSE(database.has_relation("migrations"));
  }
}

TEST_CASE("comments in SQL and TypeScript, and the configuration, allow hazards") {
  const TestDatabase database;
  database.execute(kTables);
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nhazards = \"refuse\"\nallowed_hazards = [\"drops-table\"]\n");
  shop.add("reviews",
           "1700000000001-hard.sql",
           sql_migration("-- medusa:allow index-blocks-writes: small\n"
                         "CREATE INDEX p ON product (handle);"));
  shop.add(
      "loyalty",
      "1700000000002-drop.ts",
      "// medusa:allow drops-column: nobody reads it\n" +
          typescript_migration("Drop1700000000002", {"ALTER TABLE product DROP COLUMN price"}));
  shop.add("loyalty",
           "1700000000003-table.ts",
           typescript_migration("Table1700000000003", {"DROP TABLE product"}));
  const Outcome plan = shop.migrations({"plan", "--format", "json"});
  INFO(plan.output << plan.errors);
  REQUIRE(plan.exit_code == 0);
  CHECK(hazards(plan).empty());
  CHECK(shop.migrations({"run"}).exit_code == 0);
}

TEST_CASE("a comment that allows nothing known fails the build, with its place") {
  const SmallShop shop;
  shop.add("loyalty",
           "1700000000002-drop.ts",
           "// medusa:allow drop-column: nobody reads it\n" +
               typescript_migration("Drop1700000000002", {"SELECT 1"}));
  const Outcome build = shop.medusa({"build"});
  INFO(build.errors);
  CHECK(build.exit_code == 4);
  CHECK_THAT(build.errors, Contains("1700000000002-drop.ts:1"));
  CHECK_THAT(build.errors, Contains("did you mean 'drops-column'?"));
}

TEST_CASE("sizes and types of a live database are what its catalog says") {
  const TestDatabase database;
  database.execute(kTables);
  database.execute(
      "CREATE TABLE parted (id int, name varchar(7)) PARTITION BY RANGE (id);"
      "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (1000);"
      "INSERT INTO parted SELECT n, 'x' FROM generate_series(1, 900) n; ANALYZE parted;"
      "CREATE TABLE fresh (a numeric(10,2), b numeric(5,-2), c timestamp(3), d varchar[]);"
      "INSERT INTO fresh VALUES (1)");
  const medusa::SchemaSnapshot snapshot = read(database);
  CHECK(find(snapshot, "Empty") == nullptr);
  const medusa::FilledTable* const product = find(snapshot, "product");
  REQUIRE(product != nullptr);
  CHECK(product->schema == "public");
  CHECK(product->rows == 20000);
  CHECK(std::to_string(product->bytes.value()) ==
        database.value("SELECT pg_total_relation_size('product')"));
  CHECK(product->columns.at(0).never_null);
  CHECK(product->columns.at(1).type == medusa::ColumnType{"varchar", {20}});
  CHECK_FALSE(product->columns.at(1).never_null);
  CHECK(product->columns.at(3).never_null);
  const medusa::FilledTable* const parted = find(snapshot, "parted");
  REQUIRE(parted != nullptr);
  CHECK(parted->rows == 900);
  CHECK(parted->bytes == find(snapshot, "part")->bytes);
  const medusa::FilledTable* const fresh = find(snapshot, "fresh");
  REQUIRE(fresh != nullptr);
  CHECK_FALSE(fresh->rows.has_value());
  CHECK(fresh->columns.at(0).type == medusa::ColumnType{"numeric", {10, 2}});
  CHECK(fresh->columns.at(1).type == medusa::ColumnType{"numeric", {5, -2}});
  CHECK(fresh->columns.at(2).type == medusa::ColumnType{"timestamp", {3}});
  CHECK(fresh->columns.at(3).type == medusa::ColumnType{});
}

TEST_CASE("a table that somebody holds locked is not waited for") {
  const TestDatabase database;
  database.execute(kTables);
  database.execute("CREATE INDEX product_price ON product (price)");
  medusa::Connection other(medusa::DatabaseUrl::parse(database.url(), "the test"));
  for (const char* lock : {"LOCK TABLE product IN ACCESS EXCLUSIVE MODE",
                           "REINDEX INDEX product_price",
                           "ALTER INDEX product_price SET (fillfactor = 50)"}) {
    INFO(lock);
    other.execute("BEGIN");
    other.execute(lock);
    const medusa::SchemaSnapshot snapshot = read(database);
    const medusa::FilledTable* const product = find(snapshot, "product");
    REQUIRE(product != nullptr);
    CHECK((!product->bytes.has_value() || std::string_view(lock).starts_with("ALTER")));
    other.execute("ROLLBACK");
  }
}
