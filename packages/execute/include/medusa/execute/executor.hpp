// SPDX-License-Identifier: MIT
// Runs plans: the lock on one connection, the plan's transactions on another. It makes the plan
// under the lock through the function it is given, so that what it runs can never be out of date.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "medusa/database/connection.hpp"
#include "medusa/execute/event.hpp"
#include "medusa/execute/upgrade_store.hpp"
#include "medusa/host/script_host.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

/// Where and how an upgrade runs.
struct ExecutorOptions {
  std::string schema = "public";  ///< Holds the history table.
  bool schema_is_set = false;     ///< Then it is created if absent and leads the search_path.
  std::vector<std::string> extensions = {};    ///< Created if absent before the first step.
  std::chrono::seconds run_lock_timeout{600};  ///< How long to wait for other runs.
  /// How long a statement in a transaction may wait for a lock before the transaction gives way;
  /// 0: as long as it takes. And how long a transaction is tried again.
  std::chrono::milliseconds lock_timeout{5000};
  std::chrono::milliseconds lock_retry{300000};
  /// For statements in a transaction; 0: the server's own.
  std::chrono::milliseconds statement_timeout{0};
  /// How long to try to learn what became of a transaction whose connection was lost.
  std::chrono::milliseconds reconnect{30000};
  /// Runs the plan in one transaction, whatever its mode, tells the observer of every statement
  /// that a step sends, and rolls back. Only what no transaction holds stays, like nextval().
  bool rehearse = false;
  std::string account = {};                          ///< Who runs it, for the record.
  std::map<std::string, std::string> versions = {};  ///< Of each member's package, likewise.
  /// Where typeorm is looked for when a migration's own member does not have it.
  std::vector<std::filesystem::path> typeorm_roots = {};
  /// Root folder of the member of that name: JavaScript is loaded as if from there.
  std::function<std::filesystem::path(const std::string&)> member_root = {};
};

/// How a run ended. Partial results are results: `problem` says why it stopped.
struct ExecutionResult {
  std::size_t done = 0;
  std::size_t rolled_back = 0;
  std::size_t not_run = 0;
  std::size_t unknown = 0;  ///< Of a transaction of which nobody knows what became of it.
  std::optional<Error> problem = {};
};

/// What a database says about the past.
struct RecordedHistory {
  History history = {};
  Recordings recordings = {};
  Journal journal = {};
};

/// Reads what the database has, when the planner wants to know.
struct DatabaseSource {
  std::function<SchemaSnapshot()> schema = {};
  /// Adds the definitions of its indexes of these names, as read_index_definitions does.
  std::function<void(const std::vector<std::string>&, SchemaSnapshot&)> index_definitions = {};
  std::function<Recordings()> recordings = {};  ///< With their SQL, as far as they may be read.
  std::function<Journal()> journal = {};
};

/// Makes the plan for what the database's history says.
using Planner = std::function<Plan(const History&, const DatabaseSource&)>;

class Executor {
 public:
  /// All references must outlive the executor. The host is started only if a step needs it.
  Executor(const DatabaseUrl& url,
           ScriptHost& host,
           ExecutionObserver& observer,
           ExecutorOptions options);

  /// Takes the lock, reads the history, plans, runs. A failing migration is in the result.
  /// @throws Error when nothing could be started: no connection, no lock, plan refused; in a
  ///   rehearsal with ErrorCode::Plan naming what could not be rolled back.
  ExecutionResult execute(const Planner& planner);

  /// Takes the lock, reads the history, plans, and records the plan's steps as applied, in one
  /// transaction and without running any of them. Nothing is done with an empty plan.
  /// @throws Error as `execute`; if it could not be recorded, or nobody knows whether it was.
  void record(const Planner& planner);

  /// What the planner makes of the database as it is now, without lock and without changing
  /// anything.
  [[nodiscard]] static Plan plan(const DatabaseUrl& url,
                                 const ExecutorOptions& options,
                                 const Planner& planner);

  /// The database as the planner gets it. Each reading opens a connection.
  [[nodiscard]] static DatabaseSource source(const DatabaseUrl& url,
                                             const ExecutorOptions& options);

  /// The history as it is now, without lock and without changing anything.
  [[nodiscard]] static History read_history(const DatabaseUrl& url, const std::string& schema);

  /// Likewise, with what was recorded when it was made.
  [[nodiscard]] static RecordedHistory read_recorded_history(const DatabaseUrl& url,
                                                             const std::string& schema,
                                                             RecordedSql sql);

 private:
  /// A plan, and the lock under which it was made.
  struct LockedPlan;
  [[nodiscard]] LockedPlan plan_under_lock(const Planner& planner);

  const DatabaseUrl& url_;
  ScriptHost& host_;
  ExecutionObserver& observer_;
  ExecutorOptions options_;
};

}  // namespace medusa
