// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/event.hpp"
#include "medusa/execute/executor.hpp"

#include "journalled_step.hpp"
#include "pipelined_steps.hpp"
#include "step.hpp"
#include "step_connection.hpp"
#include "work_session.hpp"

namespace medusa {

/// How far a step came.
struct JournalledProgress {
  std::size_t done = 0;          ///< Statements, in this run and before.
  std::size_t open = 0;          ///< Number of the one of which it is not known what became; or 0.
  std::string transaction = {};  ///< Id of the one that records the step, once it began.
};

/// Runs a plan's steps one after the other, each with its record in the history and its events.
class StepRunner {
 public:
  /// All references must outlive it.
  /// @param give_way what JournalledStep::Events has it for.
  StepRunner(const Plan& plan,
             WorkSession& session,
             RunLock& lock,
             ScriptHost& host,
             ExecutionObserver& observer,
             const ExecutorOptions& options,
             std::function<void(LockRetry&, const SqlError&)> give_way);
  ~StepRunner();
  StepRunner(const StepRunner&) = delete;
  StepRunner& operator=(const StepRunner&) = delete;
  StepRunner(StepRunner&&) = delete;
  StepRunner& operator=(StepRunner&&) = delete;

  /// Runs the next step, in the open transaction. A step of which all is known may end later,
  /// during a later call; what is thrown may be its failure. @throws StepRefusal; Error; SqlError
  /// if a
  ///   step could not be recorded.
  void run(const PlanStep& step);

  /// Runs the next step outside the upgrade's transactions, with a journal, and records it; of the
  /// plan's last one the upgrade's end is part of the record. Throws likewise.
  void run_journalled(const PlanStep& step);

  /// Of the step that runs outside the upgrade's transactions, when something went wrong.
  [[nodiscard]] const JournalledProgress& journalled() const { return journalled_; }

  /// The step's record turned out to be committed after all.
  void conclude(const PlanStep& step) { end(step, std::chrono::microseconds(0)); }

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
  StepContext context_of(StepConnection& connection, bool in_transaction);
  void tell(const PlanStep& step, const LiveIndex& index, bool failed);
  void tell(const ServerNotice& notice);
  std::optional<Lowering> run_code(const PlanStep& step, const StepContext& context);
  void run_script(const PlanStep& step, const StepContext& context);
  void hand_on_printed(const PlanStep& step);
  void refuse_open_transaction(const PlanStep& step);
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
  std::function<void(LockRetry&, const SqlError&)> give_way_;
  JournalledProgress journalled_ = {};
  PipelinedSteps pipelined_;
};

}  // namespace medusa
