// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/order_declaration.hpp"

namespace medusa {

/// The part a member plays in the workspace.
enum class Role {
  Core,     ///< Medusa itself.
  Plugin,   ///< An entry of `plugins`.
  Backend,  ///< The shop's own code.
  Module,   ///< A Medusa module, whose migrations are those that its definition lists.
};

/// "core", "plugin", "backend" or "module".
[[nodiscard]] std::string_view to_string(Role role);

/// A package that may ship migrations.
struct Member {
  std::string name = {};            ///< `name` of its package.json, else its folder's name.
  std::string version = {};         ///< `version` of its package.json; may be empty.
  std::filesystem::path root = {};  ///< Its folder without symbolic links, as Node sees it.
  Role role = Role::Plugin;
  /// Whether it lies in a node_modules folder: then it comes built, and is never written to. A
  /// workspace's own package that npm links into node_modules is not installed.
  bool installed = false;
  std::optional<Location> configured = {};  ///< The place in medusa.toml that names it, if any.
  /// What its package.json declares about the order of its migrations.
  std::vector<OrderDeclaration> order = {};
};

}  // namespace medusa
