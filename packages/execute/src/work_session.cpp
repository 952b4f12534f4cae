// SPDX-License-Identifier: MIT
#include "work_session.hpp"

#include "medusa/core/error.hpp"
#include "medusa/database/transaction.hpp"

namespace medusa {

namespace {

std::string set_local(const std::string& name, const std::string& value) {
  std::string text = "SET LOCAL ";
  return text.append(name).append(" = ").append(value).append("; ");
}

std::string search_path_of(const std::string& schema) {
  // public stays reachable: extensions are often installed there.
  return quote_identifier(schema) + (schema == "public" ? "" : ", public");
}

Error cannot_prepare(const std::string& what, const SqlError& error, std::string hint) {
  return Error({.code = ErrorCode::Database,
                .message = "cannot create " + what,
                .notes = {std::string(error.sqlstate()) + ": " + error.fields().message},
                .hint = std::move(hint)});
}

bool present(Connection& connection, const std::string& query, const std::string& name) {
  return !connection.execute(query, {name}).rows.empty();
}

}  // namespace

WorkSession::WorkSession(const DatabaseUrl& url, const ExecutorOptions& options)
    : url_(url),
      options_(options),
      connection_(url),
      history_(connection_, options.schema),
      upgrades_(connection_, options.schema, history_),
      journal_(connection_, options.schema) {}

void WorkSession::prepare(bool journalled) {
  refuse_read_only();
  prepare_schema();
  prepare_extensions();
  prepare_tables(journalled);
}

void WorkSession::prepare_schema() {
  if (options_.schema_is_set &&
      !present(connection_, "SELECT 1 FROM pg_namespace WHERE nspname = $1", options_.schema)) {
    try {
      connection_.execute("CREATE SCHEMA " + quote_identifier(options_.schema));
    } catch (const SqlError& error) {
      throw cannot_prepare(
          "schema '" + options_.schema + "'",
          error,
          "create it as a user who may: CREATE SCHEMA " + quote_identifier(options_.schema) + ";");
    }
  }
}

void WorkSession::prepare_extensions() {
  for (const std::string& extension : options_.extensions) {
    if (present(connection_, "SELECT 1 FROM pg_extension WHERE extname = $1", extension)) {
      continue;
    }
    try {
      // Into the schema that is the database's default: others may need the extension, too.
      connection_.execute("SET LOCAL search_path TO DEFAULT; CREATE EXTENSION " +
                          quote_identifier(extension) + "; " + transaction_settings());
    } catch (const SqlError& error) {
      throw cannot_prepare(
          "extension '" + extension + "'",
          error,
          "install it as a superuser: CREATE EXTENSION " + quote_identifier(extension) + ";");
    }
  }
}

void WorkSession::prepare_tables(bool journalled) {
  std::string what = "the table 'migrations'";
  try {
    if (!history_.exists()) {
      history_.create();
    }
    what = "the tables 'medusa_upgrade' and 'medusa_migration'";
    upgrades_.create();
    if (journalled) {
      what = "the table 'medusa_journal'";
      journal_.create();
    }
  } catch (const SqlError& error) {
    throw cannot_prepare(what + " in schema '" + options_.schema + "'",
                         error,
                         "the database user needs the right to create tables there");
  }
}

void WorkSession::refuse_read_only() {
  const QueryResult result = connection_.execute(
      "SELECT pg_is_in_recovery(), current_setting('transaction_read_only'), current_schema()", {});
  const auto& row = result.rows.at(0);
  schema_leads_ = options_.schema_is_set || row.at(2) == options_.schema;
  if (row.at(0) == "t") {
    throw Error({.code = ErrorCode::Database,
                 .message = "the database server is a read-only standby",
                 .hint = "use the URL of the primary server"});
  }
  if (row.at(1) == "on") {
    throw Error({.code = ErrorCode::Database,
                 .message = "the database is read-only (default_transaction_read_only is on)",
                 .hint = "use a user or database without that setting"});
  }
}

std::string WorkSession::transaction_settings() const {
  return plain_settings({}, true);
}

std::string WorkSession::plain_settings(const std::set<std::string>& own, bool pooled) const {
  if (own.contains("")) {
    return {};
  }
  std::string settings;
  if (!own.contains("lock_timeout")) {
    settings += set_local("lock_timeout", std::to_string(options_.lock_timeout.count()));
  }
  if (options_.statement_timeout.count() > 0 && !own.contains("statement_timeout")) {
    settings += set_local("statement_timeout", std::to_string(options_.statement_timeout.count()));
  }
  // Where there is a session, it has the path already.
  if (options_.schema_is_set && pooled && !own.contains("search_path")) {
    settings += set_local("search_path", search_path_of(options_.schema));  // need not be there yet
  }
  return settings;
}

void WorkSession::enter_plain() {
  // An index that is built concurrently and does not get a lock in time is left invalid.
  std::string settings = "SET lock_timeout = 0";
  if (options_.schema_is_set) {
    settings += "; SET search_path = " + search_path_of(options_.schema);
  }
  connection_.execute(settings);
}

void WorkSession::leave_plain() {
  connection_.execute("RESET lock_timeout; RESET search_path");
}

}  // namespace medusa
