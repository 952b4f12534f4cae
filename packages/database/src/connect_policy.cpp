// SPDX-License-Identifier: MIT
#include "connect_policy.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <poll.h>
#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

/// With PQERRORS_VERBOSE libpq writes "FATAL:  28P01: text"; the severity may be translated, the
/// form is not. Empty when the failure did not come from a server.
std::string sqlstate_in(std::string_view text) {
  constexpr std::size_t kCode = 5;
  for (std::size_t at = text.find(":  "); at != std::string_view::npos;
       at = text.find(":  ", at + 1)) {
    const std::string_view code = text.substr(at + 3, kCode);
    const std::string_view after = text.substr(std::min(text.size(), at + 3 + kCode), 1);
    bool all = code.size() == kCode && after == ":";
    for (const char c : code) {
      all = all && (std::isdigit(static_cast<unsigned char>(c)) != 0 ||
                    std::isupper(static_cast<unsigned char>(c)) != 0);
    }
    if (all) {
      return std::string(code);
    }
  }
  return {};
}

/// The server's or libpq's own words without the parts only PQERRORS_VERBOSE adds.
std::vector<std::string> reasons_in(std::string_view text, const DatabaseUrl& url) {
  std::vector<std::string> reasons;
  for (const std::string_view line : lines(text)) {
    const std::string_view trimmed = trim(line);
    if (!trimmed.empty() && trimmed.find("LOCATION:") == std::string_view::npos) {
      reasons.push_back(without_secret(std::string(trimmed), url.password()));
    }
  }
  return reasons;
}

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

/// Empty where the URL names no port: then createdb looks where we did.
std::string port_flag(const DatabaseUrl& url) {
  const auto port = url.environment().find("PGPORT");
  return port == url.environment().end() ? std::string{} : " -p " + shell_quoted(port->second);
}

Error connect_error(std::string_view text, const DatabaseUrl& url) {
  Diagnostic diagnostic{.code = ErrorCode::Database, .notes = reasons_in(text, url)};
  const std::string sqlstate = sqlstate_in(text);
  if (sqlstate == "3D000") {
    diagnostic.message = "the database '" + url.database() + "' does not exist";
    diagnostic.hint =
        "create it: createdb" + (url.host().empty() ? "" : " -h " + shell_quoted(url.host())) +
        port_flag(url) + (url.user().empty() ? "" : " -U " + shell_quoted(url.user())) + ' ' +
        shell_quoted(url.database());
  } else if (sqlstate.starts_with("28")) {
    diagnostic.message = "the server refused user '" + url.user() + "' (" +
                         (sqlstate == "28P01" ? "wrong password" : "not allowed to log in") + ")";
    diagnostic.hint = "check user and password in the database URL";
  } else if (!sqlstate.empty()) {
    diagnostic.message = "the server did not accept the connection (SQLSTATE " + sqlstate + ")";
    diagnostic.hint = "try again later, or look at the server's log";
  } else {
    diagnostic.message = "cannot reach the database server at " + url.masked();
    diagnostic.hint = "check that PostgreSQL runs there and that host and port are right";
  }
  return Error(diagnostic);
}

/// Waits until the socket is ready for libpq's next step; false when the time is up.
bool wait_for(PGconn* connection, PostgresPollingStatusType need, Clock::time_point deadline) {
  constexpr int kSliceMs = 100;  // how long a signal may go unnoticed
  while (Clock::now() < deadline) {
    Interruption::check();
    pollfd wait{PQsocket(connection),
                static_cast<short>(need == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                0};
    if (::poll(&wait, 1, kSliceMs) > 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

ConnectPolicy::ConnectPolicy(const DatabaseUrl& url,
                             const ConnectionOptions& options,
                             ResultListener& listener)
    : connectionpolicy(url.with_password()),
      url_(url),
      settings_(options),
      listener_(listener) {}

PGconn* ConnectPolicy::open() {
  const std::string timeout = std::to_string(settings_.connect_timeout.count());
  // What stands before "dbname", which is the URL, yields to it (expand_dbname); what stands after
  // it does not. A dead peer is noticed within half a minute instead of two hours.
  const std::array<const char*, 10> keys{"keepalives_idle",
                                         "keepalives_interval",
                                         "keepalives_count",
                                         "tcp_user_timeout",
                                         "dbname",
                                         "application_name",
                                         "client_encoding",
                                         "connect_timeout",
                                         "fallback_application_name",
                                         nullptr};
  const std::array<const char*, 10> values{"10",
                                           "5",
                                           "4",
                                           "30000",
                                           url_.with_password().c_str(),
                                           settings_.application_name.c_str(),
                                           "UTF8",
                                           timeout.c_str(),
                                           "medusa",
                                           nullptr};
  return PQconnectStartParams(keys.data(), values.data(), 1);
}

pqxx::connectionpolicy::handle ConnectPolicy::do_startconnect(handle original) {
  if (original != nullptr) {
    return original;
  }
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection(open(), PQfinish);
  if (connection == nullptr) {
    throw Error({.code = ErrorCode::Internal, .message = "out of memory"});
  }
  PQsetErrorVerbosity(connection.get(), PQERRORS_VERBOSE);
  const Clock::time_point deadline = Clock::now() + settings_.connect_timeout;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (PQstatus(connection.get()) != CONNECTION_BAD && status != PGRES_POLLING_OK &&
         status != PGRES_POLLING_FAILED) {
    if (!wait_for(connection.get(), status, deadline)) {
      throw connect_error(
          "no answer within " +
              plural(static_cast<std::size_t>(settings_.connect_timeout.count()), "second"),
          url_);
    }
    status = PQconnectPoll(connection.get());
  }
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    throw connect_error(PQerrorMessage(connection.get()), url_);
  }
  PQsetErrorVerbosity(connection.get(), PQERRORS_DEFAULT);
  // Nothing is written past our own channels; who wants notices listens (Connection::on_notice).
  PQsetNoticeProcessor(
      connection.get(), [](void* /*unused*/, const char* /*unused*/) {}, nullptr);
  listener_.attach(connection.get());
  raw_ = connection.get();
  return connection.release();
}

}  // namespace medusa
