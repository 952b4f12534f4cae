// SPDX-License-Identifier: MIT
#include "medusa/execute/rehearsal.hpp"

namespace medusa {

std::string_view to_string(RehearsalOutcome outcome) {
  switch (outcome) {
    case RehearsalOutcome::RolledBack:
      return "rolled-back";
    case RehearsalOutcome::Failed:
      return "failed";
    case RehearsalOutcome::NotRun:
      break;
  }
  return "not-run";
}

void RehearsalRecord::on_event(const ExecutionEvent& event) {
  std::visit([this](const auto& alternative) { keep(alternative); }, event);
  if (next_ != nullptr) {
    next_->on_event(event);
  }
}

void RehearsalRecord::keep(const UpgradeStarted& event) {
  rehearsal_ = {.plan = event.plan, .steps = {}};
  rehearsal_.steps.resize(event.plan.step_count());
}

void RehearsalRecord::keep(const MigrationStarted& event) {
  // Until it finishes: an interruption is no event of its own.
  rehearsal_.steps.at(event.position - 1) = {.outcome = RehearsalOutcome::Failed, .sent = {}};
}

void RehearsalRecord::keep(const StatementSent& event) {
  rehearsal_.steps.at(event.position - 1).sent.push_back(event);
}

void RehearsalRecord::keep(const MigrationFinished& event) {
  rehearsal_.steps.at(event.position - 1).outcome = RehearsalOutcome::RolledBack;
}

}  // namespace medusa
