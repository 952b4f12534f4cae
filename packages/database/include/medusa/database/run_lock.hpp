// SPDX-License-Identifier: MIT
// One upgrade at a time for a database, schema and history table.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "medusa/database/connection.hpp"

namespace medusa {

/// Who holds the lock, as pg_stat_activity tells; fields the server does not show us are empty.
struct LockHolder {
  int pid = 0;
  std::string application = {};
  std::string address = {};
  std::string since = {};  ///< When its transaction began, e.g. "2024-05-01 10:00:00+00".
};

/// What to lock and how long to wait for it.
struct RunLockOptions {
  std::string schema = "public";  ///< Schema of the history table: part of the lock's key.
  std::chrono::seconds timeout{600};
  /// Called once when the lock is taken by somebody else, before waiting.
  std::function<void(const LockHolder&)> on_wait = {};
};

/// Holds the run lock while it lives: `pg_try_advisory_xact_lock` in an idle READ COMMITTED
/// transaction on a connection of its own. It ends with the connection, so nothing is ever left
/// behind; it keeps its server connection even through a pooler in transaction mode; and, polled
/// instead of waited for, it cannot deadlock with CREATE INDEX CONCURRENTLY.
class RunLock {
 public:
  /// @throws Error with ErrorCode::Lock naming the holder when the time is up; ErrorCode::Database
  ///   if the connection fails.
  RunLock(const DatabaseUrl& url, const RunLockOptions& options);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  RunLock(RunLock&&) = delete;
  RunLock& operator=(RunLock&&) = delete;

  /// Whether somebody else waited: then the history has to be read again (it is, in any case, read
  /// under the lock).
  [[nodiscard]] bool waited() const { return waited_; }

  /// @throws Error with ErrorCode::Lock if the lock was lost with its connection.
  void check() const;

 private:
  std::unique_ptr<Connection> connection_;
  bool waited_ = false;
};

}  // namespace medusa
