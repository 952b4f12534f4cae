// SPDX-License-Identifier: MIT
// src/migrations to dist/migrations: what is built, what is left alone, and who can run the result.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "medusa/system/files.hpp"

#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

const std::map<std::string, std::string> kNoNode{{"PATH", medusa::path_without_node()}};

/// What tells a file that was left alone from one that was written with the same content.
struct Identity {
  ino_t inode = 0;
  timespec written = {};

  friend bool operator==(const Identity& a, const Identity& b) {
    return a.inode == b.inode && a.written.tv_sec == b.written.tv_sec &&
           a.written.tv_nsec == b.written.tv_nsec;
  }
};

Identity identity_of(const fs::path& file) {
  struct stat status {};

  REQUIRE(::stat(file.c_str(), &status) == 0);
  return {.inode = status.st_ino, .written = status.st_mtim};
}

/// Every file that builds wrote, by its path.
std::map<fs::path, Identity> outputs(const SmallShop& shop) {
  std::map<fs::path, Identity> found;
  for (const auto& entry : fs::recursive_directory_iterator(shop.root() / "plugins")) {
    if (entry.is_regular_file() && entry.path().string().find("/dist/") != std::string::npos) {
      found.emplace(entry.path().lexically_relative(shop.root()), identity_of(entry.path()));
    }
  }
  return found;
}

Outcome build(const SmallShop& shop, const std::map<std::string, std::string>& environment = {}) {
  Outcome outcome = shop.medusa({"build"}, environment);
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  REQUIRE(outcome.output.empty());
  return outcome;
}

Names files_in(const SmallShop& shop, const fs::path& folder) {
  Names names;
  for (const fs::path& file : medusa::list_files(shop.root() / folder)) {
    names.push_back(file.string());
  }
  return names;
}

/// Runs a script with the project's Node packages and returns what it prints.
std::string node(const SmallShop& shop, const std::string& script) {
  const Outcome outcome = medusa::run_program("node", shop.root(), {"-e", script});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return outcome.output;
}

std::string quoted(const fs::path& path) {
  return Json(path.string()).dump();
}

/// Names of the classes that Medusa's own loader finds in the plugin's output.
std::string found_by_medusa(const SmallShop& shop, const std::string& plugin, bool flags_on) {
  const fs::path loader = medusa::project_root() / "node_modules" / "@medusajs" / "medusa" /
                          "dist" / "commands" / "utils" / "get-migrations.js";
  return node(shop,
              "const { getEnabledMigrations } = require(" + quoted(loader) +
                  ");\nconst found = getEnabledMigrations([" +
                  quoted(shop.root() / SmallShop::built(plugin, "*.js")) + "], () => " +
                  (flags_on ? "true" : "false") +
                  ");\nconsole.log(found.map((each) => new each().name || each.name).join());");
}

/// Takes the right to write away from all folders of a shop, even from root.
class ReadOnly {
 public:
  explicit ReadOnly(const fs::path& root) : root_(root) { permit(fs::perm_options::remove); }

  ~ReadOnly() { permit(fs::perm_options::add); }

  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;
  ReadOnly(ReadOnly&&) = delete;
  ReadOnly& operator=(ReadOnly&&) = delete;

  /// Runs a program under these conditions.
  [[nodiscard]] Outcome run(const std::string& program,
                            std::vector<std::string> arguments,
                            const std::map<std::string, std::string>& environment) const {
    if (::geteuid() != 0) {
      return medusa::run_program(program, root_, arguments, environment);
    }
    arguments.insert(arguments.begin(), {"--bounding-set", "-dac_override", "--", program});
    return medusa::run_program("setpriv", root_, arguments, environment);
  }

 private:
  void permit(fs::perm_options how) const {
    fs::permissions(root_, fs::perms::owner_write, how);
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.is_directory() && !entry.is_symlink()) {
        fs::permissions(entry.path(), fs::perms::owner_write, how);
      }
    }
  }

  fs::path root_;
};

/// Names that `migrations show` knows.
Names known(const SmallShop& shop) {
  static const TestDatabase empty;
  const Outcome outcome =
      shop.migrations({"show", "--format", "json"}, {{"DATABASE_URL", empty.url()}});
  INFO(outcome.output << outcome.errors);
  REQUIRE(outcome.exit_code <= 1);
  const Json answer = Json::parse(outcome.output);
  Names names;
  for (const Json& row : answer.at("migrations")) {
    names.push_back(row.at("name"));
  }
  return names;
}

}  // namespace

TEST_CASE("only what changed is built") {
  const SmallShop shop;
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 2"}));
  shop.add("p", "1700000000003-c.sql", sql_migration("SELECT 3;"));
  shop.add("q", "1700000000004-d.ts", typescript_migration("D1700000000004", {"SELECT 4"}));
  const Outcome first = build(shop);
  REQUIRE_THAT(first.errors, Contains("Building p (3 files)"));
  const auto before = outputs(shop);
  // JavaScript, map and three of recorded SQL each; of SQL no map and no program; of each member a
  // manifest and footprints.
  REQUIRE(before.size() == 15 + 7);
  const fs::path a = SmallShop::built("p", "1700000000001-a.js");

  SECTION("nothing") {
    const Outcome again = build(shop, kNoNode);
    REQUIRE(again.errors.empty());
    REQUIRE(outputs(shop) == before);
  }
  SECTION("nothing, if a source was only touched") {
    fs::last_write_time(shop.root() / shop.source("p", "1700000000001-a.ts"),
                        fs::file_time_type::clock::now());
    build(shop, kNoNode);
    REQUIRE(outputs(shop) == before);
  }
  SECTION("a TypeScript source") {
    shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 11"}));
    REQUIRE_THAT(build(shop).errors, Contains("Building p (1 file)"));
    REQUIRE_THAT(shop.read(a), Contains("SELECT 11"));
    for (const auto& [file, identity] : outputs(shop)) {
      INFO(file);
      const bool ours = file.filename().string().starts_with("1700000000001-a.") ||
                        file == SmallShop::built("p", "medusa-manifest.json") ||
                        file == SmallShop::built("p", "medusa-footprints.json");
      REQUIRE((identity == before.at(file)) != ours);
    }
  }
  SECTION("an SQL source, for which no Node is needed") {
    shop.add("p", "1700000000003-c.sql", sql_migration("SELECT 33;"));
    REQUIRE_THAT(build(shop, kNoNode).errors, Contains("Building p (1 file)"));
    REQUIRE_THAT(shop.read(SmallShop::built("p", "1700000000003-c.js")), Contains("SELECT 33"));
    REQUIRE(shop.read(SmallShop::built("p", "1700000000003-c.up.sql")) ==
            "-- C1700000000003\nSELECT 33;\n");
  }
  SECTION("an output that somebody edited") {
    const std::string right = shop.read(a);
    shop.write(a, "exports.Wrong1700000000001 = class {};");
    build(shop);
    REQUIRE(shop.read(a) == right);
  }
  SECTION("an output that somebody deleted") {
    shop.remove("plugins/p/dist");
    build(shop);
    REQUIRE(files_in(shop, "plugins/p/dist/migrations").size() == 15);
  }
}

TEST_CASE("what has no source disappears") {
  const SmallShop shop;
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 2"}));
  build(shop);

  SECTION("outputs of a deleted source") {
    shop.remove(shop.source("p", "1700000000002-b.ts"));
    REQUIRE_THAT(build(shop).errors, Contains("Removed p: 1700000000002-b.js (source is gone)"));
    REQUIRE(files_in(shop, "plugins/p/dist/migrations") == Names{"1700000000001-a.down.sql",
                                                                 "1700000000001-a.js",
                                                                 "1700000000001-a.js.map",
                                                                 "1700000000001-a.lowered.json",
                                                                 "1700000000001-a.up.sql",
                                                                 "medusa-footprints.json",
                                                                 "medusa-manifest.json"});
    REQUIRE(known(shop) == Names{"A1700000000001"});
  }
  SECTION("JavaScript that came from elsewhere") {
    shop.write(SmallShop::built("p", "1600000000000-foreign.js"),
               "exports.Foreign1600000000000 = class { async up() {} };");
    REQUIRE_THAT(build(shop).errors, Contains("Removed p: 1600000000000-foreign.js"));
    REQUIRE_FALSE(shop.exists(SmallShop::built("p", "1600000000000-foreign.js")));
  }
  SECTION("outputs of a deleted folder of sources") {
    shop.write("plugins/p/src/index.ts", "export {}\n");
    shop.remove("plugins/p/src/migrations");
    REQUIRE_THAT(build(shop).errors, Contains("Removed p: 1700000000001-a.js"));
    REQUIRE(known(shop).empty());
    REQUIRE(build(shop, kNoNode).errors.empty());
  }
  SECTION("but not of one that has built migrations only") {
    shop.remove("plugins/p/src");
    build(shop);
    REQUIRE(known(shop) == Names{"A1700000000001", "B1700000000002"});
  }
}

TEST_CASE("every kind of source") {
  const SmallShop shop;

  SECTION("helpers that migrations import go into their outputs, and are their inputs") {
    shop.write("plugins/p/src/lib/names.ts",
               "export const table = (name: string) => `p_${name}`\n");
    shop.add("p",
             "1700000000001-a.ts",
             "import { table } from \"../lib/names\"\n" +
                 typescript_migration("A1700000000001", {"CREATE TABLE ${table('x')} (id int)"}));
    shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 2"}));
    build(shop);
    const auto before = outputs(shop);
    REQUIRE_THAT(shop.read(SmallShop::built("p", "1700000000001-a.js")), Contains("p_${"));
    REQUIRE_FALSE(shop.exists("plugins/p/dist/lib"));
    REQUIRE(build(shop, kNoNode).errors.empty());

    shop.write("plugins/p/src/lib/names.ts",
               "export const table = (name: string) => `q_${name}`\n");
    REQUIRE_THAT(build(shop).errors, Contains("Building p (1 file)"));
    REQUIRE_THAT(shop.read(SmallShop::built("p", "1700000000001-a.js")), Contains("q_${"));
    REQUIRE(outputs(shop).at(SmallShop::built("p", "1700000000002-b.js")) ==
            before.at(SmallShop::built("p", "1700000000002-b.js")));
  }
  SECTION("JavaScript in its three forms") {
    const std::string common =
        "exports.NAME = class NAME { async up(q) { await q.query('SELECT 1') } async down() {} };";
    const auto named = [](std::string text, const std::string& name) {
      for (std::size_t at = text.find("NAME"); at != std::string::npos; at = text.find("NAME")) {
        text.replace(at, 4, name);
      }
      return text;
    };
    shop.add("p", "1700000000001-a.js", named(common, "A1700000000001"));
    shop.add("p", "1700000000002-b.cjs", named(common, "B1700000000002"));
    shop.add("p",
             "1700000000003-c.mjs",
             "export class C1700000000003 { async up(q) { await q.query('SELECT 1') } }");
    build(shop);
    REQUIRE(known(shop) == Names{"A1700000000001", "B1700000000002", "C1700000000003"});
    REQUIRE(found_by_medusa(shop, "p", true) == "A1700000000001,B1700000000002,C1700000000003\n");
  }
  SECTION("nested folders hold helpers and assets, no migrations") {
    shop.add("p", "data/currencies.json", "[\"eur\", \"usd\"]\n");
    shop.add("p", "helpers/list.ts", "export const list = [1, 2]\n");
    shop.add("p",
             "1700000000001-a.ts",
             "import { readFileSync } from \"node:fs\"\nimport { join } from \"node:path\"\n"
             "import { list } from \"./helpers/list\"\n" +
                 typescript_migration("A1700000000001",
                                      {"SELECT '${readFileSync(join(__dirname, "
                                       "'data/currencies.json'), 'utf8')}', ${list.length}"}));
    const TestDatabase database;
    const Outcome outcome = shop.migrations({"run"}, {{"DATABASE_URL", database.url()}});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    REQUIRE(database.applied() == Names{"A1700000000001"});
    REQUIRE(shop.read(SmallShop::built("p", "data/currencies.json")) == "[\"eur\", \"usd\"]\n");
    REQUIRE(shop.exists(SmallShop::built("p", "helpers/list.js")));
    REQUIRE(build(shop, kNoNode).errors.empty());
  }
  SECTION("a plugin that is an ES module package") {
    shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
    shop.write("plugins/p/package.json", R"({"name": "p", "version": "1.0.0", "type": "module"})");
    build(shop);
    REQUIRE(known(shop) == Names{"A1700000000001"});
    REQUIRE(found_by_medusa(shop, "p", true) == "A1700000000001\n");
    shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 1"}));
    build(shop);
    REQUIRE(found_by_medusa(shop, "p", true) == "A1700000000001,B1700000000002\n");
  }
}

TEST_CASE("exports that Medusa's CLI stumbles over") {
  const TestDatabase database;
  const SmallShop shop(database.url());

  SECTION("module.exports = class runs, with a note") {
    shop.add("p",
             "1700000000001-a.js",
             "module.exports = class A1700000000001 {\n"
             "  async up(q) { await q.query('CREATE TABLE a (id int)') }\n"
             "  async down(q) { await q.query('DROP TABLE a') }\n}\n");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, Contains("1700000000001-a.js: "));
    REQUIRE_THAT(outcome.errors, Contains("which Medusa's CLI ignores"));
    REQUIRE(database.has_relation("a"));
    REQUIRE(shop.migrations({"revert"}).exit_code == 0);
    REQUIRE_FALSE(database.has_relation("a"));
  }
  SECTION("a class that is exported twice is one migration") {
    shop.add("p",
             "1700000000001-a.ts",
             typescript_migration("A1700000000001", {"CREATE TABLE a (id int)"}) +
                 "export default A1700000000001\n");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, Contains("are one class, 'A1700000000001'"));
    REQUIRE(database.applied() == Names{"A1700000000001"});
  }
  SECTION("an exported helper is skipped, with a warning") {
    shop.add("p",
             "1700000000001-a.ts",
             "export function slug(text: string) { return text }\n"
             "export const tables = [\"a\"]\n" +
                 typescript_migration("A1700000000001", {"CREATE TABLE ${slug('a')} (id int)"}));
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    REQUIRE_THAT(outcome.errors, Contains("warning: p: 1700000000001-a.ts: the export 'slug' is"));
    REQUIRE_THAT(outcome.errors, Contains("the export 'tables' is an array, not a migration"));
    REQUIRE(database.applied() == Names{"A1700000000001"});
  }
  SECTION("several classes in a file are several migrations") {
    const std::string second = typescript_migration("B1700000000002", {"SELECT 2"});
    shop.add("p",
             "1700000000001-a.ts",
             typescript_migration("A1700000000001", {"SELECT 1"}) +
                 second.substr(second.find("export class")));
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    REQUIRE(database.applied() == Names{"A1700000000001", "B1700000000002"});
  }
}

TEST_CASE("Medusa's own loader takes what we built") {
  const SmallShop shop;
  shop.add("p",
           "1700000000001-a.ts",
           "export const featureFlag = \"gifts\"\n" +
               typescript_migration("A1700000000001", {"SELECT 1"}));
  shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 2"}));
  shop.add("p", "1700000000003-c.sql", sql_migration("SELECT 3;"));
  build(shop);
  REQUIRE(found_by_medusa(shop, "p", true) == "A1700000000001,B1700000000002,C1700000000003\n");
  REQUIRE(found_by_medusa(shop, "p", false) == "B1700000000002,C1700000000003\n");
}

TEST_CASE("TypeORM runs and reverts what an SQL migration became") {
  const TestDatabase database;
  const SmallShop shop;
  const std::string body =
      "CREATE TABLE a (id int, note text);\nINSERT INTO a VALUES (1, 'it''s `${x}` \\ \"quoted\" "
      "$tag$');\n"
      "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$\nBEGIN\n  -- a comment; here\n"
      "  RETURN 'a;\\b`c${d}';\nEND;\n$body$;";
  shop.add(
      "p", "1700000000001-make-a.sql", sql_migration(body, "DROP FUNCTION f();\nDROP TABLE a;"));
  build(shop);
  const std::string source =
      "const { DataSource } = require('typeorm');\n"
      "const source = new DataSource({ type: 'postgres', url: " +
      Json(database.url()).dump() + ", migrations: Object.values(require(" +
      quoted(shop.root() / SmallShop::built("p", "1700000000001-make-a.js")) +
      ")), logging: false });\nsource.initialize()";
  node(shop, source + ".then(() => source.runMigrations()).then(() => source.destroy());");
  REQUIRE(database.applied() == Names{"MakeA1700000000001"});
  REQUIRE(database.value("SELECT note FROM a") == "it's `${x}` \\ \"quoted\" $tag$");
  REQUIRE(database.value("SELECT f()") == "a;\\b`c${d}");
  // What TypeORM recorded is what we recognize.
  REQUIRE(shop.migrations({"show"}, {{"DATABASE_URL", database.url()}}).exit_code == 0);
  node(shop, source + ".then(() => source.undoLastMigration()).then(() => source.destroy());");
  REQUIRE(database.applied().empty());
  REQUIRE_FALSE(database.has_relation("a"));
}

TEST_CASE("a member's own build command") {
  const SmallShop shop;
  shop.configure("[build]\ncommand = \"node build.js\"\n");
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  const std::string script =
      "const fs = require('fs');\nfs.mkdirSync('dist/migrations', { recursive: true });\n"
      "fs.writeFileSync('dist/migrations/1700000000001-a.js',\n"
      "  'exports.A1700000000001 = class A1700000000001 { async up() { /* ours */ } }');\n"
      "fs.appendFileSync('builds.log', 'x');\n";

  SECTION("builds instead of ours, when something changed") {
    shop.write("plugins/p/build.js", script);
    build(shop);
    REQUIRE_THAT(shop.read(SmallShop::built("p", "1700000000001-a.js")), Contains("ours"));
    REQUIRE(known(shop) == Names{"A1700000000001"});
    build(shop, kNoNode);
    REQUIRE(shop.read("plugins/p/builds.log") == "x");
    // A helper that the command does not write is not missed.
    shop.add("p", "helpers/list.ts", "export const list = [1]\n");
    build(shop);
    build(shop, kNoNode);
    REQUIRE(shop.read("plugins/p/builds.log") == "xx");
    shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 11"}));
    build(shop);
    REQUIRE(shop.read("plugins/p/builds.log") == "xxx");
  }
  SECTION("that fails is shown with what it printed") {
    shop.write("plugins/p/build.js", "console.error('no tsconfig here'); process.exit(3);\n");
    const Outcome outcome = shop.medusa({"build"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 4);
    REQUIRE(outcome.output.empty());
    REQUIRE_THAT(outcome.errors, Contains("the build command 'node build.js' failed in p"));
    REQUIRE_THAT(outcome.errors, Contains("no tsconfig here"));
    REQUIRE_THAT(outcome.errors, Contains("hint: run it yourself: cd "));
  }
  SECTION("that is no program") {
    shop.write("medusa.toml",
               "[workspace]\nbackend = \"backend\"\nplugins = [\"plugins/*\"]\n"
               "[build]\ncommand = \"no-such-program --fast\"\n");
    const Outcome outcome = shop.medusa({"build"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 4);
    REQUIRE_THAT(outcome.errors, Contains("no-such-program"));
  }
  SECTION("that leaves an output out") {
    shop.write("plugins/p/build.js", script);
    shop.add("p", "1700000000002-b.ts", typescript_migration("B1700000000002", {"SELECT 2"}));
    const Outcome outcome = shop.medusa({"build"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 4);
    REQUIRE_THAT(outcome.errors, Contains("1700000000002-b.js"));
    REQUIRE_THAT(outcome.errors, Contains("hint: "));
  }
}

TEST_CASE("members that come built") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const std::string built =
      "exports.A1700000000001 = class A1700000000001 {\n"
      "  async up(q) { await q.query('CREATE TABLE a (id int)') }\n"
      "  async down(q) { await q.query('DROP TABLE a') }\n};\n";

  SECTION("a plugin of the workspace that ships only dist/migrations") {
    shop.add_plugin("p");
    shop.write(SmallShop::built("p", "1700000000001-a.js"), built);
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    REQUIRE(files_in(shop, "plugins/p/dist/migrations") == Names{"1700000000001-a.js"});
  }
  SECTION("an installed package, into which nothing is written") {
    shop.write("node_modules/medusa-plugin-x/package.json",
               R"({"name": "medusa-plugin-x", "version": "2.0.0"})");
    shop.write("node_modules/medusa-plugin-x/dist/migrations/1700000000001-a.js", built);
    shop.write("medusa.toml",
               "[workspace]\nbackend = \"backend\"\nplugins = [\"medusa-plugin-x\"]\n");
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
    REQUIRE(files_in(shop, "node_modules/medusa-plugin-x") ==
            Names{"dist/migrations/1700000000001-a.js", "package.json"});
  }
  SECTION("a plugin with its migrations at its root") {
    shop.add_plugin("p");
    shop.write("plugins/p/migrations/1700000000001-a.js", built);
    REQUIRE(shop.migrations({"run"}).exit_code == 0);
  }
  REQUIRE(database.applied() == Names{"A1700000000001"});
  REQUIRE(shop.migrations({"run"}, kNoNode).exit_code == 0);
  REQUIRE(shop.migrations({"revert"}).exit_code == 0);
  REQUIRE_FALSE(database.has_relation("a"));
}

TEST_CASE("builds at once build everything once") {
  constexpr std::size_t kBuilds = 3;
  const SmallShop shop;
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  shop.add("p", "1700000000002-b.sql", sql_migration("SELECT 2;"));
  std::vector<std::unique_ptr<RunningProgram>> builds;
  for (std::size_t i = 0; i < kBuilds; ++i) {
    builds.push_back(std::make_unique<RunningProgram>(
        medusa::medusa_program().string(), shop.root(), Names{"build"}, shop.environment()));
  }
  std::size_t built = 0;
  for (const auto& each : builds) {
    const Outcome outcome = each->wait();
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    built += outcome.errors.find("Building p") != std::string::npos ? 1U : 0U;
  }
  REQUIRE(built == 1);
  REQUIRE(files_in(shop, "plugins/p/dist/migrations") == Names{"1700000000001-a.down.sql",
                                                               "1700000000001-a.js",
                                                               "1700000000001-a.js.map",
                                                               "1700000000001-a.lowered.json",
                                                               "1700000000001-a.up.sql",
                                                               "1700000000002-b.down.sql",
                                                               "1700000000002-b.js",
                                                               "1700000000002-b.up.sql",
                                                               "medusa-footprints.json",
                                                               "medusa-manifest.json"});
  REQUIRE(fs::directory_iterator(shop.root() / "plugins" / "p" / "dist") !=
          fs::directory_iterator());
  REQUIRE(medusa::list_names(shop.root() / "plugins" / "p" / "dist") == Names{"migrations"});
}

TEST_CASE("a workspace that cannot be written to runs what is built") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  build(shop);
  const ReadOnly guard(shop.root());
  REQUIRE(guard.run("touch", {(shop.root() / "new").string()}, {}).exit_code != 0);
  const Outcome outcome =
      guard.run(medusa::medusa_program().string(), {"migrations", "run"}, shop.environment());
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  REQUIRE(database.applied() == Names{"A1700000000001"});
}

TEST_CASE("what a build did, in JSON") {
  const SmallShop shop;
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  const Outcome outcome = shop.medusa({"build", "--format", "json"});
  REQUIRE(outcome.exit_code == 0);
  REQUIRE(outcome.errors.empty());
  REQUIRE_THAT(outcome.output, Contains("{\"type\":\"version\","));
  REQUIRE_THAT(outcome.output,
               Contains("{\"type\":\"member-stale\",\"member\":\"p\",\"files\":1}"));
  REQUIRE_THAT(outcome.output, Contains("\"type\":\"member-built\",\"member\":\"p\""));
  REQUIRE_THAT(outcome.output, Contains("\"type\":\"build-finished\""));
}

TEST_CASE("an SQL migration with a wrong file name is pointed out") {
  const SmallShop shop;
  shop.add("a", "add-thing.sql", "-- migrate:up\nSELECT 1;\n");
  const Outcome outcome = build(shop);
  CHECK_THAT(outcome.errors, Contains("add-thing.sql looks like a migration but is not called"));
}

TEST_CASE("a build command that was written for a shell is refused") {
  const SmallShop shop;
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  const std::string command = GENERATE(as<std::string>{},
                                       "npm ci && npm run build",
                                       "echo $HOME",
                                       "node 'a b.js'",
                                       "(true)",
                                       "tsc > log");
  shop.configure("[build]\ncommand = \"" + command + "\"\n");
  const Outcome outcome = shop.medusa({"build"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 4);
  REQUIRE_THAT(outcome.errors,
               Contains("the build command '" + command + "' is written for a shell"));
  REQUIRE_THAT(outcome.errors,
               Contains("hint: put it into an npm script: command = \"npm run build\""));
}

TEST_CASE("a signal ends a build command and what it started") {
  const SmallShop shop;
  shop.configure("[build]\ncommand = \"node build.js\"\n");
  shop.add("p", "1700000000001-a.ts", typescript_migration("A1700000000001", {"SELECT 1"}));
  shop.write("plugins/p/build.js",
             "const child = require('child_process').spawn('sleep', ['600']);\n"
             "require('fs').writeFileSync('pids', `${process.pid} ${child.pid}\\n`);\n");
  RunningProgram program(
      medusa::medusa_program().string(), shop.root(), {"build"}, shop.environment());
  REQUIRE(medusa::eventually([&] {
    return shop.exists("plugins/p/pids") && shop.read("plugins/p/pids").ends_with('\n');
  }));
  program.signal(SIGINT);
  const Outcome outcome = program.wait();
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 130);
  REQUIRE_THAT(outcome.errors, Contains("error: interrupted"));
  std::istringstream pids(shop.read("plugins/p/pids"));
  for (pid_t pid = 0; pids >> pid;) {
    // Ended, or a zombie whose new parent has not looked yet.
    REQUIRE(medusa::eventually([&] {
      std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
      const std::string text{std::istreambuf_iterator<char>(status), {}};
      return text.empty() || text.find(") Z ") != std::string::npos;
    }));
  }
}

TEST_CASE("a build that is killed anywhere leaves the old output or the new, never both") {
  const SmallShop shop;
  const std::vector<std::string> names{"1", "2", "3"};
  const auto write_version = [&](int version) {
    for (const std::string& name : names) {
      shop.add("p",
               "170000000000" + name + "-a.ts",
               typescript_migration("A170000000000" + name, {"SELECT " + std::to_string(version)}));
    }
  };
  const auto built_version = [&](const std::string& name) {
    const std::string text = shop.read(shop.built("p", "170000000000" + name + "-a.js"));
    return std::stoi(text.substr(text.find("SELECT ") + 7));
  };
  write_version(0);
  build(shop);
  std::mt19937 random(20240229);  // moments of the kill; any is a good one
  std::set<int> outcomes;
  for (int version = 1; version <= 50; ++version) {
    CAPTURE(version);
    const int before = built_version("1");
    write_version(version);
    RunningProgram killed(medusa::medusa_program().string(), shop.root(), {"build"});
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 400));
    killed.signal(SIGKILL);
    (void)killed.wait();
    const int after = built_version("1");
    REQUIRE((after == before || after == version));
    REQUIRE(built_version("2") == after);
    REQUIRE(built_version("3") == after);
    outcomes.insert(after == version ? 1 : 0);
  }
  build(shop);  // of the very sources that the last kill left behind
  for (const std::string& name : names) {
    CHECK(built_version(name) == 50);
  }
  CHECK(medusa::list_names(shop.root() / "plugins/p/dist") == Names{"migrations"});
  CHECK(outcomes.contains(0));  // otherwise no build was killed in the middle
}
