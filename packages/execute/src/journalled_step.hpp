// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "medusa/database/run_lock.hpp"
#include "medusa/execute/executor.hpp"
#include "medusa/sql/plain_statement.hpp"

#include "journal_store.hpp"
#include "live_index.hpp"
#include "lock_retry.hpp"
#include "step_transaction.hpp"
#include "work_session.hpp"

namespace medusa {

/// One step outside the upgrade's transactions, statement by statement, each with its entry in the
/// journal. What may run in a transaction has one of its own together with its entry, so both are
/// there or neither. What PostgreSQL runs in no transaction has an entry before and after; if a run
/// ended between them, the next one looks at what is there. A step that began in an earlier run is
/// replayed: what is done is not sent again, its result is the one that was kept.
class JournalledStep {
 public:
  struct Events {
    /// Waits before the next attempt at a statement that gave way to others. @throws Error if there
    /// is none.
    std::function<void(LockRetry&, const SqlError&)> give_way;
    /// An index that was left behind unfinished is about to be dropped: just now, because building
    /// it failed, or by an earlier run.
    std::function<void(const LiveIndex&, bool failed)> dropping;
  };

  /// Reads what the journal has of the step. All references must outlive it.
  JournalledStep(const PlanStep& step,
                 Direction direction,
                 WorkSession& session,
                 RunLock& lock,
                 const ExecutorOptions& options,
                 Events events);
  ~JournalledStep() = default;
  JournalledStep(const JournalledStep&) = delete;  // its transaction writes through it
  JournalledStep& operator=(const JournalledStep&) = delete;
  JournalledStep(JournalledStep&&) = delete;
  JournalledStep& operator=(JournalledStep&&) = delete;

  /// Runs the next statements of the step, or gives the results that they had.
  /// @throws as Connection::execute; Error with ErrorCode::Migration if the step does not send what
  /// it
  ///   sent then, or nobody knows whether a statement was done; with ErrorCode::Lock if the run
  ///   lock was lost.
  std::vector<QueryResult> send(const std::string& sql,
                                const std::optional<std::vector<Parameter>>& parameters);

  /// How many statements are done, in this run and before.
  [[nodiscard]] std::size_t done() const { return done_ + transaction_.done(); }

  /// The number of the statement that was begun and of which only the next run can find out what
  /// became of it; 0: there is none.
  [[nodiscard]] std::size_t open() const { return open_; }

 private:
  using Parameters = std::optional<std::vector<Parameter>>;
  using Results = std::vector<QueryResult>;

  Results one(const PlainStatement& statement, const Parameters& parameters);
  Results replay(const JournalEntry& entry, const PlainStatement& statement);
  /// After a run that ended while the statement was sent.
  Results go_on(const JournalEntry& entry,
                const PlainStatement& statement,
                const Parameters& parameters);
  Results rebuild(const JournalEntry& entry,
                  const PlainStatement& statement,
                  const Parameters& parameters);
  Results confirm(JournalEntry entry, const std::string& tag);

  /// In a transaction with its entry.
  Results enclosed(const PlainStatement& statement, const Parameters& parameters);
  Results attempt(const PlainStatement& statement, const Parameters& parameters);
  /// In no transaction.
  Results alone(const PlainStatement& statement, const Parameters& parameters);
  /// In a transaction that the step itself began: its beginning, what is in it and its end.
  Results begin(const PlainStatement& statement);
  Results inside(const PlainStatement& statement, const Parameters& parameters);

  Results execute(const PlainStatement& statement, const Parameters& parameters);
  void begin_entry(const JournalEntry& entry);
  void end_entry(const JournalEntry& entry);
  void write(const JournalEntry& entry);
  /// After the server refused it.
  void clean_up(const JournalEntry& entry, const PlainStatement& statement);
  void drop_leftover(const PlainStatement& statement);
  void drop(const LiveIndex& index, bool failed = false);
  [[nodiscard]] JournalEntry entry_of(const PlainStatement& statement,
                                      const Parameters& parameters) const;
  [[nodiscard]] std::string settings() const;
  [[nodiscard]] Error failure(const std::string& reason, const std::string& hint) const;

  const PlanStep& step_;
  Direction direction_;
  WorkSession& session_;
  Connection& connection_;
  RunLock& lock_;
  const ExecutorOptions& options_;
  Events events_;
  bool pooled_;
  std::map<std::size_t, JournalEntry> entries_ = {};  ///< Of earlier runs, by ordinal.
  std::size_t ordinal_ = 0;                           ///< Of the last statement, from 1.
  std::size_t done_ = 0;
  std::size_t open_ = 0;
  std::set<std::string> own_settings_ = {};  ///< What the step has set for its session.
  StepTransaction transaction_;
};

}  // namespace medusa
