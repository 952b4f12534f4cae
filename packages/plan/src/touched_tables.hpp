// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/schema/schema_state.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// By pending migration: a line for each table of another member that it changes.
/// @param after the schema after the upgrade.
[[nodiscard]] std::vector<std::vector<std::string>> notes_on_foreign_tables(
    const KnownMigrations& known,
    const SchemaState& after);

}  // namespace medusa
