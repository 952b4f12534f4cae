// SPDX-License-Identifier: MIT
#include "run.hpp"

#include <algorithm>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/database/fenced_transaction.hpp"
#include "medusa/system/interruption.hpp"

#include "commit_resolution.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

Error bookkeeping_error(const SqlError& error) {
  return Error({.code = ErrorCode::Migration,
                .message = "the upgrade could not be recorded: " + error.fields().message,
                .notes = {"SQLSTATE " + std::string(error.sqlstate())},
                .sqlstate = std::string(error.sqlstate())});
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
      steps_(plan_,
             session,
             lock,
             host,
             observer,
             options,
             [this](LockRetry& retry, const SqlError& error) {
               const std::string sqlstate(error.sqlstate());
               Diagnostic problem =
                   step_failure(*steps_.current(), plan_.direction, error.fields().message);
               problem.notes.push_back("SQLSTATE " + sqlstate);
               problem.sqlstate = sqlstate;
               give_way(retry, problem, sqlstate, 0);
               Interruption::check();
             }),
      watch_(session.url(),
             lock,
             session.connection(),
             {.blocked = [this](const Blockage& found) { tell(found); },
              .building = [this](const IndexBuild& found) { tell(found); }}),
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
  const std::size_t failed = has_failed_step(result) ? 1 : 0;
  result.not_run = total_ - result.done - result.rolled_back - result.unknown - failed;
  observer_.on_event(UpgradeFinished{
      .direction = plan_.direction,
      .done = result.done,
      .rolled_back = result.rolled_back,
      .failed = failed,
      .not_run = result.not_run,
      .unknown = result.unknown,
      .duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start),
      .upgrade = begun_ || result.unknown > 0 ? session_.upgrades().upgrade() : ""});
  return result;
}

void Run::run_group(const PlanGroup& group, ExecutionResult& result) {
  group_begin_ = steps_.position();
  group_is_transactional_ = group.transactional;
  outcome_ = CommitOutcome::RolledBack;
  try {
    if (group.transactional) {
      run_in_transaction(group);
    } else {
      run_plain(group, result);
    }
    if (options_.rehearse) {
      result.rolled_back = finished();
      return;
    }
    result.done += group.transactional ? finished() : 0;
    observer_.on_event(GroupCommitted{.steps = group.steps.size()});
  } catch (const StepRefusal& refusal) {
    stop(Error(refusal.diagnostic()), group, result);
  } catch (const SqlError& error) {
    stop(bookkeeping_error(error), group, result);
  } catch (const Error& error) {
    stop(error, group, result);
  }
}

/// Ends the run, unless it turns out that the transaction was committed.
void Run::stop(const Error& error, const PlanGroup& group, ExecutionResult& result) {
  lost_ = lost_ || !session_.connection().is_open();
  if (group.transactional) {
    outcome_ = lost_ && !options_.rehearse ? resolve(group) : CommitOutcome::RolledBack;
  }
  if (group.transactional && outcome_ == CommitOutcome::Committed) {
    begun_ = true;
    lost_ = false;
    result.done += finished();
    observer_.on_event(GroupCommitted{.steps = group.steps.size()});
    return;
  }
  if (group.transactional) {
    (outcome_ == CommitOutcome::Unknown ? result.unknown : result.rolled_back) = finished();
  } else {
    result.unknown = outcome_ == CommitOutcome::Unknown ? 1 : 0;  // the step itself
  }
  Diagnostic diagnostic = error.first();
  steps_.tell_failure(diagnostic);
  diagnostic.notes.push_back(fate_of(group, result));
  if (lost_) {
    diagnostic.hint = outcome_ == CommitOutcome::Unknown
                          ? "medusa migrations show tells, once the database can be reached"
                          : "run the same command again";
  }
  result.problem = Error(diagnostic);
}

CommitOutcome Run::resolve(const PlanGroup& group) {
  if (!committing_ && Interruption::signal() != 0) {
    return CommitOutcome::RolledBack;  // who asked us to end need not wait for what is certain
  }
  CommitResolution resolution(session_, options_.reconnect);
  CommitOutcome outcome = resolution.find_out(transaction_, group, plan_.direction);
  if (outcome == CommitOutcome::Unknown && !committing_) {
    outcome = CommitOutcome::RolledBack;  // nobody asked for anything else
  }
  observer_.on_event(CommitResolved{.outcome = outcome, .steps = group.steps.size()});
  return outcome;
}

void Run::run_in_transaction(const PlanGroup& group) {
  LockRetry retry(options_.lock_retry);
  const bool prepared = prepared_;
  while (true) {
    try {
      attempt(group);
      return;
    } catch (const StepRefusal& refusal) {
      if (!is_lock_conflict(refusal.sqlstate()) || !session_.connection().is_open()) {
        throw;
      }
      give_way(retry, refusal.diagnostic(), refusal.sqlstate(), finished());
    } catch (const SqlError& error) {
      if (!is_lock_conflict(error.sqlstate()) || !session_.connection().is_open()) {
        throw;
      }
      give_way(retry, bookkeeping_error(error).first(), std::string(error.sqlstate()), finished());
    }
    steps_.rewind(group_begin_);
    prepared_ = prepared;
    Interruption::check();
  }
}

void Run::give_way(LockRetry& retry,
                   const Diagnostic& problem,
                   const std::string& sqlstate,
                   std::size_t rolled_back) {
  const Blockage blockage = watch_.seen();
  const auto pause = retry.next();
  if (!pause.has_value()) {
    Diagnostic last = problem;
    for (const Blocker& blocker : blockage.blockers) {
      last.notes.push_back("blocked by " + to_string(blocker));
    }
    last.notes.push_back("tried " + plural(static_cast<std::size_t>(retry.attempts()), "time"));
    last.hint = blockage.blockers.empty() || blockage.blockers.front().pid == 0
                    ? "try again later, or give it more time: lock_retry in [migrations]"
                    : "wait for it, or end it: SELECT pg_terminate_backend(" +
                          std::to_string(blockage.blockers.front().pid) + ");";
    throw Error(last);
  }
  observer_.on_event(GroupRetrying{.attempt = retry.attempts(),
                                   .rolled_back = rolled_back,
                                   .problem = problem.message,
                                   .sqlstate = sqlstate,
                                   .blockage = blockage,
                                   .pause = *pause});
  Interruption::wait(*pause);
}

void Run::tell(const Blockage& blockage) {
  if (const PlanStep* step = steps_.current()) {
    observer_.on_event(StatementBlocked{
        .position = steps_.position(), .total = total_, .step = *step, .blockage = blockage});
  }
}

void Run::tell(const IndexBuild& build) {
  if (const PlanStep* step = steps_.current()) {
    observer_.on_event(IndexProgress{
        .position = steps_.position(), .total = total_, .step = *step, .build = build});
  }
}

void Run::attempt(const PlanGroup& group) {
  FencedTransaction transaction(
      session_.connection(), lock_.fence(), session_.transaction_settings());
  transaction_ = transaction.id();
  committing_ = false;
  watch_.follow(transaction.backend());
  prepare_once();
  for (const PlanStep& step : group.steps) {
    steps_.run(step);
  }
  steps_.settle();
  if (is_last(group)) {
    session_.upgrades().finish(UpgradeOutcome::Done);
  }
  Interruption::check();
  if (options_.rehearse) {
    // COMMIT would check what is deferred; the rollback that follows here would not.
    check_at_commit(group, [&] { session_.connection().execute("SET CONSTRAINTS ALL IMMEDIATE"); });
    transaction.rollback();
  } else {
    committing_ = true;
    check_at_commit(group, [&] { transaction.commit(); });
    begun_ = true;
  }
}

/// What is refused there is the migrations' fault, not that of our records.
template <typename Work>
void Run::check_at_commit(const PlanGroup& group, Work work) {
  try {
    work();
  } catch (const SqlError& error) {
    throw StepRefusal(commit_failure(group, plan_.direction, error.fields()), error.sqlstate());
  }
}

void Run::run_plain(const PlanGroup& group, ExecutionResult& result) {
  prepare_alone();
  enter_plain();
  for (const PlanStep& step : group.steps) {
    try {
      steps_.run_journalled(step);
    } catch (...) {
      if (!is_recorded(step)) {
        throw;
      }
      steps_.conclude(step);
      lost_ = false;
      if (!is_last(group)) {
        enter_plain();  // on the new connection
      }
    }
    ++result.done;
  }
  // What follows would be the first to learn that the connection was lost.
  if (!lock_.is_pooled() && !is_last(group)) {
    session_.leave_plain();
  }
}

void Run::enter_plain() {
  const bool pooled = lock_.is_pooled();
  watch_.follow(pooled ? 0 : session_.connection().backend_pid());
  if (!pooled) {
    session_.enter_plain();
  }
}

/// Whether the step came to its end although the connection was lost: when COMMIT of its record was
/// on its way.
bool Run::is_recorded(const PlanStep& step) {
  const std::string& transaction = steps_.journalled().transaction;
  if (session_.connection().is_open() || transaction.empty()) {
    return false;
  }
  lost_ = true;
  outcome_ = CommitResolution(session_, options_.reconnect)
                 .find_out(transaction, {.steps = {step}}, plan_.direction);
  if (outcome_ != CommitOutcome::RolledBack) {
    observer_.on_event(CommitResolved{.outcome = outcome_, .steps = 1});
  }
  return outcome_ == CommitOutcome::Committed;
}

/// Inside the first transaction, so that a failing upgrade leaves not even an empty table behind.
void Run::prepare_once() {
  if (!std::exchange(prepared_, true)) {
    session_.prepare(std::any_of(plan_.groups.begin(), plan_.groups.end(), [](const auto& each) {
      return !each.transactional;
    }));
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

/// Whether a step failed, and is counted nowhere else.
bool Run::has_failed_step(const ExecutionResult& result) const {
  return steps_.current() != nullptr && (group_is_transactional_ || result.unknown == 0);
}

/// What became of the group, and of everything before it.
std::string Run::fate_of(const PlanGroup& group, const ExecutionResult& result) const {
  if (options_.rehearse) {
    return "it was only executed to be shown: everything was rolled back";
  }
  if (!group.transactional && outcome_ == CommitOutcome::RolledBack) {
    const auto& [done, open, transaction] = steps_.journalled();
    const std::string fate = done == 0
                                 ? "it ran outside a transaction; none of its statements is done"
                                 : "it ran outside a transaction: what its first " +
                                       (done == 1 ? "statement" : plural(done, "statement")) +
                                       " did stays, and the next " +
                                       (plan_.direction == Direction::Up ? "run" : "revert") +
                                       " goes on behind that";
    return open == 0
               ? fate
               : fate + ", once it has found out what became of statement " + std::to_string(open);
  }
  if (outcome_ == CommitOutcome::Unknown) {
    return "whether its transaction was committed is not known: the database could not be reached "
           "again";
  }
  if (result.done == 0) {
    return "everything was rolled back: the database is as it was before";
  }
  return "its transaction was rolled back; " + plural(result.done, "migration") +
         " before it stay" + (result.done == 1 ? "s " : " ") +
         (plan_.direction == Direction::Up ? "applied" : "reverted");
}

}  // namespace medusa
