// SPDX-License-Identifier: MIT
// The members of the monorepo that a medusa.toml describes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "medusa/config/config.hpp"
#include "medusa/core/error.hpp"
#include "medusa/workspace/member.hpp"

namespace medusa {

/// The members in the order in which Medusa collects migrations: core, the plugins as configured
/// (what one pattern matches by name), the backend, the modules as configured. No two have the same
/// root or the same name.
struct Workspace {
  std::string name = {};
  std::filesystem::path root = {};  ///< The folder of medusa.toml, without symbolic links.
  std::vector<Member> members = {};
  std::vector<Diagnostic> warnings = {};  ///< What a person should know; nothing that stops us.

  /// @pre load_workspace made this.
  [[nodiscard]] const Member& core() const { return members.front(); }

  /// @pre load_workspace made this.
  [[nodiscard]] const Member& backend() const;
};

/// Finds every member on disk.
///
/// An entry of `plugins` is, in this order: a folder relative to the workspace (its name is taken
/// literally even if it contains `*`), a pattern, a folder in `plugins/`, a package that Node would
/// find from the backend. A folder that several entries name is one member, at the first place.
/// An entry of `modules` is a package that Node would find from the backend.
/// @throws Error with ErrorCode::Workspace carrying every problem found.
[[nodiscard]] Workspace load_workspace(const Config& config);

}  // namespace medusa
