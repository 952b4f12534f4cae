// SPDX-License-Identifier: MIT
// Our two tables beside TypeORM's: `medusa_upgrade`, a row for each run of a plan, and
// `medusa_migration`, a row for each migration that we applied and nobody took back. Nothing else
// in the program knows their names or columns. They can be dropped at any time: only what was
// recorded is lost with them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "medusa/catalog/migration.hpp"
#include "medusa/database/connection.hpp"
#include "medusa/execute/history_store.hpp"
#include "medusa/plan/plan.hpp"
#include "medusa/plan/recordings.hpp"

namespace medusa {

/// What is known about an upgrade when it begins.
struct UpgradeOrigin {
  Direction direction = Direction::Up;
  TransactionMode mode = TransactionMode::All;
  bool baseline = false;                             ///< Nothing runs; instead of a mode.
  std::string account = {};                          ///< Who started it, "user@host".
  std::map<std::string, std::string> versions = {};  ///< Of each member's package.
};

/// What a migration did when it was applied.
struct StepRecord {
  std::optional<std::string> sql = {};  ///< Readable; none: it ran in the host.
  /// None: the time since `start_of_step` was executed.
  std::optional<std::chrono::microseconds> duration = {};
  bool baseline = false;  ///< It did not run: `sql` is what it would have done.
};

/// A statement with its parameters, not sent yet.
struct SqlCommand {
  std::string sql = {};
  std::vector<Parameter> parameters = {};
};

enum class UpgradeOutcome {
  Running,  ///< Or ended where it could no longer say how, and no run came after it.
  Done,
  Failed,  ///< After a part of it was committed. One that left nothing behind leaves no row either.
  Interrupted,  ///< It could not say how it ended, and a later run found that it does not run.
};

[[nodiscard]] std::string_view to_string(UpgradeOutcome outcome);

/// Whether recordings are read with their SQL, which may be long.
enum class RecordedSql {
  Skip,
  Load,
  LoadIfAllowed,  ///< Nothing, if they may not be read.
};

class UpgradeStore {
 public:
  /// @param history of the same connection; must outlive this.
  UpgradeStore(Connection& connection, std::string schema, const HistoryStore& history);

  /// Creates the tables where they are missing.
  /// @throws SqlError if that is not allowed.
  void create();

  /// Adds the row of the upgrade to which everything after it belongs. Others that say they run do
  /// not: we have the run lock.
  void begin(const UpgradeOrigin& origin);

  /// Id of the upgrade that `begin` began; empty before.
  [[nodiscard]] const std::string& upgrade() const { return upgrade_; }

  /// Records the migration as applied, in TypeORM's table and in ours, in one round trip.
  /// @pre begin() was called.
  void insert(const Migration& migration, const StepRecord& record);

  /// Of the upgrade that began.
  [[nodiscard]] const std::string& id() const { return upgrade_; }

  /// What `insert` sends.
  [[nodiscard]] SqlCommand insertion(const Migration& migration, const StepRecord& record) const;

  /// What `remove` sends.
  [[nodiscard]] SqlCommand removal(const Migration& migration) const;

  /// Has the server remember the time until the end of the transaction, for records without one.
  [[nodiscard]] static SqlCommand start_of_step();

  /// Removes both records.
  void remove(const Migration& migration);

  /// Says how the upgrade ended, and why.
  void finish(UpgradeOutcome outcome, const std::optional<std::string>& problem = {});

  /// Whether the group's transaction was committed: its records are there, or were removed, by the
  /// upgrade that began here. @throws as Connection::execute.
  [[nodiscard]] bool has_records(const PlanGroup& group, Direction direction);

  /// All recordings; none if there is no table.
  /// @throws Error with ErrorCode::Database if they may not be read, but only with their SQL:
  ///   who just lists states is told less, not nothing.
  [[nodiscard]] Recordings load(RecordedSql sql);

 private:
  /// How many of the tables are there, and whether they may be read.
  struct Presence {
    bool complete = false;
    bool readable = false;
  };

  [[nodiscard]] Presence presence();

  Connection& connection_;
  std::string schema_;
  std::string upgrades_;    ///< Table, quoted and qualified.
  std::string migrations_;  ///< Likewise.
  const HistoryStore& history_;
  std::map<std::string, std::string> versions_ = {};
  std::string upgrade_ = {};  ///< Id of the running upgrade.
  std::string started_ = {};  ///< When it began: an id may be given again after a crash.
};

}  // namespace medusa
