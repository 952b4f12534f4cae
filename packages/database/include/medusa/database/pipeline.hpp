// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/database/connection.hpp"

namespace medusa {

/// Statements that are sent without waiting for one another's results, so that many of them cost
/// one round trip (https://www.postgresql.org/docs/current/libpq-pipeline-mode.html). The server
/// runs them in order, one at a time; after one that it refuses, it runs none of those that were
/// sent after it. While a pipeline lives, its connection is used by nothing else.
class Pipeline {
 public:
  /// @pre the connection is in a transaction: a pipeline outside of one would make one of its own.
  /// @throws Error with ErrorCode::Database if the connection is lost.
  explicit Pipeline(Connection& connection);

  /// Waits until the server is done with what was sent, and ignores how that went.
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  Pipeline(Pipeline&&) = delete;
  Pipeline& operator=(Pipeline&&) = delete;

  /// Sends one statement: not several in one text, and no COPY from or to the client.
  /// @throws Error with ErrorCode::Database if the connection is lost; with ErrorCode::Interrupted
  ///   or Terminated if a signal came.
  void send(std::string_view sql, const std::vector<Parameter>& parameters = {});

  /// Asks the server for the results of what was sent so far: it keeps them back otherwise, until
  /// there are many.
  void flush();

  /// How many results have not been received yet.
  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  /// The result of the oldest statement under way; waits for it. What the statement is, or whether
  /// it was flushed, does not matter.
  /// @throws SqlError if the server refused it: then nothing is under way any more; Error as
  /// `send`.
  QueryResult receive();

 private:
  void end() noexcept;

  Connection& connection_;
  std::size_t under_way_ = 0;
  std::size_t not_flushed_ = 0;
};

}  // namespace medusa
