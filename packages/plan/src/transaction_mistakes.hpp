// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// Takes out of the plan's hazards the steps that begin or end the transaction in which they run,
/// whatever the database answers to their questions: what would be refused when it runs, and no
/// comment allows. Also those of which only the build saw the statement. In the order of the plan.
[[nodiscard]] std::vector<Diagnostic> take_transaction_mistakes(Plan& plan);

}  // namespace medusa
