// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/database/sql_error.hpp"
#include "medusa/plan/plan.hpp"

#include "failure.hpp"

namespace medusa {

/// A statement that a step sends, whatever the server answers to those before it.
struct KnownStatement {
  LoweredStatement statement = {};
  /// The step's failure, if the server refuses the statement.
  std::function<StepRefusal(const SqlError&)> failure = {};
};

/// A step of which everything that it sends is known beforehand.
struct KnownStep {
  std::vector<KnownStatement> statements = {};
  Lowering lowering = {};  ///< The same, as it is recorded.
};

/// An SQL migration's statements. The step must outlive what is returned.
/// @throws Error with ErrorCode::Migration if it cannot run in that direction, or not
///   `in_transaction`; with ErrorCode::Build if the file is no SQL migration.
[[nodiscard]] KnownStep known_sql_step(const PlanStep& step,
                                       Direction direction,
                                       bool in_transaction);

/// What a lowered migration sends. Nothing if it asks the database, or that direction was not
/// lowered. Throws likewise.
[[nodiscard]] std::optional<KnownStep> known_lowered_step(const PlanStep& step,
                                                          Direction direction);

/// The step, if it runs in a transaction and all its statements can be sent without waiting for one
/// another's results. Nothing if it must run step by step, be it to tell what is wrong with it.
/// @param schema_leads whether unqualified names go where they went when it was recorded.
[[nodiscard]] std::optional<KnownStep> pipelined_step(const PlanStep& step,
                                                      Direction direction,
                                                      bool schema_leads);

}  // namespace medusa
