// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "medusa/database/connection.hpp"
#include "medusa/execute/executor.hpp"
#include "medusa/execute/history_store.hpp"
#include "medusa/execute/upgrade_store.hpp"

#include "journal_store.hpp"

namespace medusa {

/// The work connection of a run with what its steps share. Settings are made with SET LOCAL inside
/// each transaction, so that a pooler never hands them to somebody else.
class WorkSession {
 public:
  WorkSession(const DatabaseUrl& url, const ExecutorOptions& options);

  [[nodiscard]] Connection& connection() { return connection_; }

  [[nodiscard]] const DatabaseUrl& url() const { return url_; }

  [[nodiscard]] HistoryStore& history() { return history_; }

  [[nodiscard]] UpgradeStore& upgrades() { return upgrades_; }

  [[nodiscard]] JournalStore& journal() { return journal_; }

  /// Creates schema, extensions, history table and our own tables where they are missing, each only
  /// if it is; inside a transaction. @param journalled whether a journal is needed.
  void prepare(bool journalled);

  /// Settings of a transaction, for the text that begins it.
  [[nodiscard]] std::string transaction_settings() const;

  /// The same for a transaction around one statement of a step that runs outside the upgrade's.
  /// @param own what the step has set itself; an empty name means anything.
  [[nodiscard]] std::string plain_settings(const std::set<std::string>& own, bool pooled) const;

  /// Called before steps without a transaction, and after them; not behind a pooler, which would
  /// give the settings to others.
  void enter_plain();
  void leave_plain();

  /// Whether what has no schema in its name goes into the history's schema, as it did when
  /// migrations were recorded. TypeORM writes other SQL when the database's search_path leads
  /// elsewhere.
  [[nodiscard]] bool schema_leads() const { return schema_leads_; }

 private:
  void refuse_read_only();
  void prepare_schema();
  void prepare_extensions();
  void prepare_tables(bool journalled);

  const DatabaseUrl& url_;
  const ExecutorOptions& options_;
  Connection connection_;
  HistoryStore history_;
  UpgradeStore upgrades_;
  JournalStore journal_;
  bool schema_leads_ = false;
};

}  // namespace medusa
