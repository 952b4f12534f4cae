// SPDX-License-Identifier: MIT
#include "medusa/report/upgrade_report.hpp"

#include <algorithm>
#include <utility>

namespace medusa {

std::string_view to_string(StepOutcome outcome) {
  switch (outcome) {
    case StepOutcome::Running:
      return "running";
    case StepOutcome::Finished:
      return "finished";
    case StepOutcome::Done:
      return "done";
    case StepOutcome::RolledBack:
      return "rolled-back";
    case StepOutcome::Failed:
      return "failed";
    case StepOutcome::Unknown:
      return "unknown";
    case StepOutcome::NotRun:
      break;
  }
  return "not-run";
}

UpgradeReport::UpgradeReport(ExecutionObserver& next,
                             std::string command,
                             std::string tool_version,
                             Now now)
    : next_(next),
      now_(std::move(now)),
      command_(std::move(command)),
      tool_version_(std::move(tool_version)),
      started_(now_()) {}

void UpgradeReport::on_event(const ExecutionEvent& event) {
  if (waiting_.has_value()) {
    waits_.back().waited =
        std::max(std::chrono::milliseconds(0),
                 std::chrono::duration_cast<std::chrono::milliseconds>(now_() - *waiting_));
    waiting_.reset();
  }
  std::visit([this](const auto& alternative) { note(alternative); }, event);
  next_.on_event(event);
}

void UpgradeReport::note(const LockWaiting& event) {
  waits_.push_back({.event = event});
  waiting_ = now_();
}

void UpgradeReport::note(const UpgradeStarted& event) {
  plan_ = event.plan;
  for (std::size_t group = 0; group < plan_->groups.size(); ++group) {
    for (PlanStep& step : plan_->groups[group].steps) {
      steps_.push_back({.group = group, .step = std::move(step)});
    }
    plan_->groups[group].steps.clear();
  }
}

void UpgradeReport::note(const MigrationStarted& event) {
  ReportedStep& step = steps_.at(event.position - 1);
  step.outcome = StepOutcome::Running;
  ++step.attempts;
}

void UpgradeReport::note(const MigrationFinished& event) {
  ReportedStep& step = steps_.at(event.position - 1);
  step.outcome = is_transactional(step.group) ? StepOutcome::Finished : StepOutcome::Done;
  step.duration = event.duration;
}

void UpgradeReport::note(const StatementBlocked& event) {
  steps_.at(event.position - 1).blocked.push_back(event.blockage);
}

void UpgradeReport::note(const GroupRetrying& event) {
  retries_.push_back({.group = group_, .event = event});
  for (ReportedStep& step : steps_) {
    if (step.group == group_) {
      step.outcome = StepOutcome::NotRun;
    }
  }
}

void UpgradeReport::note(const CommitResolved& event) {
  losses_.push_back({.group = group_, .event = event});
}

void UpgradeReport::note(const GroupCommitted& /*event*/) {
  for (ReportedStep& step : steps_) {
    if (step.group == group_) {
      step.outcome = StepOutcome::Done;
    }
  }
  ++group_;
}

void UpgradeReport::note(const MigrationFailed& event) {
  steps_.at(event.position - 1).outcome = StepOutcome::Failed;
}

void UpgradeReport::note(const UpgradeFinished& event) {
  finished_ = event;
  for (ReportedStep& step : steps_) {
    if (step.outcome == StepOutcome::Finished || step.outcome == StepOutcome::Running) {
      step.outcome = event.unknown > 0 ? StepOutcome::Unknown : StepOutcome::RolledBack;
    }
  }
}

bool UpgradeReport::is_transactional(std::size_t group) const {
  return plan_->groups.at(group).transactional;
}

std::string_view UpgradeReport::outcome(std::optional<int> exit) const {
  if (!exit.has_value()) {
    return "running";
  }
  if (finished_.has_value() && finished_->unknown > 0) {
    return "unknown";
  }
  if (!problems_.empty()) {
    const ErrorCode code = problems_.front().code;
    if (code == ErrorCode::Interrupted || code == ErrorCode::Terminated) {
      return "interrupted";
    }
    return code == ErrorCode::Plan ? "refused" : "failed";
  }
  return steps_.empty() ? "nothing" : "done";
}

}  // namespace medusa
