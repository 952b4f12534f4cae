// SPDX-License-Identifier: MIT
// The target medusa-build starts the program when there is something to do, and only then.
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "cmake_shop.hpp"
#include "medusa_program.hpp"
#include "small_shop.hpp"

using Catch::Matchers::Contains;
using medusa::CMakeShop;
using medusa::sql_migration;

namespace fs = std::filesystem;

namespace {

const std::string kSources = "plugins/p/src/migrations/";
const std::string kOutputs = "plugins/p/dist/migrations/";
const std::string kStarted = "Building migrations";

/// A plugin with an SQL migration and one in TypeScript that imports a helper.
class Shop : public CMakeShop {
 public:
  explicit Shop(const std::string& generator) {
    make_small_shop();
    add_plugin("p");
    write(kSources + "1700000000001-a.sql", sql_migration("SELECT 1;"));
    write("plugins/p/src/text.ts", "export const text = 'SELECT 2'\n");
    write(kSources + "1700000000002-b.ts",
          "import { text } from '../text'\n"
          "export class B1700000000002 {\n"
          "  async up(runner: any) { await runner.query(text) }\n"
          "  async down(runner: any) {}\n"
          "}\n");
    configure(generator);
  }

  /// Builds, which must start the program, and once more, which must not.
  void build_and_rest() const {
    CHECK_THAT(build("medusa-build"), Contains(kStarted));
    CHECK_THAT(build("medusa-build"), !Contains(kStarted));
  }

  /// A plugin in a folder of that name, with one migration.
  void add_odd_plugin(const std::string& folder, const std::string& sql) const {
    const fs::path plugin = fs::path("plugins") / folder;
    write(plugin / "package.json", R"({"name": "odd", "version": "1.0.0"})");
    write(plugin / "src/migrations/1700000000008-h.sql", sql_migration(sql));
  }
};

void overwrite_in_place(const fs::path& file, const std::string& content) {
  std::ofstream stream(file);
  stream << content;
}

}  // namespace

TEST_CASE("the build target starts nothing unless something changed") {
  const std::string generator = GENERATE("Ninja", "Unix Makefiles");
  CAPTURE(generator);
  const Shop shop(generator);
  shop.build_and_rest();
  if (generator == "Ninja") {
    CHECK_THAT(shop.build("medusa-build"), Contains("no work to do"));
  }

  SECTION("a source") {
    shop.write(kSources + "1700000000001-a.sql", sql_migration("SELECT 'edited';"));
    shop.build_and_rest();
    CHECK_THAT(shop.read(kOutputs + "1700000000001-a.js"), Contains("edited"));
  }
  SECTION("what a source imports, in place") {
    overwrite_in_place(shop.root() / "plugins/p/src/text.ts", "export const text = 'SELECT 22'\n");
    shop.build_and_rest();
    CHECK_THAT(shop.read(kOutputs + "1700000000002-b.js"), Contains("SELECT 22"));
  }
  SECTION("a new source, and its end") {
    shop.write(kSources + "1700000000003-c.sql", sql_migration("SELECT 3;"));
    shop.build_and_rest();
    CHECK(shop.exists(kOutputs + "1700000000003-c.js"));
    shop.remove(kSources + "1700000000003-c.sql");
    shop.build_and_rest();
    CHECK_FALSE(shop.exists(kOutputs + "1700000000003-c.js"));
  }
  SECTION("a new folder among the sources, and a file in it") {
    fs::create_directory(shop.root() / kSources / "deep");
    shop.build_and_rest();
    shop.write(kSources + "deep/data.txt", "data");
    shop.build_and_rest();
    CHECK(shop.exists(kOutputs + "deep/data.txt"));
  }
  SECTION("a new plugin, and its end") {
    shop.add_plugin("q");
    shop.write("plugins/q/src/migrations/1700000000004-d.sql", sql_migration("SELECT 4;"));
    shop.build_and_rest();
    CHECK(shop.exists("plugins/q/dist/migrations/1700000000004-d.js"));
    shop.remove("plugins/q");
    shop.build_and_rest();
  }
  SECTION("a plugin's first migrations") {
    shop.write("backend/src/index.js", "");
    shop.build_and_rest();
    shop.write("backend/src/migrations/1700000000005-e.sql", sql_migration("SELECT 5;"));
    shop.build_and_rest();
    CHECK(shop.exists("backend/dist/migrations/1700000000005-e.js"));
  }
  SECTION("medusa.toml") {
    shop.write("medusa.toml", "[workspace]\nbackend = \"backend\"\nplugins = [\"more/*\"]\n");
    shop.write("more/r/package.json", R"({"name": "r", "version": "1.0.0"})");
    shop.write("more/r/src/migrations/1700000000006-f.sql", sql_migration("SELECT 6;"));
    shop.build_and_rest();
    CHECK(shop.exists("more/r/dist/migrations/1700000000006-f.js"));
    // The folder that the new pattern looks into counts from now on.
    shop.write("more/s/package.json", R"({"name": "s", "version": "1.0.0"})");
    shop.write("more/s/src/migrations/1700000000007-g.sql", sql_migration("SELECT 7;"));
    shop.build_and_rest();
    CHECK(shop.exists("more/s/dist/migrations/1700000000007-g.js"));
  }
  SECTION("an output that is gone, or was edited") {
    shop.remove(kOutputs + "1700000000001-a.js");
    shop.build_and_rest();
    CHECK(shop.exists(kOutputs + "1700000000001-a.js"));
    overwrite_in_place(shop.root() / kOutputs / "1700000000001-a.js", "by hand");
    shop.build_and_rest();
    CHECK_THAT(shop.read(kOutputs + "1700000000001-a.js"), !Contains("by hand"));
    shop.remove("plugins/p/dist");
    shop.build_and_rest();
    CHECK(shop.exists(kOutputs + "1700000000002-b.js"));
  }
  SECTION("a core package nearer to the backend") {
    shop.write("backend/node_modules/@medusajs/medusa/package.json",
               R"({"name": "@medusajs/medusa", "version": "1.20.0"})");
    shop.write("backend/node_modules/@medusajs/medusa/dist/migrations/1-none.txt", "");
    shop.build_and_rest();
  }
}

TEST_CASE("a build that fails is not done") {
  const std::string generator = GENERATE("Ninja", "Unix Makefiles");
  CAPTURE(generator);
  const Shop shop(generator);
  shop.build_and_rest();
  shop.write(kSources + "1700000000001-a.sql", "-- migrate:up\nSELEKT;\n");
  CHECK(shop.target("medusa-build").exit_code != 0);
  CHECK(shop.target("medusa-build").exit_code != 0);
  shop.write(kSources + "1700000000001-a.sql", sql_migration("SELECT 1;"));
  shop.build_and_rest();
}

TEST_CASE("odd names are noticed") {
  const std::string generator = GENERATE("Ninja", "Unix Makefiles");
  const std::string name = GENERATE("a b", "a#b c", "a%b", "a@b+c,d", "\u00e4");
  CAPTURE(generator, name);
  const Shop shop(generator);
  shop.add_odd_plugin(name, "SELECT 8;");
  shop.build_and_rest();
  shop.add_odd_plugin(name, "SELECT 'edited';");
  shop.build_and_rest();
  CHECK_THAT(shop.read("plugins/" + name + "/dist/migrations/1700000000008-h.js"),
             Contains("edited"));
}

TEST_CASE("names that depfiles cannot hold are looked at every time") {
  const std::string generator = GENERATE("Ninja", "Unix Makefiles");
  const std::string name = GENERATE("a$b", "a$(b)", "a&b'c\"d", "a;b", "a\\b");
  CAPTURE(generator, name);
  const Shop shop(generator);
  shop.add_odd_plugin(name, "SELECT 8;");
  CHECK_THAT(shop.build("medusa-build"), Contains(kStarted));
  CHECK_THAT(shop.build("medusa-build"), Contains(kStarted));
  shop.add_odd_plugin(name, "SELECT 'edited';");
  CHECK_THAT(shop.build("medusa-build"), Contains(kStarted));
  CHECK_THAT(shop.read("plugins/" + name + "/dist/migrations/1700000000008-h.js"),
             Contains("edited"));
}
