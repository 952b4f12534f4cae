// SPDX-License-Identifier: MIT
// One connection to PostgreSQL. libpqxx stays behind this header.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "medusa/database/database_url.hpp"
#include "medusa/database/query_result.hpp"
#include "medusa/database/server_notice.hpp"
#include "medusa/database/sql_error.hpp"

namespace medusa {

/// How a connection introduces itself and how long it may take to open.
struct ConnectionOptions {
  std::string application_name = "medusa";
  std::chrono::seconds connect_timeout{15};
};

/// A value sent beside a statement ($1, $2, ...); absent is NULL.
struct Parameter {
  // Text and its absence convert, so that a list of values can be written as one.
  Parameter(std::optional<std::string> text) : value(std::move(text)) {}  // NOLINT

  Parameter(std::string text) : value(std::move(text)) {}  // NOLINT

  /// A value in the binary format of the parameter's type.
  [[nodiscard]] static Parameter binary(std::string bytes) {
    Parameter parameter(std::move(bytes));
    parameter.is_binary = true;
    return parameter;
  }

  std::optional<std::string> value;
  bool is_binary = false;
};

/// Gets the time since the statement was sent.
using SlowStatementListener = std::function<void(std::chrono::milliseconds)>;

/// An open connection, without automatic reconnection: a lost connection loses its transaction, and
/// that must be seen. Not thread-safe, but for cancel().
class Connection {
 public:
  /// @throws Error with ErrorCode::Database: unreachable, refused, wrong password, no such
  ///   database. The password is in none of the texts.
  explicit Connection(const DatabaseUrl& url, const ConnectionOptions& options = {});
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;

  /// Sends the text as one simple query; it may hold several statements and gives a result for
  /// each. Several statements outside a transaction are one transaction (PostgreSQL's rule).
  /// COPY FROM STDIN and COPY TO STDOUT, which nobody serves, end at once: the first as SqlError,
  /// the second without its data.
  /// @throws SqlError if the server refuses one; Error with ErrorCode::Database if the connection
  ///   is lost; Error with ErrorCode::Interrupted or Terminated if a signal came.
  std::vector<QueryResult> execute(std::string_view sql);

  /// Sends one statement with parameters. Throws as above.
  QueryResult execute(std::string_view sql, const std::vector<Parameter>& parameters);

  /// Has `listener` called while a statement takes long: after `patience`, and again each time that
  /// it has passed once more. It must not throw, nor use this connection. Empty: nobody.
  void on_slow(std::chrono::milliseconds patience, SlowStatementListener listener);

  /// Has `listener` called with each notice of the server when it comes, be the statement at its
  /// end or not. It must not throw, nor use this connection. Empty: nobody.
  void on_notice(NoticeListener listener);

  /// Connects again, as it was made; to be called once the connection was lost. The transaction and
  /// all settings are gone. @throws as the constructor; then it stays lost.
  void reopen();

  /// How many statements (or texts of several) were sent.
  [[nodiscard]] std::uint64_t statements() const noexcept;

  /// Sends ROLLBACK, even after a signal. Failures are ignored: a connection that is lost has
  /// rolled back already.
  void roll_back() noexcept;

  /// Asks the server to stop the running statement; callable from another thread.
  void cancel() noexcept;

  /// Whether a transaction is open on it, failed or not.
  [[nodiscard]] bool in_transaction() const noexcept;

  /// False once the connection was lost.
  [[nodiscard]] bool is_open() const noexcept;

  /// The server's version as a number, e.g. 150018, and as text, e.g. "15.18".
  [[nodiscard]] int server_version() const noexcept;
  [[nodiscard]] std::string server_version_text() const;

  /// Process id of our backend on the server.
  [[nodiscard]] int backend_pid() const noexcept;

 private:
  friend class Pipeline;
  struct State;

  [[nodiscard]] static std::unique_ptr<State> open(const DatabaseUrl& url,
                                                   const ConnectionOptions& options);

  std::mutex replacing_;  ///< Held while state_ is replaced and while cancel() uses it.
  std::unique_ptr<State> state_;
};

/// `name` as an SQL identifier, quoted when needed or not: always `"..."`.
[[nodiscard]] std::string quote_identifier(std::string_view name);

/// `text` as an SQL string literal, safe under either setting of standard_conforming_strings.
[[nodiscard]] std::string quote_literal(std::string_view text);

}  // namespace medusa
