// SPDX-License-Identifier: MIT
#include "baseline_record.hpp"

#include "medusa/catalog/program.hpp"
#include "medusa/database/fenced_transaction.hpp"

#include "commit_resolution.hpp"

namespace medusa {

namespace {

StepRecord record_of(const Migration& migration) {
  StepRecord record{.duration = std::chrono::microseconds(0), .baseline = true};
  const Lowering lowering = load_lowering(migration, true);
  if (lowering.program.has_value()) {
    record.sql = readable_sql(lowering);
  }
  return record;
}

void record_steps(const Plan& plan, WorkSession& session, const ExecutorOptions& options) {
  session.prepare(false);
  session.upgrades().begin({.direction = plan.direction,
                            .mode = plan.mode,
                            .baseline = true,
                            .account = options.account,
                            .versions = options.versions});
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      session.upgrades().insert(step.migration, record_of(step.migration));
      if (step.begun.has_value()) {
        session.journal().clear(step);
      }
    }
  }
  session.upgrades().finish(UpgradeOutcome::Done);
}

/// The connection was lost at COMMIT. @throws Error unless it turns out that all is well.
void find_out(const Error& problem,
              const std::string& transaction,
              const Plan& plan,
              WorkSession& session,
              const ExecutorOptions& options) {
  CommitResolution resolution(session, options.reconnect);
  const CommitOutcome outcome =
      resolution.find_out(transaction, plan.groups.front(), plan.direction);
  if (outcome == CommitOutcome::Committed) {
    return;
  }
  Diagnostic diagnostic = problem.first();
  const bool is_known = outcome == CommitOutcome::RolledBack;
  diagnostic.notes.emplace_back(is_known ? "nothing was recorded"
                                         : "whether it was recorded is not known: the database "
                                           "could not be reached again");
  diagnostic.hint = is_known ? "run the same command again"
                             : "medusa migrations show tells, once the database can be reached";
  throw Error(diagnostic);
}

}  // namespace

void record_baseline(const Plan& plan,
                     WorkSession& session,
                     const RunLock& lock,
                     const ExecutorOptions& options) {
  std::string transaction_id;
  bool committing = false;
  try {
    FencedTransaction transaction(
        session.connection(), lock.fence(), session.transaction_settings());
    transaction_id = transaction.id();
    record_steps(plan, session, options);
    committing = true;
    transaction.commit();
  } catch (const SqlError& error) {
    throw Error({.code = ErrorCode::Database,
                 .message = "the baseline could not be recorded: " + error.fields().message,
                 .notes = {"SQLSTATE " + std::string(error.sqlstate()), "nothing was recorded"}});
  } catch (const Error& error) {
    if (!committing || session.connection().is_open()) {
      throw;
    }
    find_out(error, transaction_id, plan, session, options);
  }
}

}  // namespace medusa
