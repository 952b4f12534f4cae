// SPDX-License-Identifier: MIT
#include "one_transaction.hpp"

#include <optional>
#include <utility>

#include "medusa/catalog/program.hpp"
#include "medusa/sql/rollback.hpp"

namespace medusa {

namespace {

constexpr const char* kHint =
    "medusa migrations plan --sql shows what is known without executing; to see all of it, run the "
    "upgrade on a copy of the database";

Diagnostic refusal(const Migration& migration,
                   const std::string& reason,
                   const std::optional<Location>& place) {
  return {.code = ErrorCode::Plan,
          .message = "cannot execute " + migration.id() + " and roll it back: " + reason,
          .location =
              place.has_value() && place->line > 0 ? *place : Location{.file = migration.source},
          .hint = kHint};
}

/// The first statement of the program, in any branch, that a rollback would not undo.
std::optional<Diagnostic> irreversible(const LoweredProgram& program, const Migration& migration) {
  for (const LoweredNode& node : program) {
    if (const std::string what = find_irreversible(node.statement.sql); !what.empty()) {
      return refusal(
          migration, "it sends " + what + ", which no rollback undoes", node.statement.place);
    }
    for (const LoweredProgram* branch : {&node.yes, &node.no}) {
      if (auto problem = irreversible(*branch, migration)) {
        return problem;
      }
    }
  }
  return std::nullopt;
}

std::optional<Diagnostic> problem_of(const PlanStep& step, Direction direction) {
  if (step.begun.has_value()) {
    return refusal(step.migration, "it began outside a transaction: " + to_text(*step.begun), {});
  }
  if (step.migration.transaction == false) {
    return refusal(step.migration, "it opts out of transactions (transaction = false)", {});
  }
  const Lowering lowering = load_lowering(step.migration, direction == Direction::Up);
  return lowering.program.has_value() ? irreversible(*lowering.program, step.migration)
                                      : std::nullopt;
}

}  // namespace

Plan in_one_transaction(Plan plan) {
  std::vector<Diagnostic> problems;
  std::vector<PlanStep> steps;
  for (PlanGroup& group : plan.groups) {
    if (group.transactional && !group.reason.empty()) {
      problems.push_back(refusal(group.steps.front().migration, "it " + group.reason, {}));
    }
    for (PlanStep& step : group.steps) {
      if (auto problem = problem_of(step, plan.direction)) {
        problems.push_back(std::move(*problem));
      }
      steps.push_back(std::move(step));
    }
  }
  if (!problems.empty()) {
    throw Error(problems);
  }
  plan.groups = {PlanGroup{.transactional = true, .steps = std::move(steps)}};
  return plan;
}

}  // namespace medusa
