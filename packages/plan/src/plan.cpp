// SPDX-License-Identifier: MIT
#include "medusa/plan/plan.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/plan/edited_statement.hpp"
#include "medusa/plan/half_done.hpp"
#include "medusa/plan/prediction.hpp"
#include "medusa/plan/renaming.hpp"
#include "medusa/plan/upgrade_order.hpp"

#include "hazards.hpp"

namespace medusa {

namespace {

/// Why the step runs in no transaction, if that is not for the mode.
std::string reason_to_be_outside(const PlanStep& step, Direction direction, TransactionMode mode) {
  if (mode == TransactionMode::None) {
    return {};
  }
  if (step.begun.has_value()) {
    return "goes on outside a transaction: " + to_text(*step.begun);
  }
  if (step.migration.transaction == false) {
    return "opts out of transactions";
  }
  const std::string& what = step.migration.outside(direction == Direction::Up);
  return what.empty() ? "" : "sends " + what + ", which PostgreSQL runs in no transaction";
}

/// Divides the steps: in mode `all` neighbours share a transaction, else each step has its own.
std::vector<PlanGroup> make_groups(std::vector<PlanStep> steps,
                                   Direction direction,
                                   TransactionMode mode) {
  std::vector<PlanGroup> groups;
  for (PlanStep& step : steps) {
    const bool transactional =
        !step.begun.has_value() && in_transaction(step.migration, direction, mode);
    const bool joins = mode == TransactionMode::All && transactional && !groups.empty() &&
                       groups.back().transactional && step.commit_first.empty();
    if (!joins) {
      groups.push_back({.transactional = transactional,
                        .reason = transactional ? step.commit_first
                                                : reason_to_be_outside(step, direction, mode)});
    }
    groups.back().steps.push_back(std::move(step));
  }
  return groups;
}

void warn_about_split(Plan& plan) {
  for (const PlanGroup& group : plan.groups) {
    if (group.reason.empty() || group.steps.front().begun.has_value()) {
      continue;  // where it goes on is told with the step
    }
    const bool is_first = &group == plan.groups.data();
    const std::string what = group.steps.front().migration.id() + ' ' + group.reason;
    if (!group.transactional) {
      plan.warnings.push_back(what +
                              (is_first || plan.mode != TransactionMode::All
                                   ? "; "
                                   : "; what runs before it is committed first, and ") +
                              "if it fails, what it did stays, and the next " +
                              (plan.direction == Direction::Up ? "run" : "revert") +
                              " goes on behind that");
    } else if (plan.mode == TransactionMode::All && !is_first) {
      plan.warnings.push_back(what + ": a transaction of its own begins with it");
    }
  }
}

/// @param previous the pending migration before it by timestamp, or null.
std::string reason_of(const PlanStep& step, const Migration* earlier, const Migration* previous) {
  std::vector<std::string> reasons;
  if (earlier != nullptr) {
    reasons.push_back(reason_text(step.causes.front().reason, *earlier));
  } else if (previous != nullptr && previous->timestamp == step.migration.timestamp) {
    reasons.emplace_back("same timestamp, collected later");
  }
  if (step.state == MigrationState::Late) {
    reasons.emplace_back("late: older than what is applied");
  }
  if (step.begun.has_value()) {
    reasons.push_back("begun: " + to_text(*step.begun));
  }
  return join(reasons, "; ");
}

PlanStep step_of(const UpgradeOrder& order,
                 std::size_t node,
                 const History& history,
                 const Journal& journal) {
  const Migration& migration = *order.pending[node];
  PlanStep step{.migration = migration,
                .state = migration.timestamp < history.newest_timestamp()
                             ? MigrationState::Late
                             : MigrationState::Pending};
  if (const BegunMigration* begun = journal.applying(migration.name)) {
    step.begun = *begun;
    step.state = MigrationState::Failed;
  }
  const Migration* earlier = nullptr;
  for (const OrderEdge& edge : order.ordering.chain(node)) {
    earlier = earlier == nullptr ? order.pending[edge.before] : earlier;
    step.causes.push_back({.migration = order.pending[edge.before]->id(), .reason = edge.reason});
  }
  step.reason = reason_of(step, earlier, node == 0 ? nullptr : order.pending[node - 1]);
  return step;
}

/// What is known about its being late is said where that it is late is said.
void add_verdict(PlanStep& step, const LateVerdict& verdict) {
  if (verdict.kind == LateVerdict::Kind::Safe) {
    step.reason += ", but safe";
  } else if (verdict.kind == LateVerdict::Kind::Collides) {
    step.reason += "; collides with " + verdict.other;
  } else if (verdict.kind == LateVerdict::Kind::Unknown) {
    step.reason += ", not known to be safe";
  }
}

Plan plan_of(std::vector<PlanStep> steps, TransactionMode mode, std::vector<std::string> warnings) {
  Plan plan{.direction = Direction::Up,
            .mode = mode,
            .groups = make_groups(std::move(steps), Direction::Up, mode),
            .warnings = std::move(warnings)};
  warn_about_split(plan);
  return plan;
}

void warn_about_half_done(Plan& plan,
                          const Catalog& catalog,
                          const History& history,
                          const Journal& journal) {
  for (std::string& warning : half_done_warnings(journal, catalog, history)) {
    plan.warnings.push_back(std::move(warning));
  }
}

const AppliedMigration& row_to_keep(const History& history,
                                    const Catalog& catalog,
                                    const std::string& name) {
  std::vector<std::string> names;
  for (auto row = history.rows().rbegin(); row != history.rows().rend(); ++row) {
    if (row->name == name) {
      return *row;
    }
    names.push_back(row->name);
  }
  const bool is_resolved = catalog.find(name) != nullptr;
  const auto close = closest_match(name, names);
  throw Error(
      {.code = is_resolved ? ErrorCode::Plan : ErrorCode::Usage,
       .message = is_resolved ? "'" + name + "' is not applied, so nothing can be reverted to it"
                              : "no migration is called '" + name + "'",
       .hint = close.has_value() && !is_resolved ? "did you mean '" + *close + "'?"
                                                 : "medusa migrations show lists what is applied"});
}

std::size_t steps_to_revert(const Catalog& catalog,
                            const History& history,
                            const RevertTarget& target) {
  if (!target.to.has_value()) {
    return std::min(target.steps, history.rows().size());
  }
  const AppliedMigration& kept = row_to_keep(history, catalog, *target.to);
  return static_cast<std::size_t>(
      std::count_if(history.rows().begin(), history.rows().end(), [&](const AppliedMigration& row) {
        return row.id > kept.id;
      }));
}

Diagnostic missing(const AppliedMigration& row, const Renaming* renaming) {
  if (renaming != nullptr) {
    return {.code = ErrorCode::Plan,
            .message = "cannot revert '" + row.name + "': no member has it under that name",
            .location = Location{.file = renaming->migration->source},
            .notes = {"it is row " + std::to_string(row.id) + " of the migrations table; " +
                      renaming->migration->id() + " has its timestamp" +
                      (renaming->same_sql ? " and sends the same SQL: it was renamed"
                                          : ": it may have been renamed")},
            .hint = old_name_hint(*renaming)};
  }
  return {.code = ErrorCode::Plan,
          .message =
              "cannot revert '" + row.name + "': it is applied but in no member of the workspace",
          .notes = {"it is row " + std::to_string(row.id) + " of the migrations table"},
          .hint = "bring back the file (or the plugin) that ships it, then run medusa build"};
}

/// What it did stands on what would be taken back: going on afterwards, it would be recorded with a
/// part of it missing.
Diagnostic half_done_refusal(const BegunMigration& begun, const Migration* migration) {
  return {.code = ErrorCode::Plan,
          .message = "cannot revert anything while " +
                     (migration == nullptr ? begun.name : migration->id()) + " is half done",
          .notes = {to_text(begun), "nothing ran: what it did stands on what is applied"},
          .hint = (begun.command.empty() ? "medusa migrations verify tells how it can go on"
                                         : begun.command + " goes on with it") +
                  "; or undo what it did, then have it forgotten: " + begun.clearing};
}

}  // namespace

std::string_view to_string(Direction direction) {
  return direction == Direction::Up ? "up" : "down";
}

bool in_transaction(const Migration& migration, Direction direction, TransactionMode mode) {
  return migration.outside(direction == Direction::Up).empty() &&
         migration.transaction.value_or(mode != TransactionMode::None);
}

std::size_t Plan::step_count() const {
  return std::accumulate(
      groups.begin(), groups.end(), std::size_t{0}, [](std::size_t sum, const PlanGroup& group) {
        return sum + group.steps.size();
      });
}

Plan make_upgrade_plan(const Catalog& catalog,
                       const History& history,
                       TransactionMode mode,
                       const Journal& journal) {
  const UpgradeOrder order = order_upgrade(catalog, history);
  std::vector<PlanStep> steps;
  for (const std::size_t node : order.ordering.sequence) {
    steps.push_back(step_of(order, node, history, journal));
  }
  Plan plan = plan_of(std::move(steps), mode, order.warnings);
  warn_about_half_done(plan, catalog, history, journal);
  return plan;
}

std::vector<PlanStep> upgrade_steps(const Prediction& prediction,
                                    const History& history,
                                    const Journal& journal) {
  std::vector<PlanStep> steps;
  for (const std::size_t node : prediction.order.ordering.sequence) {
    PlanStep step = step_of(prediction.order, node, history, journal);
    add_verdict(step, prediction.late[node]);
    step.notes = prediction.notes[node];
    step.commit_first = prediction.commits[node];
    steps.push_back(std::move(step));
  }
  return steps;
}

namespace {

/// @throws Error with what cannot run whatever the configuration says, and what else is refused.
void refuse_impossible(Prediction& prediction, const UpgradeFacts& facts) {
  if (prediction.impossible.empty()) {
    return;
  }
  std::vector<Diagnostic> refusals = std::move(prediction.impossible);
  if (facts.refuse) {
    std::move(prediction.refusals.begin(), prediction.refusals.end(), std::back_inserter(refusals));
  }
  refusals.back().notes.emplace_back("nothing ran");
  throw Error(std::move(refusals));
}

/// @throws Error with all of them, if the facts say so.
Plan with_hazards(Plan plan, const UpgradeFacts& facts) {
  if (facts.hazards == HazardPolicy::Off) {
    return plan;
  }
  plan.hazards = find_hazards(plan, facts);
  if (facts.hazards == HazardPolicy::Refuse && !plan.hazards.empty()) {
    throw Error(hazard_refusals(plan.hazards));
  }
  return plan;
}

}  // namespace

Plan make_upgrade_plan(const Catalog& catalog,
                       const History& history,
                       TransactionMode mode,
                       const UpgradeFacts& facts) {
  Prediction prediction = predict_upgrade(catalog, history, facts, mode);
  refuse_impossible(prediction, facts);
  if (!prediction.refusals.empty() && facts.refuse) {
    prediction.refusals.back().notes.emplace_back(
        "nothing ran; foresight = \"warn\" under [migrations] runs it all the same");
    throw Error(std::move(prediction.refusals));
  }
  if (!prediction.refusals.empty()) {
    Plan plan = make_upgrade_plan(catalog, history, mode, facts.journal);
    for (const Diagnostic& refusal : prediction.refusals) {
      plan.warnings.push_back(refusal.message);
    }
    return with_hazards(std::move(plan), facts);
  }
  std::vector<PlanStep> steps = upgrade_steps(prediction, history, facts.journal);
  std::vector<std::string> warnings = std::move(prediction.order.warnings);
  std::move(prediction.warnings.begin(), prediction.warnings.end(), std::back_inserter(warnings));
  Plan plan = plan_of(std::move(steps), mode, std::move(warnings));
  warn_about_half_done(plan, catalog, history, facts.journal);
  return with_hazards(std::move(plan), facts);
}

Plan make_revert_plan(const Catalog& catalog,
                      const History& history,
                      TransactionMode mode,
                      const RevertTarget& target,
                      const Journal& journal,
                      const Recordings& recordings) {
  const Renamings renamings(catalog, history, recordings);
  std::vector<PlanStep> steps;
  std::vector<Diagnostic> problems;
  const std::size_t count = steps_to_revert(catalog, history, target);
  const auto& rows = history.rows();
  for (auto row = rows.rbegin(); row != rows.rbegin() + static_cast<std::ptrdiff_t>(count); ++row) {
    const Migration* migration = catalog.find(row->name);
    if (migration == nullptr) {
      problems.push_back(missing(*row, renamings.from(row->name)));
      continue;
    }
    steps.push_back({.migration = *migration,
                     .state = MigrationState::Applied,
                     .reason = steps.empty() ? "executed last" : "executed before the one above",
                     .id = row->id});
    if (const BegunMigration* begun = journal.reverting(row->name, row->id)) {
      steps.back().begun = *begun;
      steps.back().state = MigrationState::Failed;
      if (begun->edited.has_value()) {
        problems.push_back(edit_refusal(*begun, migration->id()));
        problems.back().notes.emplace_back("nothing ran");
      }
    }
  }
  const Journal unfinished = half_done(journal, catalog, history);
  for (const BegunMigration& begun : unfinished.begun()) {
    if (begun.up) {
      problems.push_back(half_done_refusal(begun, catalog.find(begun.name)));
    }
  }
  if (!problems.empty()) {
    throw Error(problems);
  }
  Plan plan{.direction = Direction::Down,
            .mode = mode,
            .groups = make_groups(std::move(steps), Direction::Down, mode)};
  warn_about_split(plan);
  return plan;
}

}  // namespace medusa
