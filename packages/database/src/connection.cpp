// SPDX-License-Identifier: MIT
#include "medusa/database/connection.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

#include <pqxx/basic_connection.hxx>
#include <pqxx/except.hxx>
#include <pqxx/nontransaction.hxx>
#include <pqxx/prepared_statement.hxx>

#include "connect_policy.hpp"
#include "medusa/core/error.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace {

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
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // gone in libpqxx 7, where it is the rule
    inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }
};

Error lost(const DatabaseUrl& url, const std::string& reason) {
  return Error({.code = ErrorCode::Database,
                .message = "the connection to the database was lost",
                .notes = {without_secret(reason, url.password())},
                .hint = "run the same command again: what was committed stays, the rest is run"});
}

}  // namespace

struct Connection::State {
  State(const DatabaseUrl& given, const ConnectionOptions& options)
      : url(given), policy(url, options, listener), link(policy) {
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
};

template <typename Send>
void Connection::State::run(Send send) {
  Interruption::check();
  listener.clear();
  try {
    send(*session);
  } catch (const pqxx::broken_connection& error) {
    throw lost(url, listener.error().has_value() ? listener.error()->message : error.what());
  } catch (const pqxx::sql_error& error) {
    if (!link.is_open()) {
      throw lost(url, listener.error().has_value() ? listener.error()->message : error.what());
    }
    SqlErrorFields fields = listener.error().value_or(SqlErrorFields{});
    if (fields.message.empty()) {
      fields.message = error.what();
    }
    if (fields.sqlstate == "57014") {
      Interruption::check();  // the statement was cancelled because a signal asked for it
    }
    throw SqlError(fields);
  } catch (const pqxx::failure& error) {
    throw lost(url, error.what());
  }
}

Connection::Connection(const DatabaseUrl& url, const ConnectionOptions& options) {
  try {
    state_ = std::make_unique<State>(url, options);
  } catch (const pqxx::failure& error) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot open a connection to " + url.masked(),
                 .notes = {without_secret(error.what(), url.password())}});
  }
}

Connection::~Connection() = default;

std::vector<QueryResult> Connection::execute(std::string_view sql) {
  state_->run([&](pqxx::nontransaction& session) { session.exec(std::string(sql)); });
  return std::move(state_->listener.results());
}

QueryResult Connection::execute(std::string_view sql, const std::vector<Parameter>& parameters) {
  std::vector<const char*> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    values.push_back(parameter.has_value() ? parameter->c_str() : nullptr);
  }
  state_->run([&](pqxx::nontransaction& session) {
    session.exec_params(std::string(sql), pqxx::prepare::make_dynamic_params(values));
  });
  std::vector<QueryResult>& results = state_->listener.results();
  return results.empty() ? QueryResult{} : std::move(results.front());
}

void Connection::roll_back() noexcept {
  try {
    state_->session->exec("ROLLBACK");
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): see the header
  }
}

void Connection::cancel() noexcept {
  PGcancel* request = PQgetCancel(state_->policy.raw());
  if (request != nullptr) {
    std::string reason(256, '\0');
    PQcancel(request, reason.data(), static_cast<int>(reason.size()));
    PQfreeCancel(request);
  }
}

bool Connection::is_open() const noexcept { return state_->link.is_open(); }

int Connection::server_version() const noexcept { return state_->link.server_version(); }

std::string Connection::server_version_text() const {
  const int version = server_version();
  return std::to_string(version / 10000) + '.' + std::to_string(version % 10000);
}

int Connection::backend_pid() const noexcept { return state_->link.backendpid(); }

}  // namespace medusa
