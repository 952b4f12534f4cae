// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/execute/foresight.hpp"
#include "medusa/execute/rehearsal.hpp"
#include "medusa/plan/plan.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers `migrations plan`: the steps with their reasons and transactions, what they will ask the
/// database and how it answers, the warnings and a summary, or one JSON object on one line
/// (README.md of this package).
void render_plan(const Plan& plan, const Foresight& foresight, Terminal& terminal);

/// Likewise, without questions.
void render_plan(const Plan& plan, Terminal& terminal);

/// Answers `migrations plan --sql`: the whole upgrade as SQL, each migration under a comment that
/// names it; what is dynamic says so. Of a guarded program the branch that this database takes is
/// SQL and the other one a comment; both are SQL where that is decided when it runs. In JSON the
/// plan with `statements` in each step.
/// @throws as load_lowering.
void render_plan_sql(const Plan& plan, const Foresight& foresight, Terminal& terminal);

/// Answers `migrations plan --sql --execute`: the same, with exactly what was sent.
void render_rehearsal(const Rehearsal& rehearsal, Terminal& terminal);

}  // namespace medusa
