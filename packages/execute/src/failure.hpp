// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/core/error.hpp"
#include "medusa/database/sql_error.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// "cannot apply/revert member/name: <reason>", with ErrorCode::Migration and the step's file.
[[nodiscard]] Diagnostic step_failure(const PlanStep& step,
                                      Direction direction,
                                      const std::string& reason);

/// Adds what the server said about `statement`: SQLSTATE, its line with a caret, detail and hint.
void describe_sql_error(Diagnostic& diagnostic,
                        const SqlErrorFields& error,
                        const std::string& statement);

}  // namespace medusa
