// SPDX-License-Identifier: MIT
// A migration that begins or ends a transaction itself, and runs in one of ours: nothing could be
// taken back any more, so it never runs.
#pragma once

#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/plan/edited_statement.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// @param statement its kind, e.g. "COMMIT"; empty: not known.
[[nodiscard]] Diagnostic own_transaction_refusal(const Migration& migration,
                                                 const std::string& statement,
                                                 const Location& place);

/// Of all steps of the plan, by their SQL: for plans without footprints. One for each migration.
[[nodiscard]] std::vector<Diagnostic> own_transaction_refusals(const Plan& plan,
                                                               const ProgramSource& programs);

}  // namespace medusa
