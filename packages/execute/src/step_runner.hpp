// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/event.hpp"
#include "medusa/execute/executor.hpp"

#include "pipelined_steps.hpp"
#include "step.hpp"
#include "step_connection.hpp"
#include "work_session.hpp"

namespace medusa {

/// Runs a plan's steps one after the other, each with its record in the history and its events.
class StepRunner {
 public:
  /// All references must outlive it.
  StepRunner(const Plan& plan,
             WorkSession& session,
             RunLock& lock,
             ScriptHost& host,
             ExecutionObserver& observer,
             const ExecutorOptions& options);

  /// Runs the next step, in the open transaction or outside of any. Outside, the lock is looked at
  /// before each statement. Inside, a step of which all is known may end later, during a later
  /// call; what is thrown may be its failure. @throws StepRefusal; Error; SqlError if a step could
  /// not be
  ///   recorded.
  void run(const PlanStep& step, bool in_transaction);

  /// Waits for the end of all steps of the transaction. Throws likewise.
  void settle() { pipelined_.settle(); }

  /// Says that the running step failed, if one did.
  void tell_failure(Diagnostic& problem);

  /// Forgets that steps after `position` began.
  void rewind(std::size_t position);

  /// The step that runs, or ran when something went wrong; null between steps.
  [[nodiscard]] const PlanStep* current() const { return current_; }

  /// How many steps began.
  [[nodiscard]] std::size_t position() const { return position_; }

  /// How many of them ended.
  [[nodiscard]] std::size_t finished() const { return position_ - (current_ != nullptr ? 1 : 0); }

 private:
  void begin(const PlanStep& step);
  void end(const PlanStep& step, std::chrono::microseconds duration);
  StepConnection::Listener listener();
  std::optional<Lowering> run_code(const PlanStep& step, const StepContext& context);
  void run_script(const PlanStep& step, const StepContext& context);
  void hand_on_printed(const PlanStep& step);
  void refuse_open_transaction(const PlanStep& step);
  StepConnection::Guard guard(bool in_transaction);
  void record(const PlanStep& step,
              const std::optional<Lowering>& lowering,
              std::chrono::microseconds duration);

  WorkSession& session_;
  RunLock& lock_;
  ScriptHost& host_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  Direction direction_;
  std::size_t total_;
  std::size_t position_ = 0;
  const PlanStep* current_ = nullptr;
  PipelinedSteps pipelined_;
};

}  // namespace medusa
