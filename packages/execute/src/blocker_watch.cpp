// SPDX-License-Identifier: MIT
#include "blocker_watch.hpp"

#include <algorithm>
#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

constexpr std::chrono::milliseconds kPatience{250};

std::string blockage_sql(int backend) {
  const std::string pid = std::to_string(backend);
  return "SELECT pg_stat_clear_snapshot(); "
         "SELECT (SELECT c.relname FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid "
         "= "
         "l.relation WHERE l.pid = " +
         pid +
         " AND NOT l.granted LIMIT 1), b.pid, a.application_name, host(a.client_addr), a.state, "
         "left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80), "
         "extract(epoch FROM clock_timestamp() - a.xact_start)::bigint, "
         "extract(epoch FROM clock_timestamp() - a.query_start)::bigint "
         "FROM (SELECT DISTINCT unnest(pg_blocking_pids(" +
         pid +
         ")) AS pid) b LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) ORDER BY b.pid; "
         "ROLLBACK TO SAVEPOINT medusa";
}

std::optional<std::chrono::seconds> seconds_of(const std::optional<std::string>& text) {
  return text.has_value() ? std::optional(std::chrono::seconds(std::stoll(*text))) : std::nullopt;
}

Blockage blockage_of(const QueryResult& result) {
  Blockage blockage;
  for (const auto& row : result.rows) {
    blockage.relation = row.at(0).value_or("");
    blockage.blockers.push_back({.pid = std::stoi(row.at(1).value_or("0")),
                                 .application = row.at(2).value_or(""),
                                 .address = row.at(3).value_or(""),
                                 .state = row.at(4).value_or(""),
                                 .query = row.at(5).value_or(""),
                                 .transaction_age = seconds_of(row.at(6)),
                                 .query_age = seconds_of(row.at(7))});
  }
  return blockage;
}

bool same_sessions(const Blockage& one, const Blockage& other) {
  return one.relation == other.relation &&
         std::equal(one.blockers.begin(),
                    one.blockers.end(),
                    other.blockers.begin(),
                    other.blockers.end(),
                    [](const Blocker& a, const Blocker& b) { return a.pid == b.pid; });
}

}  // namespace

BlockerWatch::BlockerWatch(RunLock& lock, Connection& work, Listener listener)
    : lock_(lock),
      work_(work),
      listener_(std::move(listener)) {
  work_.on_slow(kPatience, [this](std::chrono::milliseconds /*since*/) { look(); });
}

BlockerWatch::~BlockerWatch() {
  work_.on_slow(kPatience, {});
}

Blockage BlockerWatch::seen() const {
  return statement_ == work_.statements() ? seen_ : Blockage{};
}

void BlockerWatch::look() {
  if (backend_ == 0) {
    return;
  }
  Blockage found;
  try {
    const std::vector<QueryResult> results = lock_.connection().execute(blockage_sql(backend_));
    found = blockage_of(results.at(1));
  } catch (const std::exception&) {
    // Nothing depends on it; that the lock is lost is noticed where it matters.
    backend_ = 0;
    return;
  }
  const bool new_one = statement_ != work_.statements();
  if (found.blockers.empty()) {
    return;  // what was seen remains the best explanation
  }
  const bool differs = new_one || !same_sessions(found, seen_);
  seen_ = std::move(found);
  statement_ = work_.statements();
  if (differs) {
    listener_(seen_);
  }
}

}  // namespace medusa
