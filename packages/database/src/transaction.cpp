// SPDX-License-Identifier: MIT
#include "medusa/database/transaction.hpp"

#include "medusa/core/error.hpp"

namespace medusa {

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.execute("START TRANSACTION");
}

Transaction::Transaction(Connection& connection, const std::string& more)
    : connection_(connection) {
  try {
    results_ = connection_.execute("START TRANSACTION; " + more);
  } catch (...) {
    rollback();  // an error comes after the transaction has begun
    throw;
  }
  results_.erase(results_.begin());
}

Transaction::~Transaction() {
  rollback();
}

void Transaction::commit() {
  const std::vector<QueryResult> results = connection_.execute("COMMIT");
  open_ = false;
  // PostgreSQL answers COMMIT of a failed transaction with the tag ROLLBACK and no error.
  if (results.empty() || results.front().tag != "COMMIT") {
    throw Error({.code = ErrorCode::Database,
                 .message = "the server rolled the transaction back instead of committing it",
                 .notes = {"a statement before had failed and its error was swallowed"}});
  }
}

void Transaction::rollback() noexcept {
  if (!open_) {
    return;
  }
  open_ = false;
  connection_.roll_back();
}

}  // namespace medusa
