// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/execute/foresight.hpp"
#include "medusa/execute/rehearsal.hpp"

#include "json.hpp"

namespace medusa {

/// The plan, with the questions of each step.
[[nodiscard]] Json plan_json(const Plan& plan, const Foresight& foresight);

/// And with the statements of each step. @throws as load_lowering.
[[nodiscard]] Json plan_sql_json(const Plan& plan, const Foresight& foresight);

/// And with the statements that each step sent.
[[nodiscard]] Json rehearsal_json(const Rehearsal& rehearsal);

}  // namespace medusa
