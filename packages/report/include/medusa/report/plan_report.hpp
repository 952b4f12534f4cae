// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/plan.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers `migrations plan`: the steps with their reasons and transactions, the warnings and a
/// summary, or one JSON object on one line (README.md of this package).
void render_plan(const Plan& plan, Terminal& terminal);

}  // namespace medusa
