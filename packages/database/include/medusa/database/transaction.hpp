// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/database/connection.hpp"

namespace medusa {

/// A transaction that rolls back unless it is committed.
class Transaction {
 public:
  /// Sends BEGIN. @throws as Connection::execute.
  explicit Transaction(Connection& connection);

  /// Sends BEGIN and more in one text.
  Transaction(Connection& connection, const std::string& more);
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

  /// What `more` gave, statement by statement.
  [[nodiscard]] const std::vector<QueryResult>& results() const { return results_; }

 private:
  Connection& connection_;
  std::vector<QueryResult> results_ = {};
  bool open_ = true;
};

}  // namespace medusa
