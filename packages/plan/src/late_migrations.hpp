// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/core/late_policy.hpp"
#include "medusa/plan/prediction.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// By pending migration: whether it comes late, and if so, whether that matters. A late migration
/// is compared with everything applied that would run after it on a new database: what has a higher
/// timestamp, than it and than what it would have to wait for. What is missing is compared, too.
/// @param live the database as it is.
[[nodiscard]] std::vector<LateVerdict> late_verdicts(const KnownMigrations& known,
                                                     const History& history,
                                                     const SchemaSnapshot& live);

/// Why a late migration that is not proven safe does not run under the policy "refuse".
[[nodiscard]] Diagnostic late_refusal(const Migration& migration, const LateVerdict& verdict);

}  // namespace medusa
