// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/plan/planned_hazard.hpp"

namespace medusa {

/// What happens to whom. @param planned has the table, its size and the work.
[[nodiscard]] std::string hazard_text(const Hazard& hazard, const PlannedHazard& planned);

}  // namespace medusa
