// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/plan.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers `migrations plan`: the steps with their reasons and transactions, the warnings and a
/// summary, or one JSON object on one line (README.md of this package).
void render_plan(const Plan& plan, Terminal& terminal);

/// Answers `migrations plan --sql`: the whole upgrade as SQL, each migration under a comment that
/// names it; what is dynamic says so. In JSON the plan with `statements` in each step.
/// @throws as load_lowering.
void render_plan_sql(const Plan& plan, Terminal& terminal);

}  // namespace medusa
