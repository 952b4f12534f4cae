// SPDX-License-Identifier: MIT
#include "medusa/plan/prediction.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/plan/edited_statement.hpp"
#include "medusa/plan/own_transaction.hpp"
#include "medusa/plan/renaming.hpp"

#include "footprint_keys.hpp"
#include "late_migrations.hpp"
#include "needs_in_circles.hpp"
#include "other_members.hpp"
#include "refusal.hpp"
#include "starting_schema.hpp"
#include "symbolic_run.hpp"

namespace medusa {

namespace {

/// The first pending migration of which not everything is known.
std::optional<MigrationNumber> first_opaque(const KnownMigrations& known) {
  for (MigrationNumber number = known.applied(); number < known.size(); ++number) {
    if (!known.footprint(number).doubt().empty()) {
      return number;
    }
  }
  return std::nullopt;
}

/// Whether the symbolic schema is as good as PostgreSQL's word on such objects: relations, columns
/// and what is told by name alone. Functions are known without their arguments, sequences have
/// names from many places: there it may be wrong, and says so instead of refusing.
bool is_certain(const SchemaProblem& problem) {
  if (problem.exact) {
    return true;
  }
  switch (problem.kind) {
    case SchemaProblemKind::UncommittedValue:  // the type, the value and who added it are all known
      return true;
    case SchemaProblemKind::NoKey:
    case SchemaProblemKind::NoArbiter:
    case SchemaProblemKind::TypesDiffer:
    case SchemaProblemKind::CannotReplace:
      return false;  // a cast or an index made by hand, which nobody told us of, would allow it
    default:
      break;
  }
  switch (problem.object.kind) {
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Column:
      return true;
    case ObjectKind::Index:
    case ObjectKind::Constraint:
    case ObjectKind::Type:
      return !is_missing(problem);
    default:
      return false;
  }
}

class Predictor {
 public:
  Predictor(const Catalog& catalog,
            const History& history,
            const UpgradeFacts& facts,
            TransactionMode mode)
      : catalog_(catalog),
        history_(history),
        facts_(facts),
        mode_(mode),
        pending_(pending_migrations(catalog, history)),
        known_(catalog, history, pending_, facts),
        renamings_(catalog, history, facts.recordings) {}

  Prediction predict() {
    run_on_paper();
    judge_late();  // the symbolic schema, as large as the live one, is gone by now
    return std::move(prediction_);
  }

 private:
  void run_on_paper() {
    const std::unique_ptr<SymbolicRun> run = ordered_run();
    judge_renamed();
    judge_begun();
    explain_what_is_stuck(*run);
    const std::unique_ptr<SymbolicRun> beyond = run_beyond(*run);
    const SymbolicRun& whole = beyond == nullptr ? *run : *beyond;
    take_problems(whole);
    for (const OwnTransaction& own : whole.own_transactions()) {
      prediction_.impossible.push_back(
          own_transaction_refusal(known_.at(own.migration), own.statement, own.place));
    }
    prediction_.needs = run->needs();
    prediction_.commits = run->commits();
    prediction_.notes = notes_on_other_members(known_, run->state());
  }

  /// Orders until nothing waits for what only an opaque migration could provide, or for what is
  /// only needed after an answer that may never be given.
  std::unique_ptr<SymbolicRun> ordered_run() {
    while (true) {
      auto run =
          std::make_unique<SymbolicRun>(known_, starting_schema(known_, facts_), mode_, waived_);
      prediction_.order = order_upgrade(catalog_, history_, run.get());
      if (prediction_.order.ordering.complete()) {
        return run;
      }
      const std::size_t before = waived_.size();
      for (const std::size_t node : explain_stuck(prediction_.order, *run).unprovided) {
        waive(node, *run);
      }
      if (waived_.size() == before) {
        return run;
      }
    }
  }

  /// The run as it would be if what nothing provides were there: what stands behind those that need
  /// it is judged as well. Null if nothing is stuck for that reason.
  std::unique_ptr<SymbolicRun> run_beyond(SymbolicRun& stuck) {
    std::set<std::string> given = waived_;
    UpgradeOrder order = prediction_.order;
    std::unique_ptr<SymbolicRun> beyond;
    while (!order.ordering.complete()) {
      SymbolicRun& run = beyond == nullptr ? stuck : *beyond;
      const std::size_t before = given.size();
      for (const std::size_t node : explain_stuck(order, run).unprovided) {
        for (const SchemaProblem& problem : run.check(node)) {
          if (is_missing(problem)) {
            given.insert(key_of(problem.object));
          }
        }
      }
      if (given.size() == before) {
        break;
      }
      beyond = std::make_unique<SymbolicRun>(known_, starting_schema(known_, facts_), mode_, given);
      order = order_upgrade(catalog_, history_, beyond.get());
    }
    return beyond;
  }

  void waive(std::size_t node, SymbolicRun& run) {
    const MigrationNumber number = known_.applied() + static_cast<MigrationNumber>(node);
    for (const SchemaProblem& problem : run.check(node)) {
      if (is_missing(problem) && (opaque().has_value() || is_asked(number, problem) ||
                                  !is_certain(problem) || is_own(node, problem, run))) {
        waived_.insert(key_of(problem.object));
      }
    }
  }

  /// Looked for only when something is wrong.
  const std::optional<MigrationNumber>& opaque() {
    if (!opaque_.has_value()) {
      opaque_ = first_opaque(known_);
    }
    return *opaque_;
  }

  /// The migration creates what it misses, under a name that the symbolic schema did not connect.
  [[nodiscard]] static bool is_own(std::size_t node,
                                   const SchemaProblem& problem,
                                   const SymbolicRun& run) {
    const std::vector<std::string> keys = run.provided(node);
    const std::string key = key_of(problem.object);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  [[nodiscard]] bool is_asked(MigrationNumber number, const SchemaProblem& problem) const {
    const std::vector<bool> asked = known_.footprint(number).asked;
    return problem.statement < asked.size() && asked[problem.statement];
  }

  [[nodiscard]] const Renaming* renaming_of(MigrationNumber number) const {
    return number < known_.applied() ? nullptr : renamings_.of(known_.at(number).name);
  }

  /// What is applied already under another name has no other problems worth telling.
  [[nodiscard]] bool is_renamed(MigrationNumber number) const {
    const Renaming* const renaming = renaming_of(number);
    return renaming != nullptr && renaming->same_sql;
  }

  void judge_renamed() {
    for (const Migration* migration : pending_) {
      const Renaming* const renaming = renamings_.of(migration->name);
      if (renaming == nullptr) {
        continue;
      }
      if (renaming->same_sql) {
        prediction_.refusals.push_back(renaming_refusal(*renaming, facts_.schema));
      } else {
        prediction_.warnings.push_back(migration->id() + " has the timestamp of " +
                                       renaming->applied.name +
                                       ", which is applied and in no member: if it was renamed, it "
                                       "runs twice");
      }
    }
  }

  /// What was begun goes on behind what is done of it, if that is still the same.
  void judge_begun() {
    for (const Migration* migration : pending_) {
      const BegunMigration* const begun = facts_.journal.applying(migration->name);
      if (begun != nullptr && begun->edited.has_value()) {
        prediction_.impossible.push_back(edit_refusal(*begun, migration->id()));
      }
    }
  }

  void explain_what_is_stuck(SymbolicRun& run) {
    if (prediction_.order.ordering.complete()) {
      return;
    }
    StuckMigrations stuck = explain_stuck(prediction_.order, run);
    for (const std::size_t node : stuck.unprovided) {
      const MigrationNumber number = known_.applied() + static_cast<MigrationNumber>(node);
      for (SchemaProblem& problem : run.check(node)) {
        if (is_missing(problem) && !is_asked(number, problem) && !is_renamed(number)) {
          refuse({.migration = number, .problem = std::move(problem)});
        }
      }
    }
    std::move(stuck.circles.begin(), stuck.circles.end(), std::back_inserter(prediction_.refusals));
  }

  void take_problems(const SymbolicRun& run) {
    for (const ForeseenProblem& problem : run.problems()) {
      if (is_asked(problem.migration, problem.problem) || is_renamed(problem.migration) ||
          is_told(problem.problem)) {
        continue;
      }
      if (problem.problem.kind == SchemaProblemKind::HiddenDifference &&
          problem.problem.object.kind != ObjectKind::Index &&
          is_same_member(problem.migration, problem.problem.other)) {
        continue;  // a member that asks whether its own object is there knows what it skips
      }
      if (problem.in_doubt || !is_certain(problem.problem) || is_adopted(problem.problem) ||
          waived_.contains(key_of(problem.problem.object))) {
        doubt(problem);
      } else {
        refuse(problem);
      }
    }
  }

  [[nodiscard]] bool is_same_member(MigrationNumber number,
                                    std::optional<MigrationNumber> other) const {
    return other.has_value() && known_.at(number).member == known_.at(*other).member;
  }

  /// IF NOT EXISTS is how people adopt what a database had before: a warning is enough. So it is
  /// where a column only has another type today.
  static bool is_adopted(const SchemaProblem& problem) {
    return problem.kind == SchemaProblemKind::HiddenDifference &&
           (!problem.other.has_value() || !problem.detail.empty());
  }

  /// Whoever needs what is missing anyway has the same problem: it is told of the first.
  bool is_told(const SchemaProblem& problem) const {
    return is_missing(problem) && told_.contains(key_of(problem.object));
  }

  void refuse(const ForeseenProblem& problem) {
    if (is_missing(problem.problem)) {
      told_.insert(key_of(problem.problem.object));
    }
    prediction_.refusals.push_back(refusal_of(problem, known_, renaming_of(problem.migration)));
    const std::optional<MigrationNumber> other = problem.problem.other;
    if (other.has_value() && *other != problem.migration) {
      prediction_.conflicts.push_back({.first = known_.at(*other).id(),
                                       .second = known_.at(problem.migration).id(),
                                       .text = prediction_.refusals.back().message});
    }
  }

  /// Something opaque may be the explanation: people should know, but it may be all right.
  void doubt(const ForeseenProblem& problem) {
    std::string text = refusal_of(problem, known_).message;
    if (const std::optional<MigrationNumber> explanation = opaque()) {
      text += "; " + known_.at(*explanation).id() + " may explain it (" +
              known_.footprint(*explanation).doubt() + ')';
    }
    prediction_.warnings.push_back(std::move(text));
  }

  void judge_late() {
    prediction_.late = late_verdicts(known_, history_, facts_.snapshot);
    for (std::size_t node = 0; node < prediction_.late.size(); ++node) {
      take_verdict(*pending_[node], prediction_.late[node]);
    }
  }

  void take_verdict(const Migration& migration, const LateVerdict& verdict) {
    using Kind = LateVerdict::Kind;
    const LatePolicy policy = facts_.late_policy(migration.member);
    const Renaming* const renaming = renamings_.of(migration.name);
    if (verdict.kind == Kind::NotLate || (renaming != nullptr && renaming->same_sql)) {
      return;
    }
    if (verdict.kind == Kind::Collides) {
      prediction_.conflicts.push_back(
          {.first = migration.id(), .second = verdict.other, .text = verdict.text});
    }
    if (verdict.kind == Kind::Safe || policy == LatePolicy::Allow) {
      return;
    }
    if (policy == LatePolicy::Refuse) {
      prediction_.refusals.push_back(late_refusal(migration, verdict));
    } else {
      prediction_.warnings.push_back(
          migration.id() +
          (verdict.kind == Kind::Collides
               ? " is late, and may not be exchangeable with " + verdict.other + ": "
               : " is late, and not known to be safe: ") +
          verdict.text);
    }
  }

  const Catalog& catalog_;
  const History& history_;
  const UpgradeFacts& facts_;
  TransactionMode mode_;
  std::vector<const Migration*> pending_;
  KnownMigrations known_;
  Renamings renamings_;
  std::optional<std::optional<MigrationNumber>> opaque_ = {};  ///< Once it was looked for.
  std::set<std::string> waived_ = {};
  std::set<std::string> told_ = {};  ///< What is missing, and was refused.
  Prediction prediction_ = {};
};

}  // namespace

std::string_view to_string(LateVerdict::Kind kind) {
  switch (kind) {
    case LateVerdict::Kind::Safe:
      return "safe";
    case LateVerdict::Kind::Unknown:
      return "unknown";
    case LateVerdict::Kind::Collides:
      return "collides";
    case LateVerdict::Kind::NotLate:
      break;
  }
  return "not-late";
}

Prediction predict_upgrade(const Catalog& catalog,
                           const History& history,
                           const UpgradeFacts& facts,
                           TransactionMode mode) {
  return Predictor(catalog, history, facts, mode).predict();
}

}  // namespace medusa
