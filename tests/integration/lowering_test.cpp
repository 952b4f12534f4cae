// SPDX-License-Identifier: MIT
// Migrations as the SQL that was recorded when they were built: the same as TypeORM sends, and
// enough to run without Node.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

#include "oracle/oracle.hpp"
#include "small_shop.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

const std::map<std::string, std::string> kNoNode{{"PATH", path_without_node()}};

/// The lines that begin with that word.
std::vector<std::string> lines_with(const std::string& text, const std::string& word) {
  std::vector<std::string> found;
  for (const std::string_view line : lines(text)) {
    if (line.starts_with(word + ' ')) {
      found.emplace_back(line);
    }
  }
  return found;
}

/// Folders of built migrations and of what was recorded of them, for the core, the modules and the
/// shop's own.
std::vector<std::string> folders_of(const fs::path& root) {
  const std::string in_module = "dist/migrations/schema-migrations";
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(root / ".medusa" / "lowered")) {
    const std::string member = entry.path().filename().string();
    const std::string name = member.substr(0, member.find('@', 1));
    const fs::path package = root / "node_modules/@medusajs" / name.substr(name.find('+') + 1);
    if (name == "@medusajs+medusa") {
      folders.push_back((package / "dist/migrations").string());
      folders.push_back(entry.path().string());
    } else {
      folders.push_back((package / in_module).string());
      folders.push_back((entry.path() / in_module).string());
    }
  }
  for (const std::string name :
       {"plugins/medusa-plugin-reviews", "plugins/medusa-plugin-suppliers", "backend"}) {
    const std::string folder = (root / name / "dist" / "migrations").string();
    folders.insert(folders.end(), {folder, folder});
  }
  return folders;
}

}  // namespace

TEST_CASE("what was recorded is what TypeORM sends, statement by statement", "[lowering]") {
  const BuiltShop shop({}, Modules::InventoryAndStockLocation);
  const TestDatabase database;
  std::vector<std::string> arguments{
      (project_root() / "tests/integration/oracle/lowering.cjs").string(), database.url()};
  const std::vector<std::string> folders = folders_of(shop.root());
  REQUIRE(folders.size() == 12);
  arguments.insert(arguments.end(), folders.begin(), folders.end());
  const Outcome outcome = run_program("node", shop.root() / "backend", arguments);
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  CHECK(lines_with(outcome.output, "differs").empty());
  // 82 of the core, 5 of the shop, 3 of inventory, 1 of stock-location; each up, and down of all
  // that went up.
  const std::vector<std::string> dynamic = lines_with(outcome.output, "dynamic");
  CHECK(join(dynamic, "\n") + '\n' ==
        read_file(project_root() / "tests/integration/oracle/dynamic.txt"));
  const std::size_t compared = lines_with(outcome.output, "equal").size();
  const std::size_t failing = lines_with(outcome.output, "fails").size();
  CHECK(compared + failing + dynamic.size() == 2 * 91);
  CHECK(compared >= 168);
}

TEST_CASE("a built workspace whose migrations are lowered is migrated without Node", "[lowering]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.ts",
           "import { MigrationInterface, QueryRunner, Table } from \"typeorm\";\n"
           "export class A1700000000001 implements MigrationInterface {\n"
           "  async up(queryRunner: QueryRunner): Promise<void> {\n"
           "    await queryRunner.createTable(new Table({ name: \"a\", columns: [\n"
           "      { name: \"id\", type: \"integer\", isPrimary: true }] }));\n"
           "    await queryRunner.query(`INSERT INTO a VALUES ($1)`, [7]);\n"
           "  }\n"
           "  async down(queryRunner: QueryRunner): Promise<void> {\n"
           "    await queryRunner.query(`DROP TABLE a`);\n"
           "  }\n"
           "}\n");
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  const Outcome run = shop.migrations({"run"}, kNoNode);
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(database.value("SELECT id FROM a") == "7");
  CHECK(shop.migrations({"revert"}, kNoNode).exit_code == 0);
  CHECK_FALSE(database.has_relation("a"));
}

TEST_CASE("a question about the schema is asked when the migration runs", "[lowering]") {
  const std::string source =
      "export class A1700000000001 {\n"
      "  async up(queryRunner: any): Promise<void> {\n"
      "    if (await queryRunner.hasTable(\"old\")) {\n"
      "      await queryRunner.query(`ALTER TABLE old RENAME TO fresh`);\n"
      "    } else {\n"
      "      await queryRunner.query(`CREATE TABLE fresh (made integer)`);\n"
      "    }\n"
      "  }\n"
      "  async down(queryRunner: any): Promise<void> {}\n"
      "}\n";
  for (const bool there : {true, false}) {
    const TestDatabase database;
    const SmallShop shop(database.url());
    shop.add("p", "1700000000001-a.ts", source);
    REQUIRE(shop.medusa({"build"}).exit_code == 0);
    CHECK_THAT(shop.read(shop.built("p", "1700000000001-a.up.sql")), Contains("-- if no:"));
    if (there) {
      database.execute("CREATE TABLE old (kept integer)");
    }
    const Outcome run = shop.migrations({"run"}, kNoNode);
    INFO(run.errors);
    REQUIRE(run.exit_code == 0);
    CHECK(database.value("SELECT attname FROM pg_attribute WHERE attrelid = 'fresh'::regclass AND "
                         "attnum > 0") == (there ? "kept" : "made"));
  }
}

TEST_CASE("where the search_path leads elsewhere, TypeORM decides about schemas", "[lowering]") {
  const TestDatabase database;
  database.execute("CREATE SCHEMA other; ALTER DATABASE " + database.name() +
                   " SET search_path = other, public");
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.ts",
           "import { QueryRunner, Table } from \"typeorm\";\n"
           "export class A1700000000001 {\n"
           "  async up(queryRunner: QueryRunner): Promise<void> {\n"
           "    await queryRunner.createTable(new Table({ name: \"a\", columns: [\n"
           "      { name: \"id\", type: \"integer\", isPrimary: true }] }));\n"
           "  }\n"
           "  async down(queryRunner: QueryRunner): Promise<void> {}\n"
           "}\n");
  const Outcome run = shop.migrations({"run"});
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(database.has_relation("public.a"));
  CHECK_FALSE(database.has_relation("other.a"));
}

TEST_CASE("plan --sql and explain show the SQL, or say why it is not known", "[lowering]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.ts",
           "export class A1700000000001 {\n"
           "  async up(queryRunner: any) {\n"
           "    await queryRunner.query(\"CREATE TABLE a (t text DEFAULT $1)\", [\"it's\"]);\n"
           "  }\n"
           "  async down(queryRunner: any) { await queryRunner.query(\"DROP TABLE a\"); }\n"
           "}\n");
  shop.add("p",
           "1700000000002-b.ts",
           "export class B1700000000002 {\n"
           "  async up(queryRunner: any) {\n"
           "    const rows = await queryRunner.query(\"SELECT 1 AS one\");\n"
           "    await queryRunner.query(`CREATE TABLE b${rows.length} (id integer)`);\n"
           "  }\n"
           "  async down(queryRunner: any) { await queryRunner.query(\"DROP TABLE b1\"); }\n"
           "}\n");
  shop.add("p", "1700000000003-c.sql", sql_migration("CREATE TABLE c (id integer);"));

  const Outcome text = shop.migrations({"plan", "--sql"});
  INFO(text.errors);
  REQUIRE(text.exit_code == 0);
  CHECK(text.output ==
        "START TRANSACTION;\n\n"
        "-- 1: p/A1700000000001\n"
        "CREATE TABLE a (t text DEFAULT 'it''s');\n\n"
        "-- 2: p/B1700000000002\n"
        "-- dynamic, its SQL is known when it runs: looks at the result of a query\n\n"
        "-- 3: p/C1700000000003\n"
        "CREATE TABLE c (id integer);\n\n"
        "COMMIT;\n"
        "-- 3 migrations to apply in 1 transaction\n");

  const auto json =
      nlohmann::json::parse(shop.migrations({"plan", "--sql", "--format", "json"}).output);
  const auto& steps = json.at("groups").at(0).at("steps");
  CHECK(steps.at(0).at("mode") == "lowered");
  CHECK(steps.at(0).at("statements").at(0).at("parameters").at(0) == "it's");
  CHECK(steps.at(1).at("mode") == "dynamic");
  CHECK(steps.at(1).at("dynamic_reason") == "looks at the result of a query");
  CHECK(steps.at(1).at("statements").is_null());
  CHECK(steps.at(2).at("statements").at(0).at("sql") == "CREATE TABLE c (id integer)");

  const Outcome explained = shop.migrations({"explain", "B1700000000002"});
  CHECK_THAT(explained.output, Contains("up         dynamic: looks at the result of a query"));
  CHECK_THAT(explained.output, Contains("1700000000002-b.ts:4"));
  CHECK_THAT(explained.output, Contains("-- down\nDROP TABLE b1;"));

  const Outcome unknown = shop.migrations({"explain", "B170000000002"});
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.errors, Contains("did you mean 'B1700000000002'?"));
}

TEST_CASE("SQL that PostgreSQL's parser does not accept is pointed out by every command",
          "[lowering]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-a.ts",
           "export class A1700000000001 {\n"
           "  async up(queryRunner: any) {\n"
           "    await queryRunner.query(\"CREAT TABLE a (id integer)\");\n"
           "  }\n"
           "  async down(queryRunner: any) {}\n"
           "}\n");
  // By the build that finds it, and by every command that meets it again.
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"build"}, {"build"}, {"migrations", "plan"}, {"migrations", "show"}}) {
    const Outcome outcome = shop.medusa(arguments);
    INFO(arguments.back() << ": " << outcome.errors);
    CHECK(outcome.exit_code == (arguments.back() == "show" ? 1 : 0));
    CHECK_THAT(outcome.errors,
               Contains("warning: p: PostgreSQL's parser does not accept a statement: syntax error "
                        "at or near \"CREAT\""));
    CHECK_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000001-a.ts:3:30"));
  }
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  CHECK_THAT(shop.medusa({"build"}).errors, !Contains("does not accept"));
}

}  // namespace medusa
