// SPDX-License-Identifier: MIT
// What keeps a run that lost its lock from writing: see "One run at a time" in ARCHITECTURE.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "medusa/database/query_result.hpp"

namespace medusa {

/// The two advisory keys of a history table.
struct RunLockKeys {
  std::int64_t run = 0;      ///< Held alone by the run that may work.
  std::int64_t writers = 0;  ///< Held shared by each of its transactions.

  /// @param table name of the history table in `schema`; keys are local to a database already.
  [[nodiscard]] static RunLockKeys of(const std::string& schema, const std::string& table);
};

/// The condition that a row of pg_locks is a granted advisory lock with that key, of this database.
[[nodiscard]] std::string is_advisory_lock(std::int64_t key);

/// Proof that the lock is ours, to be shown at the beginning of every transaction that writes.
class Fence {
 public:
  Fence() = default;

  /// @param pid of the backend that holds the lock, and
  /// @param transaction the virtual id of its transaction, as pg_locks has them.
  Fence(RunLockKeys keys, int pid, std::string transaction);

  /// Statements for the beginning of a transaction; give their results to `check`.
  [[nodiscard]] std::string statements() const;

  /// Statements by which the session itself, whatever its transactions, is waited for by the next
  /// holder of the run lock, and no longer is: around what runs in no transaction. Not behind a
  /// pooler, where nobody has a session. To be sent inside a transaction that showed its proof.
  [[nodiscard]] std::string hold() const;
  [[nodiscard]] std::string release() const;

  /// @param results of the statements alone, in order.
  /// @throws Error with ErrorCode::Lock if the lock is no longer ours.
  void check(const std::vector<QueryResult>& results) const;

 private:
  RunLockKeys keys_ = {};
  int pid_ = 0;
  std::string transaction_ = {};
};

}  // namespace medusa
