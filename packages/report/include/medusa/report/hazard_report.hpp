// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/report/terminal.hpp"
#include "medusa/sql/hazard.hpp"

namespace medusa {

/// What the rule means: the lock, why it hurts, the safer way.
void render_hazard(HazardRule rule, Terminal& terminal);

/// All rules, a line each.
void render_hazards(Terminal& terminal);

}  // namespace medusa
