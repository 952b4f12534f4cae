// SPDX-License-Identifier: MIT
#include "medusa/database/run_lock.hpp"

#include <cstdint>
#include <random>
#include <thread>

#include "medusa/core/checksum.hpp"
#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace {

/// The advisory key: 63 bits of a hash. Advisory locks are local to a database already, so the
/// schema of the history table is what is left to tell apart.
std::int64_t key_of(const std::string& schema) {
  constexpr std::size_t kDigits = 15;
  return std::stoll(short_sha256("medusa migrations " + schema, kDigits), nullptr, 16);
}

bool try_lock(Connection& connection, std::int64_t key) {
  const QueryResult result =
      connection.execute("SELECT pg_try_advisory_xact_lock($1)", {std::to_string(key)});
  return result.rows.at(0).at(0) == "t";
}

LockHolder holder_of(Connection& connection, std::int64_t key) {
  // pg_stat_activity does not change inside a transaction unless told to, and pg_locks does.
  connection.execute("SELECT pg_stat_clear_snapshot()");
  // pg_locks shows a 64-bit advisory key as two halves.
  const QueryResult result = connection.execute(
      "SELECT a.pid, a.application_name, host(a.client_addr), date_trunc('second', a.xact_start)"
      " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
      " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
      " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
      " AND (l.classid::bigint << 32) + l.objid::bigint = $1",
      {std::to_string(key)});
  LockHolder holder;
  if (!result.rows.empty()) {
    const auto& row = result.rows.front();
    holder.pid = std::stoi(row[0].value_or("0"));
    holder.application = row[1].value_or("");
    holder.address = row[2].value_or("");
    holder.since = row[3].value_or("");
  }
  return holder;
}

void pause_with_jitter() {
  using namespace std::chrono_literals;
  static thread_local std::mt19937 generator(std::random_device{}());
  std::uniform_int_distribution<int> milliseconds(50, 150);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(generator)));
}

Error timed_out(const RunLockOptions& options, const LockHolder& holder) {
  Diagnostic diagnostic{
      .code = ErrorCode::Lock,
      .message = "another run holds the lock and did not finish within " +
                 plural(static_cast<std::size_t>(options.timeout.count()), "second")};
  if (holder.pid != 0) {
    diagnostic.notes.push_back(
        "held by pid " + std::to_string(holder.pid) + " (" + holder.application +
        (holder.address.empty() ? "" : ", " + holder.address) + ") since " + holder.since);
    diagnostic.hint =
        "wait for it, or end it: SELECT pg_terminate_backend(" + std::to_string(holder.pid) + ");";
  }
  return Error(diagnostic);
}

Error lost(const std::string& reason) {
  return Error({.code = ErrorCode::Lock,
                .message = "the run lock was lost",
                .notes = {reason},
                .hint = "run the same command again"});
}

}  // namespace

RunLock::RunLock(const DatabaseUrl& url, const RunLockOptions& options)
    : connection_(std::make_unique<Connection>(
          url, ConnectionOptions{.application_name = "medusa (lock)"})) {
  const std::int64_t key = key_of(options.schema);
  const auto deadline = std::chrono::steady_clock::now() + options.timeout;
  connection_->execute(
      "START TRANSACTION ISOLATION LEVEL READ COMMITTED; "
      "SET LOCAL idle_in_transaction_session_timeout = 0");
  while (!try_lock(*connection_, key)) {
    if (std::chrono::steady_clock::now() >= deadline) {
      throw timed_out(options, holder_of(*connection_, key));
    }
    if (!waited_) {
      waited_ = true;
      if (options.on_wait) {
        options.on_wait(holder_of(*connection_, key));
      }
    }
    pause_with_jitter();
    Interruption::check();
  }
}

RunLock::~RunLock() {
  connection_->roll_back();
}

void RunLock::check() const {
  try {
    connection_->execute("SELECT 1");
  } catch (const SqlError& error) {
    throw lost(error.what());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::Database) {
      throw;  // a signal
    }
    throw lost(error.what());
  }
}

}  // namespace medusa
