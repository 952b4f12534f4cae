// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "medusa/catalog/lowered.hpp"
#include "medusa/execute/executor.hpp"

#include "step_connection.hpp"
#include "work_session.hpp"

namespace medusa {

/// What running one step needs to know.
struct StepContext {
  StepConnection& connection;
  WorkSession& session;
  ScriptHost& host;
  const ExecutorOptions& options;
  Direction direction = Direction::Up;
  bool in_transaction = true;
};

/// Runs an SQL migration's statements and returns them. @throws StepRefusal; Error with
///   ErrorCode::Migration, or what Connection::execute throws for a lost connection or a signal.
Lowering run_sql_step(const PlanStep& step, const StepContext& context);

/// Runs a JavaScript migration as the SQL it was recorded to send, and returns that. Nothing, and
/// nothing done, if that direction was not lowered or is only sound in a transaction. Throws
/// likewise.
[[nodiscard]] std::optional<Lowering> run_lowered_step(const PlanStep& step,
                                                       const StepContext& context);

/// Has the host get ready, if the plan has a step for it, while the steps before that one run.
void warm_up_host(ScriptHost& host, const Plan& plan, const ExecutorOptions& options);

/// Runs a JavaScript migration in the host. Throws likewise.
void run_script_step(const PlanStep& step, const StepContext& context);

}  // namespace medusa
