// SPDX-License-Identifier: MIT
#include "medusa/workspace/resolve_package.hpp"

#include <catch2/catch.hpp>

#include "../config/temporary_tree.hpp"

namespace medusa {

TEST_CASE("a nested package is found before a hoisted one", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("node_modules/a/package.json", "{}");
  tree.write("node_modules/b/package.json", "{}");
  tree.write("backend/node_modules/a/package.json", "{}");
  CHECK(resolve_package(tree.root() / "backend", "a") == tree.root() / "backend/node_modules/a");
  CHECK(resolve_package(tree.root() / "backend", "b") == tree.root() / "node_modules/b");
  CHECK(resolve_package(tree.root() / "backend/src/not/there", "a") ==
        tree.root() / "backend/node_modules/a");
  CHECK(resolve_package(tree.root(), "a") == tree.root() / "node_modules/a");
  CHECK(resolve_package(tree.root() / "backend", "c") == std::nullopt);
}

TEST_CASE("a scoped package is found", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("node_modules/@scope/a/package.json", "{}");
  CHECK(resolve_package(tree.root() / "x", "@scope/a") == tree.root() / "node_modules/@scope/a");
  CHECK(resolve_package(tree.root() / "x", "@scope") == std::nullopt);
}

TEST_CASE("a folder without package.json is passed over, as Node does", "[workspace]") {
  test::TemporaryTree tree;
  tree.folder("backend/node_modules/a/dist");
  tree.write("node_modules/a/package.json", "{}");
  CHECK(resolve_package(tree.root() / "backend", "a") == tree.root() / "node_modules/a");
}

TEST_CASE("a package's own dependencies are found beside it", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("node_modules/a/package.json", "{}");
  tree.write("node_modules/b/package.json", "{}");
  // node_modules/node_modules is not a place, but node_modules of the folder above is.
  CHECK(resolve_package(tree.root() / "node_modules/a", "b") == tree.root() / "node_modules/b");
  tree.write("node_modules/node_modules/c/package.json", "{}");
  CHECK(resolve_package(tree.root() / "node_modules/a", "c") == std::nullopt);
}

TEST_CASE("pnpm's links lead to the store, and from there to its neighbours", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("node_modules/.pnpm/a@1.0.0/node_modules/a/package.json", "{}");
  tree.write("node_modules/.pnpm/b@2.0.0/node_modules/b/package.json", "{}");
  tree.link("node_modules/.pnpm/a@1.0.0/node_modules/b", "../../b@2.0.0/node_modules/b");
  tree.link("backend/node_modules/a", "../../node_modules/.pnpm/a@1.0.0/node_modules/a");
  const auto a = resolve_package(tree.root() / "backend", "a");
  REQUIRE(a.has_value());
  CHECK(*a == tree.root() / "node_modules/.pnpm/a@1.0.0/node_modules/a");
  CHECK(resolve_package(*a, "b") == tree.root() / "node_modules/.pnpm/b@2.0.0/node_modules/b");
  CHECK(resolve_package(tree.root() / "backend", "b") == std::nullopt);
}

TEST_CASE("an npm workspace's link leads to the workspace's own folder", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("plugins/a/package.json", "{}");
  tree.link("node_modules/a", "../plugins/a");
  CHECK(resolve_package(tree.root() / "backend", "a") == tree.root() / "plugins/a");
}

TEST_CASE("resolution starts from the real folder of a linked one", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("real/node_modules/a/package.json", "{}");
  tree.folder("real/backend");
  tree.link("shop/backend", "../real/backend");
  CHECK(resolve_package(tree.root() / "shop/backend", "a") == tree.root() / "real/node_modules/a");
}

TEST_CASE("a path is not a package's name", "[workspace]") {
  test::TemporaryTree tree;
  tree.write("a/package.json", "{}");
  tree.folder("node_modules");
  CHECK(resolve_package(tree.root(), "../a") == std::nullopt);
  CHECK(resolve_package(tree.root(), "./a") == std::nullopt);
  CHECK(resolve_package(tree.root(), (tree.root() / "a").string()) == std::nullopt);
  CHECK(resolve_package(tree.root(), "") == std::nullopt);
}

}  // namespace medusa
