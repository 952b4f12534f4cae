// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

#include "medusa/system/process.hpp"

namespace medusa {

/// The user that a server of ours runs as: nothing if we are not root (it runs as us), else
/// `postgres` if there is such a user, else `nobody`. PostgreSQL refuses to run as root.
/// @throws Error with ErrorCode::Database if we are root and there is neither.
[[nodiscard]] std::optional<ProcessUser> unprivileged_user();

/// Whether the user may pass through the folder and all above it. Looks at modes only: an access
/// control list that says more is not seen.
[[nodiscard]] bool can_enter(const std::filesystem::path& folder, const ProcessUser& user);

}  // namespace medusa
