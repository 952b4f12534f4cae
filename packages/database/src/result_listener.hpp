// SPDX-License-Identifier: MIT
// libpqxx hands out the last result of a command and, of an error, little more than its text.
// libpq itself can report every result it creates to a listener
// (https://www.postgresql.org/docs/current/libpq-events.html); this one keeps the results of a
// multi-statement command and all fields of an error.
#pragma once

#include <libpq-events.h>
#include <optional>
#include <vector>

#include "medusa/database/query_result.hpp"
#include "medusa/database/sql_error.hpp"

namespace medusa {

/// Collects what one command produced. Lives as long as the connection it listens to.
class ResultListener {
 public:
  /// Starts listening. @pre the listener outlives the connection.
  void attach(PGconn* connection);

  /// Forgets what was collected; called before each command.
  void clear();

  [[nodiscard]] std::vector<QueryResult>& results() { return results_; }

  [[nodiscard]] const std::optional<SqlErrorFields>& error() const { return error_; }

 private:
  static int on_event(PGEventId id, void* info, void* listener);
  void collect(const PGresult* result);

  std::vector<QueryResult> results_;
  std::optional<SqlErrorFields> error_;
};

}  // namespace medusa
