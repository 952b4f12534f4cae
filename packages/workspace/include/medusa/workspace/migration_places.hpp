// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

#include "medusa/core/error.hpp"
#include "medusa/workspace/member.hpp"

namespace medusa {

/// Where a member's migrations are.
struct MigrationPlaces {
  /// The folder they are written in, which the build turns into `collected`. Empty if there is
  /// nothing to build: an installed member, or one that has only built migrations.
  std::optional<std::filesystem::path> source = {};
  /// The folder whose migrations run: the one Medusa would read. It need not exist. Of a module it
  /// is the root, and its definition says which files in it run.
  std::filesystem::path collected = {};
  /// What a person should know about these places; nothing that stops us.
  std::optional<Diagnostic> warning = {};
};

/// Looks at the member's folders and decides as Medusa does.
[[nodiscard]] MigrationPlaces migration_places(const Member& member);

}  // namespace medusa
