// SPDX-License-Identifier: MIT
#include "transaction_mistakes.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "medusa/catalog/lowered.hpp"

namespace medusa {

namespace {

Diagnostic mistake(const Migration& migration, Location place) {
  return {.code = ErrorCode::Plan,
          .message = migration.id() +
                     " begins or ends a transaction itself, but runs inside the upgrade's",
          .location = std::move(place),
          .notes = {"nothing ran; 'medusa explain transaction-control' tells more"},
          .hint = migration.kind == MigrationKind::Sql
                      ? "remove the statement, or write '-- migrate:up transaction:false'"
                      : "remove the statement, or give the class 'transaction = false'"};
}

bool is_mistake(const PlannedHazard& hazard) {
  return hazard.rule == HazardRule::TransactionControl && !hazard.asked;
}

}  // namespace

std::vector<Diagnostic> take_transaction_mistakes(Plan& plan) {
  std::vector<Diagnostic> mistakes;
  std::size_t position = 0;
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      ++position;
      const auto hazard =
          std::find_if(plan.hazards.begin(), plan.hazards.end(), [&](const PlannedHazard& each) {
            return is_mistake(each) && each.position == position;
          });
      if (hazard != plan.hazards.end()) {
        mistakes.push_back(mistake(step.migration, hazard->place));
      } else if (group.transactional && step.migration.dynamic_up == kControlsTransaction) {
        mistakes.push_back(mistake(step.migration, {.file = step.migration.source}));
      }
    }
  }
  std::erase_if(plan.hazards, is_mistake);
  return mistakes;
}

}  // namespace medusa
