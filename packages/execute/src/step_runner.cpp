// SPDX-License-Identifier: MIT
#include "step_runner.hpp"

#include <utility>

#include "medusa/database/fenced_transaction.hpp"

#include "failure.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::microseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

}  // namespace

StepRunner::StepRunner(const Plan& plan,
                       WorkSession& session,
                       RunLock& lock,
                       ScriptHost& host,
                       ExecutionObserver& observer,
                       const ExecutorOptions& options,
                       std::function<void(LockRetry&, const SqlError&)> give_way)
    : session_(session),
      lock_(lock),
      host_(host),
      observer_(observer),
      options_(options),
      direction_(plan.direction),
      total_(plan.step_count()),
      give_way_(std::move(give_way)),
      pipelined_(session,
                 plan.direction,
                 {.begun = [this](const PlanStep& step) { begin(step); },
                  .ended = [this](const PlanStep& step,
                                  std::chrono::microseconds duration) { end(step, duration); }}) {
  session_.connection().on_notice([this](const ServerNotice& notice) { tell(notice); });
}

StepRunner::~StepRunner() {
  session_.connection().on_notice({});
}

void StepRunner::run(const PlanStep& step) {
  if (!options_.rehearse) {
    if (auto known = pipelined_step(step, direction_, session_.schema_leads())) {
      pipelined_.take(step, std::move(*known));
      return;
    }
    pipelined_.settle();
  }
  begin(step);
  const Clock::time_point start = Clock::now();
  StepConnection connection(session_.connection(), listener());
  const std::optional<Lowering> lowering = run_code(step, context_of(connection, true));
  record(step, lowering, since(start));
  end(step, since(start));
}

void StepRunner::run_journalled(const PlanStep& step) {
  begin(step);
  journalled_ = {};
  const Clock::time_point start = Clock::now();
  JournalledStep journalled(
      step,
      direction_,
      session_,
      lock_,
      options_,
      {.give_way = give_way_,
       .dropping = [&](const LiveIndex& index, bool failed) { tell(step, index, failed); }});
  StepConnection connection(
      [&](const auto& sql, const auto& parameters) { return journalled.send(sql, parameters); },
      {});
  std::optional<Lowering> lowering;
  try {
    lowering = run_code(step, context_of(connection, false));
  } catch (...) {
    journalled_ = {.done = journalled.done(), .open = journalled.open()};
    throw;
  }
  journalled_.done = journalled.done();
  refuse_open_transaction(step);
  FencedTransaction transaction(session_.connection(), lock_.fence());
  journalled_.transaction = transaction.id();
  record(step, lowering, since(start));
  session_.journal().clear(step);
  if (position_ == total_) {
    session_.upgrades().finish(UpgradeOutcome::Done);
  }
  transaction.commit();
  end(step, since(start));
}

StepContext StepRunner::context_of(StepConnection& connection, bool in_transaction) {
  return {connection, session_, host_, options_, direction_, in_transaction};
}

void StepRunner::tell(const PlanStep& step, const LiveIndex& index, bool failed) {
  observer_.on_event(InvalidIndexDropping{.position = position_,
                                          .total = total_,
                                          .step = step,
                                          .index = index.name,
                                          .table = index.table,
                                          .failed = failed});
}

/// Between steps it is about what we do ourselves, or about COMMIT, and nobody knows whose it was.
void StepRunner::tell(const ServerNotice& notice) {
  if (current_ != nullptr && !is_about_nothing_to_drop(notice)) {
    observer_.on_event(MigrationPrinted{.step = *current_, .text = to_text(notice)});
  }
}

void StepRunner::begin(const PlanStep& step) {
  ++position_;
  current_ = &step;
  observer_.on_event(MigrationStarted{.position = position_, .total = total_, .step = step});
}

void StepRunner::end(const PlanStep& step, std::chrono::microseconds duration) {
  observer_.on_event(MigrationFinished{
      .position = position_, .total = total_, .step = step, .duration = duration});
  current_ = nullptr;
}

void StepRunner::rewind(std::size_t position) {
  position_ = position;
  current_ = nullptr;
  // What JavaScript of the first attempt left in memory must not meet the second.
  host_.restart();
}

void StepRunner::tell_failure(Diagnostic& problem) {
  if (current_ == nullptr) {
    return;
  }
  if (problem.code == ErrorCode::Host) {
    problem.message = "cannot run " + current_->migration.id() + ": " + problem.message;
  }
  observer_.on_event(MigrationFailed{
      .position = position_, .total = total_, .step = *current_, .problem = problem});
}

/// In a rehearsal the observer is told what the step sends.
StepConnection::Listener StepRunner::listener() {
  if (!options_.rehearse) {
    return {};
  }
  return [this](const LoweredStatement& statement, std::optional<bool> answer) {
    observer_.on_event(
        StatementSent{.position = position_, .statement = statement, .answer = answer});
  };
}

/// What was sent, if that is known.
std::optional<Lowering> StepRunner::run_code(const PlanStep& step, const StepContext& context) {
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
void StepRunner::refuse_open_transaction(const PlanStep& step) {
  if (session_.connection().in_transaction()) {
    session_.connection().roll_back();
    throw Error(step_failure(
        step, direction_, "it began a transaction and left it open; that was rolled back"));
  }
}

void StepRunner::run_script(const PlanStep& step, const StepContext& context) {
  try {
    run_script_step(step, context);
  } catch (...) {
    hand_on_printed(step);
    throw;
  }
  hand_on_printed(step);
}

void StepRunner::hand_on_printed(const PlanStep& step) {
  const std::string text = host_.take_printed();
  if (!text.empty()) {
    observer_.on_event(MigrationPrinted{.step = step, .text = text});
  }
}

void StepRunner::record(const PlanStep& step,
                        const std::optional<Lowering>& lowering,
                        std::chrono::microseconds duration) {
  if (direction_ == Direction::Down) {
    session_.upgrades().remove(step.migration);
    return;
  }
  StepRecord record{.duration = duration};
  if (lowering.has_value()) {
    record.sql = readable_sql(*lowering);
  }
  session_.upgrades().insert(step.migration, record);
}

}  // namespace medusa
