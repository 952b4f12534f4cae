// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/plan/plan.hpp"

namespace medusa {

/// Why what a migration waited for stands where that stands, and so on; a line each. What the
/// migration itself waited for is PlanStep::reason.
[[nodiscard]] std::vector<std::string> chain_text(const std::vector<StepCause>& causes);

}  // namespace medusa
