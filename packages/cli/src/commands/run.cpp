// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/core/text.hpp"
#include "medusa/report/diagnostic.hpp"

#include "command.hpp"
#include "commands/transaction_flag.hpp"
#include "report_file.hpp"

namespace medusa {

namespace {

/// Says that there was nothing to do; in JSON as an upgrade of no steps.
void report_nothing(Context& context,
                    ExecutionObserver& observer,
                    const Plan& plan,
                    std::size_t applied) {
  if (context.terminal().format() == OutputFormat::Json) {
    observer.on_event(UpgradeStarted{.plan = plan});
    observer.on_event(UpgradeFinished{});
    return;
  }
  for (const std::string& warning : plan.warnings) {
    context.terminal().warn(warning);
  }
  context.terminal().answer(
      "Nothing is pending: " + plural(applied, "migration is", "migrations are") + " applied.");
}

struct RunOptions {
  std::string transaction = {};
  std::string report = {};
};

int execute(Context& context, const RunOptions& options, UpgradeReport& report) {
  context.overrides.transaction = parse_transaction_mode(options.transaction);
  const Planner planner = context.upgrade_planner();
  context.announce_database();
  report.set_database(context.database().url.masked());
  Plan plan;
  std::size_t applied = 0;
  Executor executor(context.database().url, context.host(), report, context.executor_options());
  const ExecutionResult result =
      executor.execute([&](const History& history, const DatabaseSource& source) {
        plan = planner(history, source);
        applied = history.rows().size();
        return plan;
      });
  if (result.problem.has_value()) {
    report.set_problem(*result.problem);
    render(*result.problem, context.terminal());
    return exit_code(result.problem->code());
  }
  if (plan.empty()) {
    report_nothing(context, report, plan, applied);
  }
  return 0;
}

}  // namespace

void add_run(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("run", "Run everything that is pending, as one upgrade");
  const auto options = std::make_shared<RunOptions>();
  add_transaction_flag(*command, options->transaction);
  add_report_flag(*command, options->report);
  command->callback([&chosen, options] {
    chosen = [options](Context& context) {
      return ReportFile(context, options->report, "run").around([&](UpgradeReport& report) {
        return execute(context, *options, report);
      });
    };
  });
}

}  // namespace medusa
