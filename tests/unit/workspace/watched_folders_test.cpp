// SPDX-License-Identifier: MIT
#include "medusa/workspace/watched_folders.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// The watched folders inside the workspace, relative to it.
std::set<std::string> watched(const TemporaryWorkspace& folder,
                              const std::vector<std::string>& plugins) {
  Config config;
  config.root = folder.root();
  config.workspace.backend.value = "backend";
  config.workspace.core.value = "core";
  config.workspace.plugins.value.clear();
  for (const std::string& plugin : plugins) {
    config.workspace.plugins.value.push_back({.text = plugin});
  }
  std::set<std::string> names;
  for (const fs::path& path : watched_folders(config)) {
    CHECK(fs::is_directory(path));
    const fs::path relative = path.lexically_relative(folder.root());
    if (*relative.begin() != "..") {
      names.insert(relative.lexically_normal().string());
    }
  }
  return names;
}

using Names = std::set<std::string>;

/// A workspace whose core package is found in its own node_modules.
void make_core(const TemporaryWorkspace& folder) {
  folder.write("backend/package.json", "{}");
  folder.write("node_modules/core/package.json", "{}");
}

}  // namespace

TEST_CASE("folders that patterns look into are watched", "[workspace]") {
  const TemporaryWorkspace folder;
  make_core(folder);
  folder.write("plugins/a/b/package.json", "{}");
  CHECK(watched(folder, {"plugins/*"}) == Names{".", "plugins", "backend", "node_modules/core"});
  CHECK(watched(folder, {"plugins/*/*"}) ==
        Names{".", "plugins", "plugins/a", "backend", "node_modules/core"});
}

TEST_CASE("of a folder that does not exist, the nearest one is watched", "[workspace]") {
  const TemporaryWorkspace folder;
  make_core(folder);
  CHECK(watched(folder, {"deep/down/*"}) == Names{".", "backend", "node_modules/core"});
}

TEST_CASE("every node_modules in which a package could appear is watched", "[workspace]") {
  const TemporaryWorkspace folder;
  make_core(folder);
  folder.write("backend/node_modules/other/package.json", "{}");
  folder.write("node_modules/@shop/x/package.json", "{}");
  CHECK(watched(folder, {}) == Names{"backend/node_modules", "node_modules/core"});
  const Names with_plugin = watched(folder, {"@shop/plugin"});
  CHECK(with_plugin.contains("node_modules/@shop"));
  CHECK(with_plugin.contains("."));
}

}  // namespace medusa
