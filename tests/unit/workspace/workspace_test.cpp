// SPDX-License-Identifier: MIT
// Which members are found, in which order, in which layouts.
#include "medusa/workspace/workspace.hpp"

#include <catch2/catch.hpp>

#include "shop_tree.hpp"

namespace medusa {

using test::plugin_names;
using test::ShopTree;
using Names = std::vector<std::string>;

TEST_CASE("the members are core, the plugins and the backend, in this order", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/b", "medusa-plugin-b");
  shop.package("plugins/a", "medusa-plugin-a");
  const Workspace workspace = shop.load("[workspace]\nname = 'shop'\n");
  CHECK(workspace.name == "shop");
  CHECK(workspace.root == shop.root());
  REQUIRE(workspace.members.size() == 4);
  const auto& members = workspace.members;
  CHECK(&workspace.core() == &members[0]);
  CHECK(members[0].name == "@medusajs/medusa");
  CHECK(members[0].version == "1.2.3");
  CHECK(members[0].root == shop.root() / "node_modules/@medusajs/medusa");
  CHECK(members[0].role == Role::Core);
  CHECK(members[0].installed);
  CHECK(members[1].name == "medusa-plugin-a");
  CHECK(members[1].root == shop.root() / "plugins/a");
  CHECK(members[1].role == Role::Plugin);
  CHECK_FALSE(members[1].installed);
  CHECK(members[2].name == "medusa-plugin-b");
  CHECK(&workspace.backend() == &members[3]);
  CHECK(members[3].name == "shop-backend");
  CHECK(members[3].root == shop.root() / "backend");
  CHECK(members[3].role == Role::Backend);
}

TEST_CASE("plugins come in configured order and a repeated folder only once", "[workspace]") {
  ShopTree shop;
  for (const char* name : {"a", "b", "c"}) {
    shop.package("plugins/" + std::string(name), name);
  }
  CHECK(plugin_names(shop.load_plugins("['plugins/c', 'plugins/*', './plugins/a/']")) ==
        Names{"c", "a", "b"});
  CHECK(plugin_names(shop.load_plugins("['plugins/?', 'c']")) == Names{"a", "b", "c"});
  CHECK(plugin_names(shop.load_plugins("[]")).empty());
}

TEST_CASE("a pattern that matches nothing is fine", "[workspace]") {
  const ShopTree shop;
  CHECK(plugin_names(shop.load()).empty());
  CHECK(plugin_names(shop.load_plugins("['extensions/*/x-?']")).empty());
}

TEST_CASE("a pattern passes over files, hidden, empty and left-over folders", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/a", "a");
  shop.write("plugins/README.md", "");
  shop.write("plugins/.cache/index", "");
  shop.folder("plugins/empty");
  shop.write("plugins/left/node_modules/x/index.js", "");
  shop.write("plugins/left/.DS_Store", "");
  CHECK(plugin_names(shop.load()) == Names{"a"});
  CHECK(plugin_names(shop.load_plugins("['plugins/.*', 'plugins/*']")) == Names{"a"});
}

TEST_CASE("a pattern that matches the backend or core does not make them plugins", "[workspace]") {
  ShopTree shop;
  shop.package("packages/a", "a");
  shop.package("packages/server", "server", R"(, "devDependencies": {"@medusajs/medusa": "*"})");
  const Workspace workspace = shop.load(
      "[workspace]\nbackend = 'packages/server'\nplugins = ['packages/*', "
      "'node_modules/@medusajs/*', 'node_modules/@medusajs/medusa']\n");
  CHECK(plugin_names(workspace) == Names{"a"});
  CHECK(workspace.backend().name == "server");
}

TEST_CASE("an entry is a path first, then a folder in plugins, then a package", "[workspace]") {
  ShopTree shop;
  shop.package("x", "at-root");
  shop.package("plugins/x", "in-plugins");
  shop.package("plugins/y", "in-plugins-y");
  shop.package("plugins/@scope/s", "@scope/local");
  for (const char* name : {"x", "y", "z", "@scope/s"}) {
    shop.package("node_modules/" + std::string(name), "npm-" + std::string(name));
  }
  CHECK(plugin_names(shop.load_plugins("['x', 'y', 'z', '@scope/s']")) ==
        Names{"at-root", "in-plugins-y", "npm-z", "@scope/local"});
}

TEST_CASE("a folder whose name looks like a pattern is taken literally", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/[a]*", "odd");
  shop.package("plugins/[a]b", "other");
  shop.package("plugins/q?", "question");
  CHECK(plugin_names(shop.load_plugins("['plugins/[a]*', 'plugins/q?']")) ==
        Names{"odd", "question"});
}

TEST_CASE("absolute folders and folders outside the workspace are members too", "[workspace]") {
  ShopTree shop;
  test::TemporaryTree outside;
  outside.write("p/package.json", R"({"name": "outside"})");
  const auto problems = shop.plugin_problems("['" + (outside.root() / "p").string() + "']");
  CHECK(problems.empty());
  CHECK(plugin_names(shop.load_plugins("['" + (outside.root() / "*").string() + "']")) ==
        Names{"outside"});
}

TEST_CASE("the backend can be the workspace's own folder", "[workspace]") {
  ShopTree shop;
  shop.package(".", "single", R"(, "dependencies": {"@medusajs/medusa": "1"})");
  shop.package("plugins/a", "a");
  const Workspace workspace = shop.load("workspace.backend = '.'");
  CHECK(workspace.backend().root == shop.root());
  CHECK(plugin_names(workspace) == Names{"a"});
}

TEST_CASE("installed plugins are found in npm's nested layout", "[workspace]") {
  ShopTree shop;
  shop.package("backend/node_modules/p", "p", R"(, "main": "x")");
  shop.package("node_modules/p", "hoisted");
  const Workspace workspace = shop.load_plugins("['p']");
  REQUIRE(workspace.members.size() == 3);
  CHECK(workspace.members[1].name == "p");
  CHECK(workspace.members[1].root == shop.root() / "backend/node_modules/p");
  CHECK(workspace.members[1].installed);
}

TEST_CASE("a workspace package that npm links into node_modules is not installed", "[workspace]") {
  ShopTree shop;
  shop.package("packages/p", "medusa-plugin-p");
  shop.link("node_modules/medusa-plugin-p", "../packages/p");
  const Workspace workspace = shop.load_plugins("['medusa-plugin-p', 'packages/*']");
  REQUIRE(workspace.members.size() == 3);
  CHECK(workspace.members[1].root == shop.root() / "packages/p");
  CHECK_FALSE(workspace.members[1].installed);
}

TEST_CASE("pnpm's links lead to installed members in its store", "[workspace]") {
  ShopTree shop;
  std::filesystem::remove_all(shop.root() / "node_modules");
  const std::string store = "node_modules/.pnpm/";
  shop.package(store + "@medusajs+medusa@1.20.11/node_modules/@medusajs/medusa",
               "@medusajs/medusa");
  shop.package(store + "p@2.0.0/node_modules/p", "p");
  shop.link("backend/node_modules/@medusajs/medusa",
            "../../../" + store + "@medusajs+medusa@1.20.11/node_modules/@medusajs/medusa");
  shop.link("backend/node_modules/p", "../../" + store + "p@2.0.0/node_modules/p");
  const Workspace workspace = shop.load_plugins("['p']");
  REQUIRE(workspace.members.size() == 3);
  CHECK(workspace.core().root ==
        shop.root() / (store + "@medusajs+medusa@1.20.11/node_modules/@medusajs/medusa"));
  CHECK(workspace.core().installed);
  CHECK(workspace.members[1].root == shop.root() / (store + "p@2.0.0/node_modules/p"));
  CHECK(workspace.members[1].installed);
}

TEST_CASE("a workspace that itself lies in node_modules has members that are not installed",
          "[workspace]") {
  ShopTree shop;
  shop.package("node_modules/ws/backend", "b", R"(, "dependencies": {"@medusajs/medusa": "1"})");
  shop.package("node_modules/ws/plugins/p", "p");
  const Workspace workspace =
      load_workspace(parse_config("", shop.root() / "node_modules/ws/medusa.toml"));
  CHECK(workspace.core().installed);
  CHECK_FALSE(workspace.members[1].installed);
  CHECK_FALSE(workspace.backend().installed);
}

TEST_CASE("a workspace reached through a link has the real folders", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/a", "a");
  test::TemporaryTree elsewhere;
  elsewhere.link("current", shop.root());
  const Workspace workspace =
      load_workspace(parse_config("", elsewhere.root() / "current/medusa.toml"));
  CHECK(workspace.root == shop.root());
  CHECK(workspace.members[1].root == shop.root() / "plugins/a");
}

TEST_CASE("a package without a name is named after its folder", "[workspace]") {
  ShopTree shop;
  shop.write("plugins/nameless/package.json", "{}");
  shop.write("plugins/odd/package.json", R"({"name": 5, "version": null})");
  shop.write("plugins/marked/package.json", "\xEF\xBB\xBF{\"name\": \"marked\"}");
  const Workspace workspace = shop.load();
  CHECK(plugin_names(workspace) == Names{"marked", "nameless", "odd"});
  CHECK(workspace.members[2].version.empty());
}

TEST_CASE("another core package can be configured", "[workspace]") {
  ShopTree shop;
  shop.package("backend", "b", R"(, "dependencies": {"@acme/medusa": "1"})");
  shop.package("backend/node_modules/@acme/medusa", "@acme/medusa");
  CHECK(shop.load("workspace.core = '@acme/medusa'").core().root ==
        shop.root() / "backend/node_modules/@acme/medusa");
}

TEST_CASE("modules come after the backend, in configured order and once each", "[workspace]") {
  ShopTree shop;
  shop.package("node_modules/@medusajs/inventory", "@medusajs/inventory");
  shop.package("backend/node_modules/stock", "stock");
  const Workspace workspace =
      shop.load("[workspace]\nplugins = []\nmodules = ['stock', '@medusajs/inventory', 'stock']\n");
  REQUIRE(workspace.members.size() == 4);
  CHECK(workspace.backend().name == "shop-backend");
  const Member& stock = workspace.members[2];
  CHECK(stock.name == "stock");
  CHECK(stock.role == Role::Module);
  CHECK(stock.root == shop.root() / "backend/node_modules/stock");
  CHECK(stock.installed);
  REQUIRE(stock.configured.has_value());
  CHECK(stock.configured->line == 3);
  CHECK(stock.configured->column == 12);
  CHECK(workspace.members[3].name == "@medusajs/inventory");
  CHECK(shop.load().members.size() == 2);
}

}  // namespace medusa
