// SPDX-License-Identifier: MIT
// src/migrations to dist/migrations, and what is known about each migration. Incremental by
// content: Node is started only if something is stale.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "medusa/build/event.hpp"
#include "medusa/catalog/catalog.hpp"
#include "medusa/host/script_host.hpp"
#include "medusa/workspace/workspace.hpp"

namespace medusa {

struct BuildOptions {
  /// The member's own build command, run in its folder instead of the compiler; no shell is used.
  std::optional<std::string> command = {};
};

/// All members as they are after the build, in collection order.
struct BuildResult {
  std::vector<DescribedMember> members = {};
  std::vector<FlagDefinition> flags = {};  ///< Defined by the core package.
};

/// Brings every member up to date. Each member's output folder is replaced in one step, and only if
/// all of its sources are right; outputs without a source disappear with it. Two builds of one
/// workspace at a time wait for each other.
/// @throws Error with ErrorCode::Build carrying every problem in every member, ErrorCode::Host.
[[nodiscard]] BuildResult build(const Workspace& workspace,
                                const BuildOptions& options,
                                ScriptHost& host,
                                BuildObserver& observer);

}  // namespace medusa
