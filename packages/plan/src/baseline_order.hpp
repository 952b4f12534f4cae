// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/history.hpp"
#include "medusa/plan/upgrade_facts.hpp"
#include "medusa/plan/upgrade_order.hpp"
#include "medusa/schema/schema_state.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// The schema that the applied migrations alone make of an empty database with the live one's
/// extensions and settings; the pending ones are announced.
[[nodiscard]] SchemaState replayed_schema(const KnownMigrations& known, const UpgradeFacts& facts);

/// The order in which what is pending would run on that schema. What nothing provides counts as
/// there: the live database may have it from elsewhere.
/// @throws Error as order_upgrade.
[[nodiscard]] UpgradeOrder baseline_order(const Catalog& catalog,
                                          const History& history,
                                          const KnownMigrations& known,
                                          const SchemaState& start);

}  // namespace medusa
