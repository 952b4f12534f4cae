// SPDX-License-Identifier: MIT
#include "medusa/execute/executor.hpp"

#include <functional>
#include <memory>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/database/run_lock.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/system/interruption.hpp"

#include "baseline_record.hpp"
#include "journal_store.hpp"
#include "one_transaction.hpp"
#include "run.hpp"
#include "step.hpp"
#include "work_session.hpp"

namespace medusa {

namespace {

/// The live schema, with the extensions that the upgrade creates before its first migration.
SchemaSnapshot prepared_schema(Connection& connection, const ExecutorOptions& options) {
  SchemaSnapshot snapshot = read_schema(connection);
  for (const std::string& extension : options.extensions) {
    snapshot.objects.push_back({.ref = {.kind = ObjectKind::Extension, .name = extension}});
  }
  return snapshot;
}

Recordings readable_recordings(Connection& connection, const ExecutorOptions& options) {
  const HistoryStore store(connection, options.schema);
  return UpgradeStore(connection, options.schema, store).load(RecordedSql::LoadIfAllowed);
}

/// What is read on that connection. @param before each reading; may be empty.
DatabaseSource source_on(Connection& connection,
                         const ExecutorOptions& options,
                         const std::function<void()>& before) {
  const auto reading = [before](auto read) {
    return [before, read] {
      if (before) {
        before();
      }
      return read();
    };
  };
  return {
      .schema = reading([&connection, options] { return prepared_schema(connection, options); }),
      .index_definitions =
          [before, &connection](const std::vector<std::string>& names, SchemaSnapshot& snapshot) {
            if (before) {
              before();
            }
            read_index_definitions(connection, names, snapshot);
          },
      .recordings =
          reading([&connection, options] { return readable_recordings(connection, options); }),
      .journal = reading(
          [&connection, options] { return JournalStore(connection, options.schema).load(); })};
}

/// They need a search_path that outlives a statement, and a pooler may have others use the server
/// connection in between.
void refuse_plain_steps(const Plan& plan) {
  for (const PlanGroup& group : plan.groups) {
    if (!group.transactional) {
      throw Error(
          {.code = ErrorCode::Database,
           .message = "cannot run " + group.steps.front().migration.id() +
                      " outside a transaction through a connection pooler",
           .notes = {"'database.schema' is set, and a pooler does not keep the search_path"},
           .hint = "give the URL of the server itself: medusa migrations run --database-url ..."});
    }
  }
}

}  // namespace

Executor::Executor(const DatabaseUrl& url,
                   ScriptHost& host,
                   ExecutionObserver& observer,
                   ExecutorOptions options)
    : url_(url),
      host_(host),
      observer_(observer),
      options_(std::move(options)) {}

struct Executor::LockedPlan {
  std::unique_ptr<RunLock> lock;
  Plan plan = {};
};

Executor::LockedPlan Executor::plan_under_lock(const Planner& planner) {
  LockedPlan locked{
      .lock = std::make_unique<RunLock>(
          url_,
          RunLockOptions{.schema = options_.schema,
                         .table = HistoryStore::kTable,
                         .timeout = options_.run_lock_timeout,
                         .on_wait = [this](const LockHolder& holder, RunLockWait reason) {
                           observer_.on_event(LockWaiting{.holder = holder,
                                                          .reason = reason,
                                                          .timeout = options_.run_lock_timeout});
                         }})};
  RunLock& lock = *locked.lock;
  // Reading a history that is not there is an error, after which nothing else can be read.
  const DatabaseSource source =
      source_on(lock.connection(), options_, [&lock] { lock.forget_reads(); });
  locked.plan = planner(HistoryStore(lock.connection(), options_.schema).load(), source);
  if (!locked.plan.empty()) {
    lock.forget_reads();
  }
  return locked;
}

void Executor::record(const Planner& planner) {
  const LockedPlan locked = plan_under_lock(planner);
  if (!locked.plan.empty()) {
    WorkSession session(url_, options_);
    const Interruption::Scope cancel_on_signal([&] { session.connection().cancel(); });
    record_baseline(locked.plan, session, *locked.lock, options_);
  }
}

ExecutionResult Executor::execute(const Planner& planner) {
  LockedPlan locked = plan_under_lock(planner);
  RunLock& lock = *locked.lock;
  Plan& plan = locked.plan;
  if (plan.empty()) {
    return {};
  }
  if (options_.rehearse) {
    plan = in_one_transaction(std::move(plan));
  }
  if (options_.schema_is_set && lock.is_pooled()) {
    refuse_plain_steps(plan);
  }
  warm_up_host(host_, plan, options_);
  WorkSession session(url_, options_);
  // While a statement runs, a signal cancels it on the server; the rest follows from that.
  const Interruption::Scope cancel_on_signal([&] { session.connection().cancel(); });
  return Run(std::move(plan), session, lock, host_, observer_, options_).execute();
}

Plan Executor::plan(const DatabaseUrl& url,
                    const ExecutorOptions& options,
                    const Planner& planner) {
  Connection connection(url);
  return planner(HistoryStore(connection, options.schema).load(),
                 source_on(connection, options, {}));
}

DatabaseSource Executor::source(const DatabaseUrl& url, const ExecutorOptions& options) {
  const auto connected = [&url, options](auto read) {
    return [&url, options, read] {
      Connection connection(url);
      return std::invoke(read, source_on(connection, options, {}));
    };
  };
  return {.schema = connected([](const DatabaseSource& source) { return source.schema(); }),
          .index_definitions =
              [&url](const std::vector<std::string>& names, SchemaSnapshot& snapshot) {
                Connection connection(url);
                read_index_definitions(connection, names, snapshot);
              },
          .recordings = connected([](const DatabaseSource& source) { return source.recordings(); }),
          .journal = connected([](const DatabaseSource& source) { return source.journal(); })};
}

History Executor::read_history(const DatabaseUrl& url, const std::string& schema) {
  Connection connection(url);
  return HistoryStore(connection, schema).load();
}

RecordedHistory Executor::read_recorded_history(const DatabaseUrl& url,
                                                const std::string& schema,
                                                RecordedSql sql) {
  Connection connection(url);
  HistoryStore store(connection, schema);
  History history = store.load();
  Recordings recordings;
  if (!history.rows().empty()) {
    recordings = UpgradeStore(connection, schema, store).load(sql);
  }
  return {.history = std::move(history),
          .recordings = std::move(recordings),
          .journal = JournalStore(connection, schema).load()};
}

}  // namespace medusa
