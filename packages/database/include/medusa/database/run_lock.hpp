// SPDX-License-Identifier: MIT
// One upgrade at a time for a database, schema and history table: "One run at a time" in
// ARCHITECTURE.md.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"
#include "medusa/database/fence.hpp"
#include "medusa/database/lock_holder.hpp"

namespace medusa {

/// What to lock and how long to wait for it.
struct RunLockOptions {
  std::string schema = "public";     ///< Schema of the history table, and
  std::string table = "migrations";  ///< its name: the lock's key.
  std::chrono::seconds timeout{600};
  /// Called before waiting, at most once for each reason.
  std::function<void(const LockHolder&, RunLockWait)> on_wait = {};
};

/// Holds the run lock while it lives, in an idle READ COMMITTED transaction on a connection of its
/// own. It ends with the connection, so nothing is ever left behind; it keeps its server connection
/// even through a pooler in transaction mode; and, polled instead of waited for, it cannot deadlock
/// with CREATE INDEX CONCURRENTLY. Once it is there, no transaction of an earlier run is open.
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

  /// Whether somebody else had it first.
  [[nodiscard]] bool waited() const { return waited_; }

  /// The lock's own connection, for short reading under the lock. What was read stays locked, and
  /// an error stays in force, until forget_reads().
  [[nodiscard]] Connection& connection() { return *connection_; }

  /// Reads, and forgets what it read, in one round trip. @throws as Connection::execute().
  std::vector<QueryResult> read(const std::string& sql);

  /// Rolls back to where nothing was read. @throws as check().
  void forget_reads();

  /// What transactions on other connections begin with.
  [[nodiscard]] const Fence& fence() const { return fence_; }

  /// Whether a pooler is between us and the server: then only what happens in one transaction
  /// happens on one server connection.
  [[nodiscard]] bool is_pooled() const;

  /// @throws Error with ErrorCode::Lock if the lock was lost with its connection.
  void check();

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  /// What one attempt found.
  struct Attempt {
    bool locked = false;
    bool others_ended = false;  ///< No transaction of an earlier run is open.
  };

  Attempt attempt();
  void pause_before_next(RunLockWait reason, Deadline deadline);
  void tell(RunLockWait reason);
  [[nodiscard]] Error timed_out(RunLockWait reason);
  void send(const std::string& sql);

  const DatabaseUrl& url_;
  RunLockOptions options_;
  RunLockKeys keys_;
  std::unique_ptr<Connection> connection_;
  int server_pid_ = 0;
  Fence fence_;
  bool waited_ = false;
  bool told_run_ = false;
  bool told_transaction_ = false;
};

}  // namespace medusa
