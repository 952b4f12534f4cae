// SPDX-License-Identifier: MIT
#include <memory>
#include <optional>

#include "medusa/core/version.hpp"
#include "medusa/execute/foresight.hpp"
#include "medusa/execute/rehearsal.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/execution_reporter.hpp"
#include "medusa/report/plan_report.hpp"

#include "command.hpp"
#include "commands/transaction_flag.hpp"

namespace medusa {

namespace {

struct PlanOptions {
  std::string transaction = {};
  bool check = false;
  bool sql = false;
  bool execute = false;
};

constexpr const char* kExecuteHelp =
    "With --sql: run all of it in one transaction, in every mode,\n"
    "print what each migration sends, dynamic ones too, and roll\n"
    "back. It takes the locks that 'run' takes and holds them as\n"
    "long: mind that in production. Sequences stay advanced\n"
    "(nextval, setval). What cannot be rolled back is refused";

void check_usage(const PlanOptions& options) {
  if (options.execute && !options.sql) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "'--execute' shows SQL: it needs '--sql'",
                 .hint = "medusa migrations plan --sql --execute"});
  }
}

int status_of(const Plan& plan, const PlanOptions& options) {
  return options.check && !plan.empty() ? 1 : 0;
}

/// Runs the upgrade, rolls it back and shows what it sent.
int rehearse(Context& context, const PlanOptions& options) {
  const Planner planner = context.upgrade_planner();
  context.announce_database();
  std::optional<ExecutionReporter> reporter;  // in JSON the answer is one object, without events
  if (context.terminal().format() == OutputFormat::Text) {
    reporter.emplace(context.terminal(), version());
  }
  RehearsalRecord record(reporter.has_value() ? &*reporter : nullptr);
  ExecutorOptions executor_options = context.executor_options();
  executor_options.rehearse = true;
  Executor executor(context.database().url, context.host(), record, executor_options);
  const ExecutionResult result = executor.execute(planner);
  reporter.reset();
  render_rehearsal(record.rehearsal(), context.terminal());
  if (result.problem.has_value()) {
    render(*result.problem, context.terminal());
    return exit_code(result.problem->code());
  }
  return status_of(record.rehearsal().plan, options);
}

int execute(Context& context, const PlanOptions& options) {
  check_usage(options);
  context.overrides.transaction = parse_transaction_mode(options.transaction);
  if (options.execute) {
    return rehearse(context, options);
  }
  const Planner planner = context.upgrade_planner();
  const DatabaseUrl& url = context.database().url;
  const Plan plan = Executor::plan(url, context.executor_options(), planner);
  const Foresight foresight = foresee(plan, url, context.executor_options());
  if (options.sql) {
    render_plan_sql(plan, foresight, context.terminal());
  } else {
    render_plan(plan, foresight, context.terminal());
  }
  return status_of(plan, options);
}

}  // namespace

void add_plan(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("plan", "Show what 'run' would do, in which order and why");
  const auto options = std::make_shared<PlanOptions>();
  add_transaction_flag(*command, options->transaction);
  command->add_flag("--check", options->check, "Exit with status 1 if there is anything to do");
  command->add_flag("--sql", options->sql, "Print the SQL of the whole upgrade");
  command->add_flag("--execute", options->execute, kExecuteHelp);
  command->callback([&chosen, options] {
    chosen = [options](Context& context) { return execute(context, *options); };
  });
}

}  // namespace medusa
