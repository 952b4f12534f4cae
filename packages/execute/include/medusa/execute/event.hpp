// SPDX-License-Identifier: MIT
// What happens during a run, as typed values in the order they happen. The executor prints nothing:
// the terminal and the JSON output are two renderings of this one stream.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/core/error.hpp"
#include "medusa/database/run_lock.hpp"
#include "medusa/execute/blocker.hpp"
#include "medusa/execute/commit_outcome.hpp"
#include "medusa/execute/index_build.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// Somebody else works; we wait for at most `timeout`. At most once for each reason.
struct LockWaiting {
  LockHolder holder = {};
  RunLockWait reason = RunLockWait::Run;
  std::chrono::seconds timeout{0};
};

/// The plan is made, under the lock; what follows runs it.
struct UpgradeStarted {
  Plan plan = {};
  bool rehearsal = false;  ///< All of it will be rolled back.
};

/// `position` counts from 1 over all steps of the plan.
struct MigrationStarted {
  std::size_t position = 0;
  std::size_t total = 0;
  PlanStep step = {};
};

/// The step that runs sent this, accepted by the server or not. Only in a rehearsal.
struct StatementSent {
  std::size_t position = 0;         ///< Of the step.
  LoweredStatement statement = {};  ///< A binary parameter is written as bytea's hex format.
  std::optional<bool> answer = {};  ///< What came back, if it is a question of a lowered program.
};

/// What the step's code printed (console.log and the like), maybe of several lines, or what the
/// server said to its SQL ("notice: ..."). Comes before the step's end, whichever that is.
struct MigrationPrinted {
  PlanStep step = {};
  std::string text = {};
};

struct MigrationFinished {
  std::size_t position = 0;
  std::size_t total = 0;
  PlanStep step = {};
  std::chrono::microseconds duration{0};
};

/// The running statement waits for others; told again when they are others.
struct StatementBlocked {
  std::size_t position = 0;  ///< Of the step.
  std::size_t total = 0;
  PlanStep step = {};
  Blockage blockage = {};
};

/// The running statement builds an index, and came further: another phase, or another percent.
struct IndexProgress {
  std::size_t position = 0;  ///< Of the step.
  std::size_t total = 0;
  PlanStep step = {};
  IndexBuild build = {};
};

/// An index that CREATE INDEX CONCURRENTLY left behind unfinished (INVALID) is dropped.
struct InvalidIndexDropping {
  std::size_t position = 0;  ///< Of the step.
  std::size_t total = 0;
  PlanStep step = {};
  std::string index = {};  ///< As SQL, qualified if need be.
  std::string table = {};  ///< Likewise.
  /// The step failed to build it just now, which is told after this; else an earlier run left it,
  /// and the step builds it again.
  bool failed = false;
};

/// A transaction gave way to others and was rolled back; it runs again, from its first step, after
/// the pause. The events of its steps come again.
struct GroupRetrying {
  int attempt = 0;              ///< That gave way, from 1.
  std::size_t rolled_back = 0;  ///< Steps it had finished.
  std::string problem = {};     ///< The server's words.
  std::string sqlstate = {};
  Blockage blockage = {};  ///< If it was seen.
  std::chrono::milliseconds pause{0};
};

/// The connection was lost while a transaction was open, and this is what became of it.
struct CommitResolved {
  CommitOutcome outcome = CommitOutcome::Unknown;
  std::size_t steps = 0;  ///< That are part of it.
};

/// A group's transaction is committed: its `steps` steps are now final.
struct GroupCommitted {
  std::size_t steps = 0;
};

/// The step failed; what its group had done is rolled back (or stays, outside a transaction).
struct MigrationFailed {
  std::size_t position = 0;
  std::size_t total = 0;
  PlanStep step = {};
  Diagnostic problem = {};
};

/// How it ended. Always the last event of a run that started.
struct UpgradeFinished {
  Direction direction = Direction::Up;
  std::size_t done = 0;         ///< Committed.
  std::size_t rolled_back = 0;  ///< Ran, then undone.
  std::size_t failed = 0;       ///< 0 or 1.
  std::size_t not_run = 0;
  std::size_t unknown = 0;  ///< Committed or not: it could not be found out.
  std::chrono::microseconds duration{0};
  std::string upgrade = {};  ///< Its id in the history; empty: nothing of it is there.
};

using ExecutionEvent = std::variant<LockWaiting,
                                    UpgradeStarted,
                                    MigrationStarted,
                                    StatementSent,
                                    MigrationPrinted,
                                    MigrationFinished,
                                    StatementBlocked,
                                    IndexProgress,
                                    InvalidIndexDropping,
                                    GroupRetrying,
                                    CommitResolved,
                                    GroupCommitted,
                                    MigrationFailed,
                                    UpgradeFinished>;

/// Told of every event, on the thread that runs the upgrade. Must not throw.
class ExecutionObserver {
 public:
  virtual ~ExecutionObserver() = default;
  virtual void on_event(const ExecutionEvent& event) = 0;
};

}  // namespace medusa
