// SPDX-License-Identifier: MIT
// Medusa modules as members: their migrations are those that the module's definition lists.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/system/files.hpp"

#include "small_shop.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;
using Names = std::vector<std::string>;

const std::map<std::string, std::string> kNoNode{{"PATH", path_without_node()}};
const fs::path kModule = "node_modules/stock";

std::string migration(const std::string& name, const std::string& statement) {
  return "exports.__esModule = true;\nexports." + name + " = class " + name +
         " {\n  async up(queryRunner) { await queryRunner.query(`" + statement +
         "`); }\n  async down(queryRunner) { await queryRunner.query(`DROP TABLE stock`); }\n};\n";
}

/// A shop with a module that has two migrations and lists the first.
class ModuleShop : public SmallShop {
 public:
  explicit ModuleShop(const std::string& url = {}) : SmallShop(url) {
    write("medusa.toml",
          "[workspace]\nbackend = \"backend\"\nplugins = [\"plugins/*\"]\nmodules = [\"stock\"]\n");
    write(kModule / "package.json",
          R"({"name": "stock", "version": "1.0.0", "main": "dist/index.js"})");
    write(kModule / "dist/sql/setup.js",
          migration("Setup1700000000001", "CREATE TABLE stock (id integer)"));
    write(kModule / "dist/sql/extra.js",
          migration("Extra1700000000002", "ALTER TABLE stock ADD extra integer"));
    define("migrations: [require('./sql/setup')]");
  }

  /// Writes the module's default export.
  void define(const std::string& fields) const {
    write(kModule / "dist/index.js",
          "exports.__esModule = true;\nexports.default = { " + fields + " };\n");
  }

  /// Every file of the module with its content.
  [[nodiscard]] std::map<fs::path, std::string> module_files() const {
    std::map<fs::path, std::string> files;
    for (const fs::path& file : list_files(root() / kModule)) {
      files.emplace(file, read(kModule / file));
    }
    return files;
  }
};

/// Builds, which must fail, and gives what it says.
std::string refusal(const ModuleShop& shop) {
  const Outcome outcome = shop.medusa({"build"});
  CHECK(outcome.exit_code == 4);
  return outcome.errors;
}

}  // namespace

TEST_CASE("what a module lists runs, and nothing is written to it", "[module]") {
  const TestDatabase database;
  const ModuleShop shop(database.url());
  shop.add("p",
           "1700000000000-first.ts",
           typescript_migration("First1700000000000", {"CREATE TABLE first (id integer)"}));
  const auto before = shop.module_files();
  const Outcome run = shop.migrations({"run"});
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(database.applied() == Names{"First1700000000000", "Setup1700000000001"});
  CHECK(database.value("SELECT count(*) FROM pg_attribute WHERE attrelid = 'stock'::regclass AND "
                       "attnum > 0") == "1");
  CHECK(shop.module_files() == before);

  // Known from the manifest below .medusa from now on, and lowered: no Node is needed any more.
  const Outcome revert = shop.migrations({"revert"}, kNoNode);
  INFO(revert.errors);
  CHECK(revert.exit_code == 0);
  CHECK_FALSE(database.has_relation("stock"));
  CHECK(shop.module_files() == before);
}

TEST_CASE("the list of a module is asked for again when its code changes", "[module]") {
  const TestDatabase database;
  const ModuleShop shop(database.url());
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  SECTION("its definition") {
    shop.define("migrations: [require('./sql/setup'), require('./sql/extra')]");
  }
  SECTION("a file between the definition and the migrations") {
    shop.write(kModule / "dist/list.js", "module.exports = [require('./sql/setup')];\n");
    shop.define("migrations: require('./list')");
    REQUIRE(shop.medusa({"build"}).exit_code == 0);
    REQUIRE(shop.medusa({"build"}, kNoNode).exit_code == 0);
    shop.write(kModule / "dist/list.js",
               "module.exports = [require('./sql/setup'), require('./sql/extra')];\n");
  }
  const Outcome run = shop.migrations({"run"});
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(database.applied() == Names{"Setup1700000000001", "Extra1700000000002"});
}

TEST_CASE("a module's migration that only Node can run runs there", "[module]") {
  const TestDatabase database;
  const ModuleShop shop(database.url());
  shop.write(kModule / "dist/sql/setup.js",
             "exports.Setup1700000000001 = class Setup1700000000001 {\n"
             "  async up(queryRunner) {\n"
             "    const rows = await queryRunner.query('SELECT 41 + 1 AS n');\n"
             "    await queryRunner.query(`CREATE TABLE stock_${rows[0].n} (id integer)`);\n"
             "  }\n"
             "  async down() {}\n"
             "};\n");
  const Outcome run = shop.migrations({"run"});
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(database.has_relation("stock_42"));
}

TEST_CASE("a feature flag of a module's migration counts", "[module]") {
  const TestDatabase database;
  const ModuleShop shop(database.url());
  shop.write(kModule / "dist/sql/extra.js",
             "exports.featureFlag = 'off';\n" +
                 migration("Extra1700000000002", "ALTER TABLE stock ADD extra integer"));
  shop.define("migrations: [require('./sql/setup'), require('./sql/extra')]");
  REQUIRE(shop.migrations({"run"}).exit_code == 0);
  CHECK(database.applied() == Names{"Setup1700000000001"});
}

TEST_CASE("a module without TypeORM migrations is refused where it is configured", "[module]") {
  const ModuleShop shop;
  SECTION("MikroORM's, as of @medusajs/product") {
    shop.define(
        "service: class {}, runMigrations: async () => {}, revertMigration: async () => {}");
    const std::string errors = refusal(shop);
    CHECK_THAT(errors, Contains("MikroORM"));
    CHECK_THAT(errors, Contains("medusa.toml:4:12"));
    CHECK_THAT(errors, Contains("remove 'stock' from 'modules' under [workspace]"));
  }
  SECTION("none") {
    shop.define("service: class {}");
    CHECK_THAT(refusal(shop), Contains("the module 'stock' has no migrations"));
  }
  SECTION("no module at all") {
    shop.write(kModule / "dist/index.js", "exports.answer = 42;\n");
    CHECK_THAT(refusal(shop), Contains("'stock' is no Medusa module"));
  }
  SECTION("one that does not load") {
    shop.write(kModule / "dist/index.js", "require('not-there');\n");
    const std::string errors = refusal(shop);
    CHECK_THAT(errors, Contains("cannot load the module 'stock': Cannot find module 'not-there'"));
    CHECK_THAT(errors, Contains("npm install"));
  }
  CHECK_FALSE(shop.exists(".medusa/lowered"));
}

}  // namespace medusa
