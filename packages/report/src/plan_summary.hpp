// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/plan/plan.hpp"

namespace medusa {

/// "3 migrations to apply in 1 transaction".
[[nodiscard]] std::string plan_summary(const Plan& plan);

}  // namespace medusa
