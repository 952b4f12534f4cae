// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace medusa {

/// Finds an installed package as `require.resolve("NAME/package.json")` would from a file in the
/// folder `from`: in node_modules of it and of every folder above it. Returns the package's root
/// with symbolic links resolved, so pnpm's and workspaces' links lead to the real folder. Unlike
/// Node it also finds a package whose `exports` hide its package.json.
///
/// `from` need not exist. NODE_PATH and Yarn's Plug'n'Play are not looked at.
[[nodiscard]] std::optional<std::filesystem::path> resolve_package(
    const std::filesystem::path& from, const std::string& name);

}  // namespace medusa
