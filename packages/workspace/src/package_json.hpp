// SPDX-License-Identifier: MIT
// The few fields of a package.json that matter here.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "medusa/core/order_declaration.hpp"

namespace medusa {

struct PackageJson {
  std::string name = {};                    ///< Empty if there is none.
  std::string version = {};                 ///< Empty if there is none.
  std::set<std::string> dependencies = {};  ///< Names in dependencies and devDependencies.
  /// What "medusa": {"migrations": ...} declares. The subject is a migration's name; empty: the
  /// package itself.
  std::vector<OrderDeclaration> order = {};
};

/// The package.json of `folder`, or nothing if there is none.
/// @throws Error with ErrorCode::Workspace at the offending place if it is not valid.
[[nodiscard]] std::optional<PackageJson> read_package_json(const std::filesystem::path& folder);

}  // namespace medusa
