// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/database/connection.hpp"

namespace medusa {

/// A transaction that rolls back unless it is committed.
class Transaction {
 public:
  /// Sends BEGIN. @throws as Connection::execute.
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction(Transaction&&) = delete;
  Transaction& operator=(Transaction&&) = delete;

  /// Sends COMMIT. @throws as Connection::execute; Error with ErrorCode::Database if the server
  ///   rolled back instead, which it does when a statement before had failed.
  void commit();

  /// Sends ROLLBACK now. Errors are of no interest: a lost connection rolls back as well.
  void rollback() noexcept;

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace medusa
