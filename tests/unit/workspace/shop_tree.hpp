// SPDX-License-Identifier: MIT
// A small workspace on disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "medusa/config/load.hpp"
#include "medusa/workspace/workspace.hpp"

#include "../config/temporary_tree.hpp"

namespace medusa::test {

/// A workspace with a backend that depends on core, hoisted as npm and yarn do it.
class ShopTree : public TemporaryTree {
 public:
  ShopTree() {
    package("backend", "shop-backend", R"(, "dependencies": {"@medusajs/medusa": "1.20.11"})");
    package("node_modules/@medusajs/medusa", "@medusajs/medusa");
  }

  /// Writes the package.json of `folder`; `more` is the text of further fields.
  std::filesystem::path package(const std::filesystem::path& folder,
                                const std::string& name,
                                const std::string& more = {}) {
    return write(folder / "package.json",
                 R"({"name": ")" + name + R"(", "version": "1.2.3")" + more + '}');
  }

  /// Loads the workspace that this medusa.toml describes.
  [[nodiscard]] Workspace load(const std::string& toml = {}) const {
    return load_workspace(parse_config(toml, root() / "medusa.toml"));
  }

  /// Loads with this value of `plugins`.
  [[nodiscard]] Workspace load_plugins(const std::string& plugins) const {
    return load("[workspace]\nplugins = " + plugins + '\n');
  }

  [[nodiscard]] std::vector<Diagnostic> problems(const std::string& toml = {}) const {
    return problems_of([&] { (void)load(toml); });
  }

  [[nodiscard]] std::vector<Diagnostic> plugin_problems(const std::string& plugins) const {
    return problems_of([&] { (void)load_plugins(plugins); });
  }
};

/// The names of the plugins, in order.
inline std::vector<std::string> plugin_names(const Workspace& workspace) {
  std::vector<std::string> names;
  for (const Member& member : workspace.members) {
    if (member.role == Role::Plugin) {
      names.push_back(member.name);
    }
  }
  return names;
}

}  // namespace medusa::test
