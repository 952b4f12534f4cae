// SPDX-License-Identifier: MIT
#include "run.hpp"

#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/database/fenced_transaction.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

Error bookkeeping_error(const SqlError& error) {
  return Error({.code = ErrorCode::Migration,
                .message = "the upgrade could not be recorded: " + error.fields().message,
                .notes = {"SQLSTATE " + std::string(error.sqlstate())}});
}

}  // namespace

Run::Run(Plan plan,
         WorkSession& session,
         RunLock& lock,
         ScriptHost& host,
         ExecutionObserver& observer,
         const ExecutorOptions& options)
    : plan_(std::move(plan)),
      session_(session),
      lock_(lock),
      host_(host),
      observer_(observer),
      options_(options),
      steps_(plan_, session, lock, host, observer, options),
      total_(plan_.step_count()) {}

ExecutionResult Run::execute() {
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
  result.not_run = total_ - steps_.position();
  observer_.on_event(UpgradeFinished{
      .direction = plan_.direction,
      .done = result.done,
      .rolled_back = result.rolled_back,
      .not_run = result.not_run,
      .duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start)});
  return result;
}

void Run::run_group(const PlanGroup& group, ExecutionResult& result) {
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

void Run::run_in_transaction(const PlanGroup& group, std::size_t& finished) {
  FencedTransaction transaction(
      session_.connection(), lock_.fence(), session_.transaction_settings());
  prepare_once();
  for (const PlanStep& step : group.steps) {
    steps_.run(step, true);
    ++finished;
  }
  if (is_last(group)) {
    session_.upgrades().finish(UpgradeOutcome::Done);
  }
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

void Run::run_plain(const PlanGroup& group, std::size_t& finished, ExecutionResult& result) {
  prepare_alone();
  session_.enter_plain();
  for (const PlanStep& step : group.steps) {
    steps_.run(step, false);
    ++finished;
    ++result.done;
  }
  session_.leave_plain();
  if (is_last(group)) {
    FencedTransaction transaction(session_.connection(), lock_.fence());
    session_.upgrades().finish(UpgradeOutcome::Done);
    transaction.commit();
  }
}

/// Inside the first transaction, so that a failing upgrade leaves not even an empty table behind.
void Run::prepare_once() {
  if (!std::exchange(prepared_, true)) {
    session_.prepare();
    session_.upgrades().begin({.direction = plan_.direction,
                               .mode = plan_.mode,
                               .account = options_.account,
                               .versions = options_.versions});
  }
}

/// For steps that have no transaction.
void Run::prepare_alone() {
  if (!prepared_) {
    FencedTransaction transaction(
        session_.connection(), lock_.fence(), session_.transaction_settings());
    prepare_once();
    transaction.commit();
    begun_ = true;
  }
}

/// The end of the upgrade is part of its last group.
bool Run::is_last(const PlanGroup& group) const {
  return &group == &plan_.groups.back();
}

/// Of an upgrade that was committed in part. After a signal, without a connection or lock nothing
/// can be sent; the row then stays as it is.
void Run::record_failure(const Error& problem) {
  if (!begun_ || !session_.connection().is_open()) {
    return;
  }
  try {
    FencedTransaction transaction(session_.connection(), lock_.fence());
    session_.upgrades().finish(UpgradeOutcome::Failed, problem.first().message);
    transaction.commit();
  } catch (const Error&) {     // NOLINT(bugprone-empty-catch): the problem itself is reported
  } catch (const SqlError&) {  // NOLINT(bugprone-empty-catch)
  }
}

/// The problem with what became of everything before it.
Error Run::explained(const Error& error, const PlanGroup& group, const ExecutionResult& result) {
  Diagnostic diagnostic = error.first();
  steps_.tell_failure(diagnostic);
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

}  // namespace medusa
