// SPDX-License-Identifier: MIT
#include "medusa/database/connection.hpp"

#include <algorithm>

#include <pqxx/binarystring.hxx>
#include <pqxx/except.hxx>

#include "medusa/core/error.hpp"
#include "medusa/core/secret.hpp"
#include "medusa/system/interruption.hpp"

#include "connection_state.hpp"

namespace medusa {

namespace {

template <typename Statement>
void add(Statement& statement, const Parameter& parameter) {
  if (!parameter.value.has_value()) {
    statement();
  } else if (parameter.is_binary) {
    statement(pqxx::binarystring(*parameter.value));
  } else {
    statement(*parameter.value);
  }
}

}  // namespace

bool has_nul(const Parameter& parameter) {
  return parameter.value.has_value() && !parameter.is_binary &&
         parameter.value->find('\0') != std::string::npos;
}

Error Connection::State::lost(const std::string& reason) const {
  return Error({.code = ErrorCode::Database,
                .message = "the connection to the database was lost",
                .notes = {without_secret(reason, url.password())},
                .hint = "run the same command again: what was committed stays, the rest is run"});
}

template <typename Send>
void Connection::State::run(Send send) {
  Interruption::check();
  listener.clear();
  try {
    send(*session);
    end_copies();
  } catch (const pqxx::broken_connection& error) {
    fail(error.what());  // which libpqxx also says of errors of class 08 on a sound connection
  } catch (const pqxx::sql_error& error) {
    fail(error.what());
  } catch (const pqxx::failure& error) {
    throw lost(error.what());
  }
}

void Connection::State::fail(const std::string& reason) {
  SqlErrorFields fields = listener.error().value_or(SqlErrorFields{});
  if (fields.message.empty()) {
    fields.message = reason;
  }
  fail(fields);
}

void Connection::State::fail(const SqlErrorFields& fields) {
  if (!link.is_open()) {
    throw lost(fields.message);
  }
  if (fields.sqlstate == "57014") {
    Interruption::check();  // the statement was cancelled because a signal asked for it
  }
  throw SqlError(fields);
}

void Connection::State::end_copies() {
  PGconn* const raw = policy.raw();
  while (listener.is_copying()) {
    listener.forget_copy();
    PQputCopyEnd(raw, "a migration cannot send data this way");  // does nothing to COPY ... TO
    for (char* row = nullptr; PQgetCopyData(raw, &row, 0) > 0;) {
      PQfreemem(row);
    }
    // What follows the COPY in the same text, up to the next one.
    while (PGresult* result = listener.is_copying() ? nullptr : PQgetResult(raw)) {
      PQclear(result);
    }
  }
  if (listener.error().has_value()) {
    fail(listener.error()->message);
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
  if (std::any_of(parameters.begin(), parameters.end(), has_nul)) {
    return execute(kRefusedNul, {});
  }
  state_->run([&](pqxx::nontransaction& session) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // exec_params takes one kind of value
    auto statement = session.parameterized(std::string(sql));
#pragma GCC diagnostic pop
    for (const Parameter& parameter : parameters) {
      add(statement, parameter);
    }
    statement.exec();
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

bool Connection::in_transaction() const noexcept {
  const PGTransactionStatusType status = PQtransactionStatus(state_->policy.raw());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::is_open() const noexcept {
  return state_->link.is_open();
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
