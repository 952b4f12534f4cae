// SPDX-License-Identifier: MIT
// The plan as a value: what is to be done to one database, in which order, and why. Pure functions
// make it; show, plan, run and revert consume it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/core/transaction_mode.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/journal.hpp"
#include "medusa/plan/migration_graph.hpp"
#include "medusa/plan/planned_hazard.hpp"
#include "medusa/plan/recordings.hpp"
#include "medusa/plan/state.hpp"
#include "medusa/plan/upgrade_facts.hpp"

namespace medusa {

struct Prediction;

enum class Direction { Up, Down };

[[nodiscard]] std::string_view to_string(Direction direction);

/// One link of the chain that explains a step's place.
struct StepCause {
  std::string migration = {};  ///< Id of the one that had to come first.
  OrderReason reason = {};
};

/// One migration to run.
struct PlanStep {
  Migration migration = {};
  MigrationState state = MigrationState::Pending;
  /// Why it stands where it stands, in a few words; empty: that is its place by timestamp.
  std::string reason = {};
  /// What it waited for, what that waited for, and so on; empty at its default place.
  std::vector<StepCause> causes = {};
  std::vector<std::string> notes = {};  ///< What else people should know: whose tables it changes.
  /// Mode `all`: why everything before it must be committed first; empty: it need not.
  std::string commit_first = {};
  std::optional<std::int64_t> id = {};  ///< Of the history row it reverts.
  /// It runs in no transaction and began in an earlier run: it goes on behind what that did.
  std::optional<BegunMigration> begun = {};
};

/// Whether the migration runs inside a transaction at all: it does not opt out, and sends nothing
/// that PostgreSQL runs in none.
[[nodiscard]] bool in_transaction(const Migration& migration,
                                  Direction direction,
                                  TransactionMode mode);

/// Steps that succeed or fail together.
struct PlanGroup {
  bool transactional = true;  ///< False: each statement commits by itself.
  /// Why it does not share the transaction of the group before it, or runs in none, if that is not
  /// for the mode: a clause about its first step.
  std::string reason = {};
  std::vector<PlanStep> steps = {};
};

/// What one run does. Never mixes directions.
struct Plan {
  Direction direction = Direction::Up;
  TransactionMode mode = TransactionMode::All;
  std::vector<PlanGroup> groups = {};
  std::vector<std::string> warnings = {};
  std::vector<PlannedHazard> hazards = {};  ///< Of an upgrade with foresight, in order.

  [[nodiscard]] std::size_t step_count() const;

  [[nodiscard]] bool empty() const { return step_count() == 0; }
};

/// The enabled migrations in TypeORM's order: by timestamp; ties keep the collection order. It is
/// the default; what is declared can change it, see order_upgrade.
[[nodiscard]] std::vector<const Migration*> order(const Catalog& catalog);

/// Everything pending, in the order of order_upgrade. A migration's own `transaction` property is
/// honoured in every mode: in mode `all` one that opts out splits the upgrade into groups, and so
/// does one that sends what PostgreSQL runs in no transaction, or that began in none.
/// @throws Error with ErrorCode::Plan as order_upgrade does.
[[nodiscard]] Plan make_upgrade_plan(const Catalog& catalog,
                                     const History& history,
                                     TransactionMode mode,
                                     const Journal& journal = {});

/// The steps of a prediction, in its order; those that cannot be placed are left out.
[[nodiscard]] std::vector<PlanStep> upgrade_steps(const Prediction& prediction,
                                                  const History& history,
                                                  const Journal& journal = {});

/// The same with foresight: what needs something that another one creates waits for it, and what
/// cannot go well is refused before anything runs.
/// @throws Error with ErrorCode::Plan as order_upgrade does, and with all that is refused, if the
///   facts say so; likewise with all hazards.
[[nodiscard]] Plan make_upgrade_plan(const Catalog& catalog,
                                     const History& history,
                                     TransactionMode mode,
                                     const UpgradeFacts& facts);

/// How much to revert. `steps` counts migrations; `to` keeps the migration of that name and reverts
/// everything that was executed after it. Exactly one is used; `to` wins.
struct RevertTarget {
  std::size_t steps = 1;
  std::optional<std::string> to = {};
};

/// Reverts in reverse order of execution (highest id first), as TypeORM does.
/// @param recordings tell what a migration in no member is called today, if it was renamed.
/// @throws Error with ErrorCode::Usage: `to` is no migration's name; with ErrorCode::Plan: `to` is
///   not applied; a migration is in no member, or half reverted and edited since; any is half done:
///   what it did may stand on what would be taken back.
[[nodiscard]] Plan make_revert_plan(const Catalog& catalog,
                                    const History& history,
                                    TransactionMode mode,
                                    const RevertTarget& target,
                                    const Journal& journal = {},
                                    const Recordings& recordings = {});

}  // namespace medusa
