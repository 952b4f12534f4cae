// SPDX-License-Identifier: MIT
#include "medusa/workspace/migration_places.hpp"

#include <catch2/catch.hpp>

#include "../config/temporary_tree.hpp"

namespace medusa {

namespace {

/// A member at the tree's root in which these folders exist.
struct Case {
  Case(Role role, const std::vector<const char*>& folders, bool installed = false) {
    for (const char* folder : folders) {
      tree.folder(folder);
    }
    places =
        migration_places({.name = "m", .root = tree.root(), .role = role, .installed = installed});
  }

  test::TemporaryTree tree = {};
  MigrationPlaces places = {};
};

}  // namespace

TEST_CASE("core's migrations are in dist/migrations", "[workspace]") {
  const Case core(Role::Core, {"dist/migrations", "migrations"}, true);
  CHECK(core.places.collected == core.tree.root() / "dist/migrations");
  CHECK_FALSE(core.places.source.has_value());
  CHECK_FALSE(core.places.warning.has_value());
}

TEST_CASE("a plugin's sources are built into dist/migrations", "[workspace]") {
  const Case plugin(Role::Plugin, {"src/migrations"});
  CHECK(plugin.places.source == plugin.tree.root() / "src/migrations");
  CHECK(plugin.places.collected == plugin.tree.root() / "dist/migrations");
}

TEST_CASE("a plugin's migrations folder wins over dist/migrations", "[workspace]") {
  const Case both(Role::Plugin, {"migrations", "dist/migrations"});
  CHECK(both.places.collected == both.tree.root() / "migrations");
  CHECK_FALSE(both.places.warning.has_value());

  const Case built(Role::Plugin, {"dist/migrations"});
  CHECK(built.places.collected == built.tree.root() / "dist/migrations");

  const Case none(Role::Plugin, {});
  CHECK(none.places.collected == none.tree.root() / "dist/migrations");
  CHECK_FALSE(none.places.source.has_value());
}

TEST_CASE("a plugin's sources beside a migrations folder are ignored with a warning",
          "[workspace]") {
  const Case plugin(Role::Plugin, {"src/migrations", "migrations"});
  CHECK(plugin.places.collected == plugin.tree.root() / "migrations");
  CHECK_FALSE(plugin.places.source.has_value());
  REQUIRE(plugin.places.warning.has_value());
  CHECK(plugin.places.warning->message ==
        "plugin 'm' has both 'src/migrations' and 'migrations': only 'migrations' is used");
  CHECK(plugin.places.warning->location->file == plugin.tree.root() / "src/migrations");
  CHECK_FALSE(plugin.places.warning->notes.empty());
  CHECK_FALSE(plugin.places.warning->hint.empty());
}

TEST_CASE("an installed plugin is never built and never warned about", "[workspace]") {
  const Case plugin(Role::Plugin, {"src/migrations", "migrations"}, true);
  CHECK(plugin.places.collected == plugin.tree.root() / "migrations");
  CHECK_FALSE(plugin.places.source.has_value());
  CHECK_FALSE(plugin.places.warning.has_value());
}

TEST_CASE("the backend's migrations are in dist/migrations, else dist/dist/migrations",
          "[workspace]") {
  const Case both(Role::Backend, {"dist/migrations", "dist/dist/migrations"});
  CHECK(both.places.collected == both.tree.root() / "dist/migrations");

  const Case nested(Role::Backend, {"dist/dist/migrations"});
  CHECK(nested.places.collected == nested.tree.root() / "dist/dist/migrations");

  const Case source(Role::Backend, {"dist/dist/migrations", "src/migrations"});
  CHECK(source.places.collected == source.tree.root() / "dist/migrations");
  CHECK(source.places.source == source.tree.root() / "src/migrations");

  const Case none(Role::Backend, {});
  CHECK(none.places.collected == none.tree.root() / "dist/migrations");
}

TEST_CASE("the backend's own migrations folder is not a place", "[workspace]") {
  const Case backend(Role::Backend, {"migrations", "src/migrations"});
  CHECK(backend.places.collected == backend.tree.root() / "dist/migrations");
  CHECK(backend.places.source == backend.tree.root() / "src/migrations");
  CHECK_FALSE(backend.places.warning.has_value());
}

TEST_CASE("a plugin is not looked for in dist/dist/migrations", "[workspace]") {
  const Case plugin(Role::Plugin, {"dist/dist/migrations"});
  CHECK(plugin.places.collected == plugin.tree.root() / "dist/migrations");
}

TEST_CASE("a module has no folder of migrations: files anywhere in it may be listed",
          "[workspace]") {
  const Case module(Role::Module, {"src/migrations", "migrations", "dist/migrations"});
  CHECK(module.places.collected == module.tree.root());
  CHECK_FALSE(module.places.source.has_value());
  CHECK_FALSE(module.places.warning.has_value());
}

}  // namespace medusa
