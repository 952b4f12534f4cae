// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/schema/schema_state.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// By pending migration: a line for each table of another member that it changes, and for each
/// object of another member that goes with what it drops.
/// @param after the schema after the upgrade.
[[nodiscard]] std::vector<std::vector<std::string>> notes_on_other_members(
    const KnownMigrations& known, const SchemaState& after);

}  // namespace medusa
