// SPDX-License-Identifier: MIT
#include "medusa/database/run_lock.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/interruption.hpp"

#include "lost_lock.hpp"

namespace medusa {

namespace {

constexpr const char* kForget = "ROLLBACK TO SAVEPOINT medusa";
constexpr int kTransactionTimeouts = 170000;  // the first version with transaction_timeout

/// One text, one round trip: the lock, who we are, and whether others still work. The savepoint
/// stays, and everything but the lock itself is undone.
std::string attempt_sql(const RunLockKeys& keys, int server_version) {
  const std::string mine = "FROM pg_catalog.pg_locks WHERE " + is_advisory_lock(keys.run) +
                           " AND mode = 'ExclusiveLock' AND pid = pg_backend_pid()";
  return "START TRANSACTION ISOLATION LEVEL READ COMMITTED; "
         "SET LOCAL idle_in_transaction_session_timeout = 0; "
         // The server, too, shall notice a dead peer within half a minute.
         "SET LOCAL tcp_keepalives_idle = 10; SET LOCAL tcp_keepalives_interval = 5; "
         "SET LOCAL tcp_keepalives_count = 4; " +
         std::string(server_version >= kTransactionTimeouts ? "SET LOCAL transaction_timeout = 0; "
                                                            : "") +
         "SELECT pg_backend_pid(), pg_try_advisory_xact_lock(" + std::to_string(keys.run) +
         "); SAVEPOINT medusa; SELECT virtualtransaction " + mine +
         // Only who has the lock may try: for a moment this keeps everybody from beginning.
         "; SELECT CASE WHEN EXISTS (SELECT " + mine + ") THEN pg_try_advisory_xact_lock(" +
         std::to_string(keys.writers) + ") END; " + kForget;
}

LockHolder holder_of(Connection& connection, std::int64_t key) {
  // pg_stat_activity does not change inside a transaction unless told to, and pg_locks does.
  const std::vector<QueryResult> results = connection.execute(
      "SELECT pg_stat_clear_snapshot(); "
      "SELECT a.pid, a.application_name, host(a.client_addr), date_trunc('second', a.xact_start), "
      "extract(epoch FROM clock_timestamp() - a.query_start)::bigint "
      "FROM (SELECT pid FROM pg_catalog.pg_locks WHERE " +
      is_advisory_lock(key) +
      ") l JOIN pg_catalog.pg_stat_activity a USING (pid) ORDER BY a.xact_start LIMIT 1");
  LockHolder holder;
  if (!results.back().rows.empty()) {
    const auto& row = results.back().rows.front();
    holder.pid = std::stoi(row[0].value_or("0"));
    holder.application = row[1].value_or("");
    holder.address = row[2].value_or("");
    holder.since = row[3].value_or("");
    if (row[4].has_value()) {
      holder.query_age = std::chrono::seconds(std::stoll(*row[4]));
    }
  }
  return holder;
}

void pause_with_jitter() {
  static thread_local std::mt19937 generator(std::random_device{}());
  std::uniform_int_distribution<int> milliseconds(50, 150);
  Interruption::wait(std::chrono::milliseconds(milliseconds(generator)));
  Interruption::check();
}

std::string holder_note(const LockHolder& holder) {
  std::string note = "held by pid " + std::to_string(holder.pid) + " (" + holder.application +
                     (holder.address.empty() ? "" : ", " + holder.address) + ") since " +
                     holder.since;
  if (holder.query_age.has_value()) {
    note += ", its last statement began " +
            plural(static_cast<std::size_t>(std::max<std::int64_t>(0, holder.query_age->count())),
                   "second") +
            " ago";
  }
  return note;
}

}  // namespace

RunLock::RunLock(const DatabaseUrl& url, const RunLockOptions& options)
    : url_(url),
      options_(options),
      keys_(RunLockKeys::of(options.schema, options.table)) {
  const Deadline deadline = std::chrono::steady_clock::now() + options_.timeout;
  while (true) {
    const Attempt found = attempt();
    if (found.locked && found.others_ended) {
      return;
    }
    pause_before_next(found.locked ? RunLockWait::Transaction : RunLockWait::Run, deadline);
  }
}

RunLock::~RunLock() {
  if (connection_ != nullptr) {
    connection_->roll_back();
  }
}

bool RunLock::is_pooled() const {
  return server_pid_ != connection_->backend_pid();
}

RunLock::Attempt RunLock::attempt() {
  if (connection_ == nullptr) {
    connection_ =
        std::make_unique<Connection>(url_, ConnectionOptions{.application_name = "medusa (lock)"});
  }
  const std::vector<QueryResult> results =
      connection_->execute(attempt_sql(keys_, connection_->server_version()));
  // From the end: how many settings come first depends on the server.
  const std::size_t last = results.size() - 1;
  const auto& lock = results.at(last - 4).rows.at(0);
  server_pid_ = std::stoi(lock.at(0).value_or("0"));
  if (lock.at(1) != "t") {
    return {};
  }
  fence_ = Fence(keys_, server_pid_, results.at(last - 2).rows.at(0).at(0).value_or(""));
  return {.locked = true, .others_ended = results.at(last - 1).rows.at(0).at(0) == "t"};
}

/// Without a transaction: what we wait for may be a concurrent build, which in turn waits for every
/// transaction that it once saw with a snapshot.
void RunLock::pause_before_next(RunLockWait reason, Deadline deadline) {
  connection_->roll_back();
  waited_ = true;
  if (std::chrono::steady_clock::now() >= deadline) {
    throw timed_out(reason);
  }
  tell(reason);
  if (is_pooled()) {
    connection_.reset();  // who works needs a place in the pool
  }
  pause_with_jitter();
}

void RunLock::tell(RunLockWait reason) {
  bool& told = reason == RunLockWait::Run ? told_run_ : told_transaction_;
  if (!std::exchange(told, true) && options_.on_wait) {
    options_.on_wait(
        holder_of(*connection_, reason == RunLockWait::Run ? keys_.run : keys_.writers), reason);
  }
}

Error RunLock::timed_out(RunLockWait reason) {
  const bool run = reason == RunLockWait::Run;
  const LockHolder holder = holder_of(*connection_, run ? keys_.run : keys_.writers);
  const std::string within =
      " within " + plural(static_cast<std::size_t>(options_.timeout.count()), "second");
  Diagnostic diagnostic{.code = ErrorCode::Lock,
                        .message = (run ? "another run holds the lock and did not finish"
                                        : "a transaction of a run that lost its lock did not end") +
                                   within};
  if (holder.pid != 0) {
    diagnostic.notes.push_back(holder_note(holder));
    diagnostic.hint =
        "wait for it, or end it: SELECT pg_terminate_backend(" + std::to_string(holder.pid) + ");";
  }
  return Error(diagnostic);
}

void RunLock::send(const std::string& sql) {
  try {
    connection_->execute(sql);
  } catch (const SqlError& error) {
    throw lost_lock(error.what());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::Database) {
      throw;  // a signal
    }
    throw lost_lock(error.first().notes.empty() ? error.what() : error.first().notes.front());
  }
}

std::vector<QueryResult> RunLock::read(const std::string& sql) {
  return connection_->execute(sql + "; " + kForget);
}

void RunLock::forget_reads() {
  send(kForget);
}

void RunLock::check() {
  send(kForget);  // which takes no snapshot: a concurrent build would wait for its owner
}

}  // namespace medusa
