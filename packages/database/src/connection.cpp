// SPDX-License-Identifier: MIT
#include "medusa/database/connection.hpp"

#include <algorithm>
#include <optional>
#include <poll.h>

#include <pqxx/except.hxx>

#include "medusa/core/error.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/system/interruption.hpp"

#include "connection_state.hpp"
#include "result_copy.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

/// How late something may be noticed while a statement runs.
constexpr std::chrono::milliseconds kSlice{50};
/// How long a server that was asked to cancel may take; most answer at once.
constexpr std::chrono::seconds kGrace{30};

}  // namespace

bool has_nul(const Parameter& parameter) {
  return parameter.value.has_value() && !parameter.is_binary &&
         parameter.value->find('\0') != std::string::npos;
}

Connection::State::State(const DatabaseUrl& given, const ConnectionOptions& given_options)
    : url(given),
      options(given_options),
      policy(url, options, listener),
      link(policy) {
  link.never_reconnect();
  PQsetNoticeReceiver(
      raw(),
      [](void* state, const PGresult* notice) {
        const auto& self = *static_cast<const State*>(state);
        if (self.on_notice) {
          self.on_notice(notice_of(notice));
        }
      },
      this);
}

Error Connection::State::lost(const std::string& reason) const {
  return Error({.code = ErrorCode::Database,
                .message = "the connection to the database was lost",
                .notes = {without_secret(reason, url.password())},
                .hint = "run the same command again: what was committed stays, the rest is run"});
}

template <typename Send>
void Connection::State::run(Send send) {
  listener.clear();
  if (given_up || send() == 0) {
    fail(PQerrorMessage(raw()));
  }
  receive();
  if (listener.error().has_value()) {
    fail(listener.error()->message);
  }
  if (!is_open()) {
    fail(PQerrorMessage(raw()));
  }
}

/// The listener keeps the results.
void Connection::State::receive() {
  while (wait_for_result()) {
    PGresult* const result = PQgetResult(raw());
    if (result == nullptr) {
      return;
    }
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    end_copy(status);
  }
  throw give_up();
}

Error Connection::State::give_up() {
  given_up = true;
  return lost("the server did not answer after the statement was cancelled");
}

bool Connection::State::wait_for_result() {
  const Clock::time_point start = Clock::now();
  std::optional<Clock::time_point> signalled;
  Clock::time_point due = start + patience;
  while (PQisBusy(raw()) != 0) {
    pollfd wait{PQsocket(raw()), POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(kSlice.count())) > 0) {
      if (PQconsumeInput(raw()) == 0) {
        return true;  // PQgetResult has the error
      }
      continue;
    }
    const Clock::time_point now = Clock::now();
    if (Interruption::signal() != 0) {
      signalled = signalled.value_or(now);
      if (now - *signalled > kGrace) {
        return false;
      }
    } else if (on_slow && now >= due) {
      on_slow(std::chrono::duration_cast<std::chrono::milliseconds>(now - start));
      due = Clock::now() + patience;
    }
  }
  return true;
}

/// COPY ... FROM STDIN waits for data that nobody has, COPY ... TO STDOUT for somebody to read.
void Connection::State::end_copy(ExecStatusType status) {
  if (status == PGRES_COPY_IN || status == PGRES_COPY_BOTH) {
    PQputCopyEnd(raw(), "a migration cannot send data this way");
  } else if (status == PGRES_COPY_OUT) {
    for (char* row = nullptr; PQgetCopyData(raw(), &row, 0) > 0;) {
      PQfreemem(row);
    }
  }
}

void Connection::State::fail(const std::string& reason) {
  SqlErrorFields fields = listener.error().value_or(SqlErrorFields{});
  if (fields.message.empty()) {
    fields.message = reason;
  }
  fields.statements_before = listener.results().size();
  fail(fields);
}

void Connection::State::fail(const SqlErrorFields& fields) {
  if (!is_open()) {
    throw lost(fields.message);
  }
  if (fields.sqlstate == "57014") {
    Interruption::check();  // the statement was cancelled because a signal asked for it
  }
  throw SqlError(fields);
}

std::unique_ptr<Connection::State> Connection::open(const DatabaseUrl& url,
                                                    const ConnectionOptions& options) {
  try {
    return std::make_unique<State>(url, options);
  } catch (const pqxx::failure& error) {
    throw Error({.code = ErrorCode::Database,
                 .message = "cannot open a connection to " + url.masked(),
                 .notes = {without_secret(error.what(), url.password())}});
  }
}

Connection::Connection(const DatabaseUrl& url, const ConnectionOptions& options)
    : state_(open(url, options)) {}

Connection::~Connection() = default;

std::vector<QueryResult> Connection::execute(std::string_view sql) {
  Interruption::check();
  ++state_->statements;
  state_->run([&] { return PQsendQuery(state_->raw(), std::string(sql).c_str()); });
  return std::move(state_->listener.results());
}

QueryResult Connection::execute(std::string_view sql, const std::vector<Parameter>& parameters) {
  if (std::any_of(parameters.begin(), parameters.end(), has_nul)) {
    return execute(kRefusedNul, {});
  }
  Interruption::check();
  ++state_->statements;
  const ParameterArrays arrays(parameters);
  state_->run([&] {
    return PQsendQueryParams(state_->raw(),
                             std::string(sql).c_str(),
                             static_cast<int>(parameters.size()),
                             nullptr,
                             arrays.values.data(),
                             arrays.lengths.data(),
                             arrays.formats.data(),
                             0);
  });
  std::vector<QueryResult>& results = state_->listener.results();
  return results.empty() ? QueryResult{} : std::move(results.front());
}

void Connection::on_slow(std::chrono::milliseconds patience, SlowStatementListener listener) {
  state_->patience = patience;
  state_->on_slow = std::move(listener);
}

void Connection::on_notice(NoticeListener listener) {
  state_->on_notice = std::move(listener);
}

std::uint64_t Connection::statements() const noexcept {
  return state_->statements;
}

void Connection::roll_back() noexcept {
  try {
    state_->run([&] { return PQsendQuery(state_->raw(), "ROLLBACK"); });
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): see the header
  }
}

void Connection::reopen() {
  std::unique_ptr<State> fresh = open(state_->url, state_->options);
  fresh->patience = state_->patience;
  fresh->on_slow = std::move(state_->on_slow);
  fresh->on_notice = std::move(state_->on_notice);
  fresh->statements = state_->statements;
  const std::lock_guard lock(replacing_);
  state_ = std::move(fresh);
}

void Connection::cancel() noexcept {
  const std::lock_guard lock(replacing_);
  PGcancel* request = PQgetCancel(state_->raw());
  if (request != nullptr) {
    std::string reason(256, '\0');
    PQcancel(request, reason.data(), static_cast<int>(reason.size()));
    PQfreeCancel(request);
  }
}

bool Connection::in_transaction() const noexcept {
  const PGTransactionStatusType status = PQtransactionStatus(state_->raw());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::is_open() const noexcept {
  return state_->is_open();
}

int Connection::server_version() const noexcept {
  return state_->link.server_version();
}

std::string Connection::server_version_text() const {
  const int version = server_version();
  return std::to_string(version / 10000) + '.' + std::to_string(version % 10000);
}

int Connection::backend_pid() const noexcept {
  return state_->link.backendpid();
}

}  // namespace medusa
