// SPDX-License-Identifier: MIT
// What is behind a Connection: the only place that holds libpqxx's and libpq's objects.
#pragma once

#include <optional>
#include <string>

#include <pqxx/basic_connection.hxx>
#include <pqxx/nontransaction.hxx>

#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"

#include "connect_policy.hpp"
#include "result_listener.hpp"

namespace medusa {

/// libpq takes text as C strings and would send only what stands before a NUL.
[[nodiscard]] bool has_nul(const Parameter& parameter);

/// What is sent instead: the server says that it refuses such text, and marks the transaction as
/// failed.
inline constexpr const char* kRefusedNul = R"(SELECT convert_from('\x00', 'UTF8'))";

/// libpqxx's connection on our policy. Opened at once and never reopened behind our back.
class PqxxConnection : public pqxx::connection_base {
 public:
  explicit PqxxConnection(ConnectPolicy& policy) : connection_base(policy) { init(); }

  ~PqxxConnection() { close(); }

  PqxxConnection(const PqxxConnection&) = delete;
  PqxxConnection& operator=(const PqxxConnection&) = delete;
  PqxxConnection(PqxxConnection&&) = delete;
  PqxxConnection& operator=(PqxxConnection&&) = delete;

  void never_reconnect() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wdeprecated-declarations"  // gone in libpqxx 7, where it is the rule
    inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }
};

struct Connection::State {
  State(const DatabaseUrl& given, const ConnectionOptions& options)
      : url(given),
        policy(url, options, listener),
        link(policy) {
    link.never_reconnect();
    session.emplace(link);
  }

  DatabaseUrl url;
  ResultListener listener;
  ConnectPolicy policy;
  PqxxConnection link;
  // "nontransaction" is libpqxx's name for plain execution: BEGIN and COMMIT are ours to send.
  std::optional<pqxx::nontransaction> session;

  template <typename Send>
  void run(Send send);

  /// Throws for what the server, or libpqxx, refused.
  [[noreturn]] void fail(const std::string& reason);
  [[noreturn]] void fail(const SqlErrorFields& fields);

  [[nodiscard]] Error lost(const std::string& reason) const;

  /// COPY ... FROM STDIN waits for data that nobody has, COPY ... TO STDOUT for somebody to read.
  void end_copies();
};

}  // namespace medusa
