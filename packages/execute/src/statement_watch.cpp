// SPDX-License-Identifier: MIT
#include "statement_watch.hpp"

#include <algorithm>
#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

constexpr std::chrono::milliseconds kPatience{250};

std::string question(int backend) {
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
         ")) AS pid) b LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) "
         // A build that waits for snapshots may for a moment wait for ours.
         "WHERE b.pid <> pg_backend_pid() ORDER BY b.pid; "
         "SELECT c.relname, p.phase, p.blocks_done, p.blocks_total, p.tuples_done, p.tuples_total "
         "FROM pg_catalog.pg_stat_progress_create_index p "
         "LEFT JOIN pg_catalog.pg_class c ON c.oid = p.relid WHERE p.pid = " +
         pid;
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

/// Nothing if no index is built, or the server does not show it to us.
std::optional<IndexBuild> build_of(const QueryResult& result) {
  if (result.rows.empty() || !result.rows.front().at(1).has_value()) {
    return std::nullopt;
  }
  const auto& row = result.rows.front();
  const auto number = [&](std::size_t column) { return std::stoll(row.at(column).value_or("0")); };
  return IndexBuild{.relation = row.at(0).value_or(""),
                    .phase = *row.at(1),
                    .blocks_done = number(2),
                    .blocks_total = number(3),
                    .tuples_done = number(4),
                    .tuples_total = number(5)};
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

StatementWatch::StatementWatch(const DatabaseUrl& url,
                               RunLock& lock,
                               Connection& work,
                               Listeners listeners)
    : url_(url),
      lock_(lock),
      work_(work),
      listeners_(std::move(listeners)) {
  work_.on_slow(kPatience, [this](std::chrono::milliseconds /*since*/) { look(); });
}

StatementWatch::~StatementWatch() {
  work_.on_slow(kPatience, {});
}

Blockage StatementWatch::seen() const {
  return statement_ == work_.statements() ? seen_ : Blockage{};
}

void StatementWatch::look() {
  if (backend_ == 0) {
    return;
  }
  Blockage found;
  std::optional<IndexBuild> build;
  try {
    const std::vector<QueryResult> results = ask();
    found = blockage_of(results.at(1));
    build = build_of(results.at(2));
  } catch (const std::exception&) {
    // Nothing depends on it; that the lock is lost is noticed where it matters.
    backend_ = 0;
    return;
  }
  if (build.has_value()) {
    take(*build);
  }
  take(std::move(found));
}

std::vector<QueryResult> StatementWatch::ask() {
  if (lock_.is_pooled()) {
    return lock_.read(question(backend_));
  }
  if (own_ == nullptr) {
    own_ =
        std::make_unique<Connection>(url_, ConnectionOptions{.application_name = "medusa (watch)"});
  }
  return own_->execute(question(backend_));
}

void StatementWatch::take(const IndexBuild& found) {
  if (found.phase != build_.phase || found.relation != build_.relation ||
      found.percent() != build_.percent()) {
    build_ = found;
    listeners_.building(build_);
  }
}

void StatementWatch::take(Blockage found) {
  const bool new_one = statement_ != work_.statements();
  if (found.blockers.empty()) {
    return;  // what was seen remains the best explanation
  }
  const bool differs = new_one || !same_sessions(found, seen_);
  seen_ = std::move(found);
  statement_ = work_.statements();
  if (differs) {
    listeners_.blocked(seen_);
  }
}

}  // namespace medusa
