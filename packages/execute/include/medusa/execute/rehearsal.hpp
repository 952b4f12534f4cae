// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "medusa/execute/event.hpp"

namespace medusa {

/// What became of a step in a rehearsal.
enum class RehearsalOutcome {
  RolledBack,  ///< It went well, and was undone.
  Failed,      ///< It ended the rehearsal; was undone as well.
  NotRun,
};

[[nodiscard]] std::string_view to_string(RehearsalOutcome outcome);

/// A step and exactly what it sent, in order.
struct RehearsedStep {
  RehearsalOutcome outcome = RehearsalOutcome::NotRun;
  std::vector<StatementSent> sent = {};
};

/// An upgrade that was executed and rolled back.
struct Rehearsal {
  Plan plan = {};                         ///< As it ran: in one transaction. Empty: nothing to do.
  std::vector<RehearsedStep> steps = {};  ///< One for each step of the plan, in order.
};

/// Keeps what an executor that rehearses tells, and hands it on.
class RehearsalRecord final : public ExecutionObserver {
 public:
  /// @param next may be null; must outlive this object.
  explicit RehearsalRecord(ExecutionObserver* next) : next_(next) {}

  void on_event(const ExecutionEvent& event) override;

  [[nodiscard]] const Rehearsal& rehearsal() const { return rehearsal_; }

 private:
  void keep(const UpgradeStarted& event);
  void keep(const MigrationStarted& event);
  void keep(const StatementSent& event);
  void keep(const MigrationFinished& event);

  template <typename Other>
  void keep(const Other& /*event*/) {}

  ExecutionObserver* next_;
  Rehearsal rehearsal_;
};

}  // namespace medusa
