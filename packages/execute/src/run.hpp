// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/executor.hpp"

#include "failure.hpp"
#include "lock_retry.hpp"
#include "statement_watch.hpp"
#include "step_runner.hpp"
#include "work_session.hpp"

namespace medusa {

/// One execution of one plan, under the lock.
class Run {
 public:
  /// All references must outlive it.
  Run(Plan plan,
      WorkSession& session,
      RunLock& lock,
      ScriptHost& host,
      ExecutionObserver& observer,
      const ExecutorOptions& options);

  [[nodiscard]] ExecutionResult execute();

 private:
  void run_group(const PlanGroup& group, ExecutionResult& result);
  /// Tries until nobody is in the way.
  void run_in_transaction(const PlanGroup& group);
  void attempt(const PlanGroup& group);
  template <typename Work>
  void check_at_commit(const PlanGroup& group, Work work);
  /// Waits before the next attempt. @throws Error if there is none.
  void give_way(LockRetry& retry,
                const Diagnostic& problem,
                const std::string& sqlstate,
                std::size_t rolled_back);
  /// After the connection was lost in a transaction.
  [[nodiscard]] CommitOutcome resolve(const PlanGroup& group);
  void stop(const Error& error, const PlanGroup& group, ExecutionResult& result);
  void run_plain(const PlanGroup& group, ExecutionResult& result);
  void enter_plain();
  [[nodiscard]] bool is_recorded(const PlanStep& step);
  void tell(const Blockage& blockage);
  void tell(const IndexBuild& build);

  /// How many steps of the group have ended.
  [[nodiscard]] std::size_t finished() const { return steps_.finished() - group_begin_; }

  void prepare_once();
  void prepare_alone();
  [[nodiscard]] bool is_last(const PlanGroup& group) const;
  void record_failure(const Error& problem);
  [[nodiscard]] bool has_failed_step(const ExecutionResult& result) const;
  [[nodiscard]] std::string fate_of(const PlanGroup& group, const ExecutionResult& result) const;

  Plan plan_;
  WorkSession& session_;
  RunLock& lock_;
  ScriptHost& host_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  StepRunner steps_;
  StatementWatch watch_;
  std::size_t total_;
  std::size_t group_begin_ = 0;  ///< How many steps came before the group.
  bool group_is_transactional_ = true;
  bool prepared_ = false;
  bool lost_ = false;             ///< The connection, and the run ends with it.
  bool begun_ = false;            ///< The upgrade's own row is committed.
  std::string transaction_ = {};  ///< Id of the open one; empty outside.
  bool committing_ = false;       ///< COMMIT was sent, or is about to be.
  CommitOutcome outcome_ = CommitOutcome::RolledBack;  ///< Of the transaction that was lost.
};

}  // namespace medusa
