// SPDX-License-Identifier: MIT
// One upgrade as a value that outlives it: what `--report FILE` writes.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/execute/event.hpp"

namespace medusa {

/// What became of a step.
enum class StepOutcome {
  NotRun,
  Running,     ///< Only while the report is not finished.
  Finished,    ///< Likewise: it ended, and its transaction has not.
  Done,        ///< Committed.
  RolledBack,  ///< It ended, then it was undone.
  Failed,      ///< Or was interrupted. In a transaction nothing of it stays.
  Unknown,     ///< Committed or not: nobody knows.
};

/// "not-run", "running", "finished", "done", "rolled-back", "failed" or "unknown"; stable.
[[nodiscard]] std::string_view to_string(StepOutcome outcome);

/// A step of the plan and what happened to it.
struct ReportedStep {
  std::size_t group = 0;  ///< From 0.
  PlanStep step = {};
  StepOutcome outcome = StepOutcome::NotRun;
  int attempts = 0;                                        ///< How often it began.
  std::optional<std::chrono::microseconds> duration = {};  ///< Of the last time that it ended.
  std::vector<Blockage> blocked = {};                      ///< What it was seen to wait for.
};

/// A wait for other runs.
struct ReportedWait {
  LockWaiting event = {};
  std::chrono::milliseconds waited{0};
};

/// Something that happened to a group's transaction.
template <typename Event>
struct OfGroup {
  std::size_t group = 0;
  Event event = {};
};

/// Listens to a run, and hands every event on.
class UpgradeReport final : public ExecutionObserver {
 public:
  using Clock = std::chrono::system_clock;
  using Now = std::function<Clock::time_point()>;

  /// @param next must outlive it. @param command "run" or "revert".
  UpgradeReport(ExecutionObserver& next,
                std::string command,
                std::string tool_version,
                Now now = &Clock::now);

  void on_event(const ExecutionEvent& event) override;

  /// Which database; a password in it is masked.
  void set_database(const std::string& url) { database_ = url; }

  /// Why it did not begin, or ended early.
  void set_problem(const Error& problem) { problems_ = problem.diagnostics(); }

  /// The report as JSON text: README.md of this package. @param exit none while it runs.
  [[nodiscard]] std::string json(std::optional<int> exit) const;

 private:
  void note(const LockWaiting& event);
  void note(const UpgradeStarted& event);
  void note(const MigrationStarted& event);
  void note(const MigrationFinished& event);
  void note(const StatementBlocked& event);
  void note(const GroupRetrying& event);
  void note(const CommitResolved& event);
  void note(const GroupCommitted& event);
  void note(const MigrationFailed& event);
  void note(const UpgradeFinished& event);

  template <typename Event>
  void note(const Event& /*event*/) {}  // of no interest afterwards

  [[nodiscard]] bool is_transactional(std::size_t group) const;
  [[nodiscard]] std::string_view outcome(std::optional<int> exit) const;

  ExecutionObserver& next_;
  Now now_;
  std::string command_;
  std::string tool_version_;
  std::string database_ = {};
  Clock::time_point started_;
  std::optional<Plan> plan_ = {};  ///< Without its steps, which are in `steps_`.
  std::vector<ReportedStep> steps_ = {};
  std::size_t group_ = 0;  ///< That runs.
  std::vector<ReportedWait> waits_ = {};
  std::optional<Clock::time_point> waiting_ = {};  ///< Since when the last wait lasts.
  std::vector<OfGroup<GroupRetrying>> retries_ = {};
  std::vector<OfGroup<CommitResolved>> losses_ = {};
  std::optional<UpgradeFinished> finished_ = {};
  std::vector<Diagnostic> problems_ = {};
};

}  // namespace medusa
