// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// The hazards of an upgrade, step by step: tables that are empty, or that the upgrade creates, are
/// none, nor is what migrations or the configuration allow.
[[nodiscard]] std::vector<PlannedHazard> find_hazards(const Plan& plan, const UpgradeFacts& facts);

/// Why an upgrade with these is refused.
[[nodiscard]] std::vector<Diagnostic> hazard_refusals(const std::vector<PlannedHazard>& hazards);

}  // namespace medusa
