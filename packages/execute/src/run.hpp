// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/executor.hpp"

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
  void run_in_transaction(const PlanGroup& group, std::size_t& finished);
  void run_plain(const PlanGroup& group, std::size_t& finished, ExecutionResult& result);
  void prepare_once();
  void prepare_alone();
  [[nodiscard]] bool is_last(const PlanGroup& group) const;
  void record_failure(const Error& problem);
  [[nodiscard]] Error explained(const Error& error,
                                const PlanGroup& group,
                                const ExecutionResult& result);

  Plan plan_;
  WorkSession& session_;
  RunLock& lock_;
  ScriptHost& host_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  StepRunner steps_;
  std::size_t total_;
  bool prepared_ = false;
  bool begun_ = false;  ///< The upgrade's own row is committed.
};

}  // namespace medusa
