// SPDX-License-Identifier: MIT
#include "medusa/execute/executor.hpp"

#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/database/run_lock.hpp"
#include "medusa/database/transaction.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/system/interruption.hpp"

#include "failure.hpp"
#include "one_transaction.hpp"
#include "step.hpp"
#include "work_session.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::microseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

/// One execution of one plan.
class Run {
 public:
  Run(Plan plan,
      WorkSession& session,
      ScriptHost& host,
      ExecutionObserver& observer,
      const ExecutorOptions& options,
      const RunLock& lock)
      : plan_(std::move(plan)),
        session_(session),
        host_(host),
        observer_(observer),
        options_(options),
        lock_(lock),
        total_(plan_.step_count()) {}

  ExecutionResult execute() {
    observer_.on_event(UpgradeStarted{.plan = plan_, .rehearsal = options_.rehearse});
    const Clock::time_point start = Clock::now();
    static_cast<void>(host_.take_printed());  // while it looked into the migrations
    ExecutionResult result;
    for (const PlanGroup& group : plan_.groups) {
      if (result.problem.has_value()) {
        break;
      }
      run_group(group, result);
    }
    if (result.problem.has_value()) {
      record_failure(*result.problem);
    }
    result.not_run = total_ - position_;
    observer_.on_event(UpgradeFinished{.direction = plan_.direction,
                                       .done = result.done,
                                       .rolled_back = result.rolled_back,
                                       .not_run = result.not_run,
                                       .duration = since(start)});
    return result;
  }

 private:
  void run_group(const PlanGroup& group, ExecutionResult& result) {
    std::size_t finished = 0;
    try {
      if (group.transactional) {
        run_in_transaction(group, finished);
      } else {
        run_plain(group, finished, result);
      }
      if (options_.rehearse) {
        result.rolled_back = finished;
        return;
      }
      result.done += group.transactional ? finished : 0;
      observer_.on_event(GroupCommitted{.steps = group.steps.size()});
    } catch (const Error& error) {
      result.rolled_back = group.transactional ? finished : 0;
      result.problem = explained(error, group, result);
    } catch (const SqlError& error) {
      result.rolled_back = group.transactional ? finished : 0;
      result.problem = explained(bookkeeping_error(error), group, result);
    }
  }

  void run_in_transaction(const PlanGroup& group, std::size_t& finished) {
    Transaction transaction(session_.connection());
    prepare_once();
    session_.enter_transaction();
    for (const PlanStep& step : group.steps) {
      run_step(step, true);
      ++finished;
    }
    finish_after(group);
    lock_.check();  // somebody may have ended our lock; then this transaction must not commit
    Interruption::check();
    if (options_.rehearse) {
      // COMMIT would check what is deferred; the rollback that follows here would not.
      session_.connection().execute("SET CONSTRAINTS ALL IMMEDIATE");
      transaction.rollback();
    } else {
      transaction.commit();
      begun_ = true;
    }
  }

  void run_plain(const PlanGroup& group, std::size_t& finished, ExecutionResult& result) {
    prepare_once();
    begun_ = true;
    session_.enter_plain();
    for (const PlanStep& step : group.steps) {
      lock_.check();
      run_step(step, false);
      ++finished;
      ++result.done;
    }
    finish_after(group);
    session_.leave_plain();
  }

  /// Inside the first transaction, so that a failing upgrade leaves not even an empty table behind.
  void prepare_once() {
    if (!std::exchange(prepared_, true)) {
      session_.prepare();
      session_.upgrades().begin({.direction = plan_.direction,
                                 .mode = plan_.mode,
                                 .account = options_.account,
                                 .versions = options_.versions});
    }
  }

  /// The end of the upgrade is part of its last group.
  void finish_after(const PlanGroup& group) {
    if (&group == &plan_.groups.back()) {
      session_.upgrades().finish(UpgradeOutcome::Done);
    }
  }

  /// Of an upgrade that was committed in part. After a signal or without a connection nothing can
  /// be sent; the row then stays as it is.
  void record_failure(const Error& problem) {
    if (!begun_ || !session_.connection().is_open()) {
      return;
    }
    try {
      session_.upgrades().finish(UpgradeOutcome::Failed, problem.first().message);
    } catch (const Error&) {     // NOLINT(bugprone-empty-catch): the problem itself is reported
    } catch (const SqlError&) {  // NOLINT(bugprone-empty-catch)
    }
  }

  void run_step(const PlanStep& step, bool in_transaction) {
    ++position_;
    current_ = &step;
    observer_.on_event(MigrationStarted{.position = position_, .total = total_, .step = step});
    const Clock::time_point start = Clock::now();
    StepConnection connection(session_.connection(), listener());
    const StepContext context{
        connection, session_, host_, options_, plan_.direction, in_transaction};
    const std::optional<Lowering> lowering = run_code(step, context);
    if (!in_transaction) {
      refuse_open_transaction(step);
    }
    record(step, lowering, since(start));
    observer_.on_event(MigrationFinished{
        .position = position_, .total = total_, .step = step, .duration = since(start)});
    current_ = nullptr;
  }

  /// In a rehearsal the observer is told what the step sends.
  StepConnection::Listener listener() {
    if (!options_.rehearse) {
      return {};
    }
    return [this](const LoweredStatement& statement, std::optional<bool> answer) {
      observer_.on_event(
          StatementSent{.position = position_, .statement = statement, .answer = answer});
    };
  }

  /// What was sent, if that is known.
  std::optional<Lowering> run_code(const PlanStep& step, const StepContext& context) {
    if (step.migration.kind == MigrationKind::Sql) {
      return run_sql_step(step, context);
    }
    std::optional<Lowering> lowering = run_lowered_step(step, context);
    if (!lowering.has_value()) {
      run_script(step, context);
    }
    return lowering;
  }

  /// Nobody would commit it, nor the record of the step in it.
  void refuse_open_transaction(const PlanStep& step) {
    if (session_.connection().in_transaction()) {
      session_.connection().roll_back();
      throw Error(step_failure(
          step, plan_.direction, "it began a transaction and left it open; that was rolled back"));
    }
  }

  void run_script(const PlanStep& step, const StepContext& context) {
    try {
      run_script_step(step, context);
    } catch (...) {
      hand_on_printed(step);
      throw;
    }
    hand_on_printed(step);
  }

  void hand_on_printed(const PlanStep& step) {
    const std::string text = host_.take_printed();
    if (!text.empty()) {
      observer_.on_event(MigrationPrinted{.step = step, .text = text});
    }
  }

  void record(const PlanStep& step,
              const std::optional<Lowering>& lowering,
              std::chrono::microseconds duration) {
    if (plan_.direction == Direction::Down) {
      session_.upgrades().remove(step.migration);
      return;
    }
    StepRecord record{.duration = duration};
    if (lowering.has_value()) {
      record.sql = readable_sql(*lowering);
    }
    session_.upgrades().insert(step.migration, record);
  }

  static Error bookkeeping_error(const SqlError& error) {
    return Error({.code = ErrorCode::Migration,
                  .message = "the upgrade could not be recorded: " + error.fields().message,
                  .notes = {"SQLSTATE " + std::string(error.sqlstate())}});
  }

  /// The problem with what became of everything before it.
  Error explained(const Error& error, const PlanGroup& group, const ExecutionResult& result) {
    Diagnostic diagnostic = error.first();
    if (current_ != nullptr) {
      if (diagnostic.code == ErrorCode::Host) {
        diagnostic.message = "cannot run " + current_->migration.id() + ": " + diagnostic.message;
      }
      observer_.on_event(MigrationFailed{
          .position = position_, .total = total_, .step = *current_, .problem = diagnostic});
    }
    std::string fate;
    if (options_.rehearse) {
      fate = "it was only executed to be shown: everything was rolled back";
    } else if (!group.transactional) {
      fate = "it ran outside a transaction: what it did before it failed stays";
    } else if (result.done == 0) {
      fate = "everything was rolled back: the database is as it was before";
    } else {
      fate = "its transaction was rolled back; " + plural(result.done, "migration") +
             " before it stay" + (result.done == 1 ? "s" : "") + " applied";
    }
    if (!session_.connection().is_open()) {
      fate =
          "if the connection was lost before COMMIT, nothing of this transaction remains; "
          "medusa migrations show tells";
    }
    diagnostic.notes.push_back(fate);
    return Error(diagnostic);
  }

  Plan plan_;
  WorkSession& session_;
  ScriptHost& host_;
  ExecutionObserver& observer_;
  const ExecutorOptions& options_;
  const RunLock& lock_;
  std::size_t total_;
  std::size_t position_ = 0;
  bool prepared_ = false;
  bool begun_ = false;  ///< The upgrade's own row is committed.
  const PlanStep* current_ = nullptr;
};

/// The live schema, with the extensions that the upgrade creates before its first migration.
SchemaSource schema_source(Connection& connection, const ExecutorOptions& options) {
  return [&connection, &options] {
    SchemaSnapshot snapshot = medusa::read_schema(connection);
    for (const std::string& extension : options.extensions) {
      snapshot.objects.push_back({.ref = {.kind = ObjectKind::Extension, .name = extension}});
    }
    return snapshot;
  };
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

ExecutionResult Executor::execute(const Planner& planner) {
  const RunLock lock(
      url_,
      {.schema = options_.schema,
       .timeout = options_.lock_timeout,
       .on_wait = [this](const LockHolder& holder) {
         observer_.on_event(LockWaiting{.holder = holder, .timeout = options_.lock_timeout});
       }});
  WorkSession session(url_, options_);
  Plan plan = planner(session.history().load(), schema_source(session.connection(), options_));
  if (plan.empty()) {
    return {};
  }
  if (options_.rehearse) {
    plan = in_one_transaction(std::move(plan));
  }
  // While a statement runs, a signal cancels it on the server; the rest follows from that.
  const Interruption::Scope cancel_on_signal([&] { session.connection().cancel(); });
  return Run(std::move(plan), session, host_, observer_, options_, lock).execute();
}

Plan Executor::plan(const DatabaseUrl& url,
                    const ExecutorOptions& options,
                    const Planner& planner) {
  Connection connection(url);
  return planner(HistoryStore(connection, options.schema).load(),
                 schema_source(connection, options));
}

SchemaSnapshot Executor::read_schema(const DatabaseUrl& url, const ExecutorOptions& options) {
  Connection connection(url);
  return schema_source(connection, options)();
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
  if (history.rows().empty()) {
    return {};
  }
  return {.history = std::move(history),
          .recordings = UpgradeStore(connection, schema, store).load(sql)};
}

}  // namespace medusa
