// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/database/connection.hpp"
#include "medusa/database/fence.hpp"
#include "medusa/database/transaction.hpp"

namespace medusa {

/// A transaction that only begins while the run lock is ours, and that the next holder of the lock
/// waits for. Rolls back unless it is committed.
class FencedTransaction {
 public:
  /// Begins with `settings` (SET LOCAL ...; each with its semicolon) and the fence, in one round
  /// trip. @throws as Transaction; Error with ErrorCode::Lock if the lock is lost.
  FencedTransaction(Connection& connection, const Fence& fence, const std::string& settings = {});

  /// @throws as Transaction::commit.
  void commit() { transaction_.commit(); }

  void rollback() noexcept { transaction_.rollback(); }

  /// Process id of the backend that works on it.
  [[nodiscard]] int backend() const { return backend_; }

  /// Its id, for pg_xact_status; empty on a standby.
  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  Transaction transaction_;
  int backend_ = 0;
  std::string id_ = {};
};

}  // namespace medusa
