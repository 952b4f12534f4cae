// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

#include "medusa/postgres/binaries.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

/// Whether a cluster's data must survive a power failure from its first second on. Tests' need not.
enum class Durability { Kept, Forgotten };

/// Fills an empty folder with a new database cluster (initdb): UTF-8, superuser `medusa`, local
/// connections trusted and no others, settings for one developer's data.
///
/// The folder belongs to `user` (nothing: us), who runs initdb. Not atomic: give it a temporary
/// folder. What is there after a failure is useless.
/// @throws Error with ErrorCode::Database and what initdb said.
void initialize_cluster(const PostgresBinaries& binaries,
                        const std::filesystem::path& folder,
                        const std::optional<ProcessUser>& user,
                        Durability durability = Durability::Kept);

}  // namespace medusa
