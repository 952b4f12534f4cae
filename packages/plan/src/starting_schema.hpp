// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/schema/schema_state.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// The database as it is, knowing who made what, and which functions pending migrations will make.
[[nodiscard]] SchemaState starting_schema(const KnownMigrations& known, const UpgradeFacts& facts);

}  // namespace medusa
