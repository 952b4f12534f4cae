// SPDX-License-Identifier: MIT
// What is wrong with a workspace, and what to do about it.
#include <catch2/catch.hpp>

#include "shop_tree.hpp"

namespace medusa {

using Catch::Contains;
using test::plugin_names;
using test::ShopTree;

namespace {

/// The only problem of a workspace.
Diagnostic only(const std::vector<Diagnostic>& problems) {
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Workspace);
  CHECK_FALSE(problems[0].hint.empty());
  return problems[0];
}

void check_place(const Diagnostic& problem, int line, int column) {
  REQUIRE(problem.location.has_value());
  CHECK(problem.location->file.filename() == "medusa.toml");
  CHECK(problem.location->line == line);
  CHECK(problem.location->column == column);
}

}  // namespace

TEST_CASE("a backend folder that does not exist is an error", "[workspace]") {
  const ShopTree shop;
  const Diagnostic problem = only(shop.problems("[workspace]\nbackend = 'server'\n"));
  CHECK(problem.message == "no backend at 'server'");
  CHECK_THAT(problem.notes.at(0), Contains("no such folder"));
  CHECK_THAT(problem.hint, Contains("backend = \"backend\""));
  check_place(problem, 2, 1);
}

TEST_CASE("a backend folder without package.json is an error", "[workspace]") {
  ShopTree shop;
  std::filesystem::remove(shop.root() / "backend/package.json");
  const Diagnostic problem = only(shop.problems());
  CHECK(problem.message == "no backend at 'backend'");
  CHECK(problem.notes.at(0) == "the folder has no package.json");
  CHECK_THAT(problem.hint, Contains("backend = \"path/to/backend\""));
  CHECK_FALSE(problem.location.has_value());
}

TEST_CASE("a backend that does not depend on core is an error", "[workspace]") {
  ShopTree shop;
  shop.package("backend", "b", R"(, "dependencies": {"express": "1"}, "devDependencies": [])");
  const Diagnostic problem = only(shop.problems());
  CHECK(problem.message == "backend 'backend' does not depend on '@medusajs/medusa'");
  CHECK(problem.hint == "cd backend && npm install @medusajs/medusa@1");
  CHECK(problem.location->file == shop.root() / "backend/package.json");
  check_place(only(shop.problems("workspace.core = '@acme/core'")), 1, 11);
}

TEST_CASE("core that is not installed is an error", "[workspace]") {
  ShopTree shop;
  std::filesystem::remove_all(shop.root() / "node_modules");
  const Diagnostic problem = only(shop.problems());
  CHECK(problem.message == "'@medusajs/medusa' is not installed");
  CHECK(problem.hint == "npm install");
}

TEST_CASE("a plugin folder without package.json is an error", "[workspace]") {
  ShopTree shop;
  shop.write("plugins/a/src/index.ts", "");
  const Diagnostic by_path = only(shop.plugin_problems("['plugins/a']"));
  CHECK(by_path.message == "plugin 'plugins/a' requires a package.json file");
  CHECK(by_path.hint == "cd plugins/a && npm init -y");
  check_place(by_path, 2, 12);

  const Diagnostic by_name = only(shop.plugin_problems("['a']"));
  CHECK(by_name.message == "plugin 'a' requires a package.json file");
  CHECK(by_name.hint == "cd plugins/a && npm init -y");

  const Diagnostic by_pattern = only(shop.plugin_problems("['plugins/*']"));
  CHECK(by_pattern.message == "plugin 'plugins/a' requires a package.json file");
  CHECK_THAT(by_pattern.notes.at(0), Contains("'plugins/*'"));
  check_place(by_pattern, 2, 12);
}

TEST_CASE("an empty plugin folder that is named is an error", "[workspace]") {
  ShopTree shop;
  shop.folder("plugins/empty");
  CHECK(only(shop.plugin_problems("['plugins/empty']")).message ==
        "plugin 'plugins/empty' requires a package.json file");
}

TEST_CASE("a local plugin without package.json is not looked for in node_modules", "[workspace]") {
  ShopTree shop;
  shop.folder("plugins/p");
  shop.package("node_modules/p", "p");
  CHECK(only(shop.plugin_problems("['p']")).message == "plugin 'p' requires a package.json file");
}

TEST_CASE("a plugin path that does not exist is an error with a suggestion", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/reviews", "reviews");
  const Diagnostic mistyped = only(shop.plugin_problems("['./plugins/review']"));
  CHECK(mistyped.message == "plugin folder './plugins/review' does not exist");
  CHECK(mistyped.hint == "did you mean './plugins/reviews'?");
  const Diagnostic gone = only(shop.plugin_problems("['/nowhere/at/all']"));
  CHECK(gone.message == "plugin folder '/nowhere/at/all' does not exist");
  CHECK_THAT(gone.hint, Contains("remove '/nowhere/at/all'"));
}

TEST_CASE("a plugin that is a file is an error", "[workspace]") {
  ShopTree shop;
  shop.write("plugins/a.js", "");
  CHECK(only(shop.plugin_problems("['plugins/a.js']")).message ==
        "plugin 'plugins/a.js' is not a folder");
}

TEST_CASE("a plugin that is not installed is an error in Medusa's words", "[workspace]") {
  const ShopTree shop;
  const Diagnostic problem = only(shop.plugin_problems("[\n  '@scope/medusa-plugin-x',\n]"));
  CHECK(problem.message == "unable to find plugin '@scope/medusa-plugin-x'");
  CHECK(problem.notes.at(0) == "perhaps you need to install its package");
  CHECK(problem.hint == "cd backend && npm install @scope/medusa-plugin-x");
  check_place(problem, 3, 3);
}

TEST_CASE("a mistyped plugin gets the name of one that is there", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/medusa-plugin-reviews", "reviews");
  const Diagnostic problem = only(shop.plugin_problems("['medusa-plugin-revews']"));
  CHECK(problem.notes.at(0) == "did you mean 'medusa-plugin-reviews'?");
}

TEST_CASE("hints quote what a shell would split", "[workspace]") {
  ShopTree shop;
  shop.write("my plugins/it's/index.js", "");
  CHECK(only(shop.plugin_problems("['my plugins/*']")).hint ==
        "cd 'my plugins/it'\\''s' && npm init -y");
}

TEST_CASE("a pattern with two stars is an error that says why", "[workspace]") {
  ShopTree shop;
  const Diagnostic problem = only(shop.plugin_problems("['plugins/**']"));
  CHECK(problem.message == "pattern 'plugins/**' is not supported");
}

TEST_CASE("a plugin that is the backend itself is an error", "[workspace]") {
  ShopTree shop;
  shop.link("node_modules/shop-backend", "../backend");
  CHECK(only(shop.plugin_problems("['backend']")).message ==
        "plugin 'backend' is the backend itself");
  CHECK(only(shop.plugin_problems("['shop-backend']")).message ==
        "plugin 'shop-backend' is the backend itself");
}

TEST_CASE("an invalid package.json is shown at its place", "[workspace]") {
  ShopTree shop;
  shop.write("plugins/a/package.json", "{\n  \"name\": \"\xC3\xBC\xC3\xBC\", version: \"1\"\n}\n");
  const Diagnostic problem = only(shop.problems());
  CHECK_THAT(problem.message, Contains("plugins/a/package.json"));
  CHECK(problem.location->file == shop.root() / "plugins/a/package.json");
  CHECK(problem.location->line == 2);
  CHECK(problem.location->column == 17);
  CHECK(problem.location->text == "  \"name\": \"\xC3\xBC\xC3\xBC\", version: \"1\"");
  CHECK_THAT(problem.notes.at(0), Contains("invalid literal"));
  CHECK_THAT(problem.notes.at(0), !Contains("json.exception"));
  CHECK_THAT(problem.notes.at(0), !Contains("line 2"));
}

TEST_CASE("a package.json that ends early, is empty or no object is an error", "[workspace]") {
  for (const char* text : {"", "{", "{\"name\": \"a\",", "[]", "\"a\"", "{\"name\": \"\xff\"}"}) {
    CAPTURE(text);
    ShopTree shop;
    shop.write("plugins/a/package.json", text);
    const Diagnostic problem = only(shop.problems());
    CHECK(problem.location->line == 1);
    CHECK(problem.location->column >= 1);
    CHECK_FALSE(problem.notes.at(0).empty());
  }
}

TEST_CASE("a package.json that cannot be read is an error", "[workspace]") {
  ShopTree shop;
  shop.folder("plugins/a/package.json");
  shop.package("plugins/b", "b");
  const std::vector<Diagnostic> problems = shop.problems();
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].message, Contains("plugins/a/package.json"));
}

TEST_CASE("two members with one name are an error that names both", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/a", "same");
  shop.package("plugins/b", "same");
  const Diagnostic problem = only(shop.plugin_problems("['plugins/a',\n'plugins/b']"));
  CHECK(problem.message == "two members are named 'same'");
  CHECK(problem.notes == std::vector<std::string>{"plugin 'plugins/a'", "plugin 'plugins/b'"});
  CHECK(problem.hint == "change \"name\" in plugins/b/package.json");
  check_place(problem, 3, 1);
}

TEST_CASE("a plugin with the backend's or an installed member's name is an error", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/a", "shop-backend");
  CHECK(only(shop.problems()).notes ==
        std::vector<std::string>{"plugin 'plugins/a'", "backend 'backend'"});

  shop.package("plugins/a", "p");
  shop.package("node_modules/p", "p");
  CHECK(only(shop.plugin_problems("['plugins/a', 'p']")).hint ==
        "change \"name\" in plugins/a/package.json");
}

TEST_CASE("all problems of a workspace come together", "[workspace]") {
  ShopTree shop;
  shop.package("backend", "b");
  shop.write("plugins/a/package.json", "{");
  shop.write("plugins/b/index.js", "");
  shop.package("plugins/c", "same");
  shop.package("plugins/d", "same");
  const auto problems =
      shop.plugin_problems("['plugins/a', 'plugins/*', './gone', 'not-installed', 'a']");
  std::vector<std::string> messages;
  for (const Diagnostic& problem : problems) {
    CHECK(problem.code == ErrorCode::Workspace);
    messages.push_back(problem.message);
  }
  CHECK(messages == std::vector<std::string>{
                        "backend 'backend' does not depend on '@medusajs/medusa'",
                        '\'' + (shop.root() / "plugins/a/package.json").string() +
                            "' is not a valid package.json",
                        "plugin 'plugins/b' requires a package.json file",
                        "plugin folder './gone' does not exist",
                        "unable to find plugin 'not-installed'",
                        "two members are named 'same'",
                    });
}

TEST_CASE("without a backend folder nothing is said about packages it may have installed",
          "[workspace]") {
  ShopTree shop;
  const auto problems =
      shop.problems("[workspace]\nbackend = 'gone'\nplugins = ['not-installed']\n");
  CHECK(only(problems).message == "no backend at 'gone'");
}

TEST_CASE("a Medusa that is not Medusa 1 is an error", "[workspace]") {
  ShopTree shop;
  shop.write("node_modules/@medusajs/medusa/package.json",
             R"({"name": "@medusajs/medusa", "version": "2.4.0"})");
  const Diagnostic problem = only(shop.problems());
  CHECK(problem.message == "Medusa 2 is installed: this program is for Medusa 1");
  CHECK(problem.hint == "cd backend && npm install @medusajs/medusa@1");
  // A fork's numbers are its own; and some packages in a checkout have none.
  for (const char* package : {R"({"name": "@acme/medusa", "version": "7.0.0"})",
                              R"({"name": "@medusajs/medusa"})",
                              R"({"name": "@medusajs/medusa", "version": "1.20.11"})"}) {
    shop.write("node_modules/@medusajs/medusa/package.json", package);
    CHECK(shop.problems().empty());
  }
}

TEST_CASE("a pattern that matches nothing is a warning", "[workspace]") {
  ShopTree shop;
  CHECK(shop.load().warnings.empty());
  CHECK(shop.load_plugins("['plugins/*']").warnings.empty());
  const std::vector<Diagnostic> warnings = shop.load_plugins("['plugins/*', 'plugin/*']").warnings;
  const Diagnostic warning = only(warnings);
  CHECK(warning.message == "the pattern 'plugin/*' matches no folder");
  check_place(warning, 2, 25);
  shop.package("plugin/a", "a");
  CHECK(shop.load_plugins("['plugins/*', 'plugin/*']").warnings.empty());
}

TEST_CASE("a module that is not installed is an error with the version for Medusa 1",
          "[workspace]") {
  const ShopTree shop;
  const Diagnostic problem =
      only(shop.problems("[workspace]\nmodules = ['@medusajs/inventory']\n"));
  CHECK(problem.message == "the module '@medusajs/inventory' is not installed");
  CHECK(problem.hint == "cd backend && npm install @medusajs/inventory@1");
  check_place(problem, 2, 12);
}

TEST_CASE("a module is named by its npm package", "[workspace]") {
  ShopTree shop;
  shop.package("modules/stock", "stock");
  const Diagnostic problem = only(shop.problems("[workspace]\nmodules = ['./modules/stock']\n"));
  CHECK(problem.message == "module './modules/stock' is not the name of an npm package");
  check_place(problem, 2, 12);
}

TEST_CASE("a plugin cannot be a module as well", "[workspace]") {
  ShopTree shop;
  shop.package("node_modules/p", "p");
  const Diagnostic problem = only(shop.problems("[workspace]\nplugins = ['p']\nmodules = ['p']\n"));
  CHECK(problem.message == "module 'p' takes part already");
  CHECK_THAT(problem.notes.at(0), Contains("plugin 'node_modules/p'"));
  CHECK(problem.hint == "remove 'p' from 'modules' under [workspace]");
  check_place(problem, 3, 12);
}

}  // namespace medusa
