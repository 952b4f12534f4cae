// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "medusa/config/config.hpp"

namespace medusa {

/// The existing folders in which a new or a missing name could give the workspace other members
/// than load_workspace found: those that patterns were matched in, those that a plugin or the core
/// was looked for in. May hold a folder twice.
[[nodiscard]] std::vector<std::filesystem::path> watched_folders(const Config& config);

}  // namespace medusa
