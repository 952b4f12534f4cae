// SPDX-License-Identifier: MIT
// What is behind a Connection: the only place that holds libpqxx's and libpq's objects.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <pqxx/basic_connection.hxx>

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

/// Parameters in the arrays that libpq takes; valid as long as what they were made of.
struct ParameterArrays {
  explicit ParameterArrays(const std::vector<Parameter>& parameters) {
    for (const Parameter& parameter : parameters) {
      const bool is_null = !parameter.value.has_value();
      values.push_back(is_null ? nullptr : parameter.value->data());
      lengths.push_back(is_null ? 0 : static_cast<int>(parameter.value->size()));
      formats.push_back(parameter.is_binary ? 1 : 0);
    }
  }

  std::vector<const char*> values = {};
  std::vector<int> lengths = {};
  std::vector<int> formats = {};
};

struct Connection::State {
  State(const DatabaseUrl& given, const ConnectionOptions& given_options);

  DatabaseUrl url;
  ConnectionOptions options;
  ResultListener listener;
  ConnectPolicy policy;
  PqxxConnection link;

  /// Told while a statement takes long.
  std::chrono::milliseconds patience{0};
  SlowStatementListener on_slow;
  NoticeListener on_notice;
  std::uint64_t statements = 0;

  /// The server did not answer a cancelled statement: nothing more is expected of it.
  bool given_up = false;

  [[nodiscard]] bool is_open() const { return !given_up && PQstatus(raw()) == CONNECTION_OK; }

  [[nodiscard]] PGconn* raw() const { return policy.raw(); }

  /// Receives the results of what `send` sends; `send` is libpq's, false if it could not.
  template <typename Send>
  void run(Send send);

  void receive();
  /// Instead of inside libpq, so that something can be done meanwhile. False if a signal came, and
  /// after it no answer for long.
  bool wait_for_result();
  void end_copy(ExecStatusType status);

  /// Throws for what the server refused, or a lost connection.
  [[noreturn]] void fail(const std::string& reason);
  [[noreturn]] void fail(const SqlErrorFields& fields);

  [[nodiscard]] Error lost(const std::string& reason) const;

  /// After wait_for_result() was false: from now on the connection is lost.
  [[nodiscard]] Error give_up();
};

}  // namespace medusa
