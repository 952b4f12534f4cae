// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/execution_reporter.hpp"

#include "command.hpp"
#include "commands/transaction_flag.hpp"

namespace medusa {

namespace {

/// Says that there was nothing to do; in JSON as an upgrade of no steps.
void report_nothing(Context& context,
                    ExecutionObserver& reporter,
                    const Plan& plan,
                    std::size_t applied) {
  if (context.terminal().format() == OutputFormat::Json) {
    reporter.on_event(UpgradeStarted{.plan = plan});
    reporter.on_event(UpgradeFinished{});
    return;
  }
  context.terminal().answer(
      "Nothing is pending: " + plural(applied, "migration is", "migrations are") + " applied.");
}

int execute(Context& context, const std::string& transaction) {
  context.overrides.transaction = parse_transaction_mode(transaction);
  ExecutionReporter reporter(context.terminal(), version());
  const Planner planner = context.upgrade_planner();
  context.announce_database();
  Plan plan;
  std::size_t applied = 0;
  Executor executor(context.database().url, context.host(), reporter, context.executor_options());
  const ExecutionResult result =
      executor.execute([&](const History& history, const DatabaseSource& source) {
        plan = planner(history, source);
        applied = history.rows().size();
        return plan;
      });
  if (result.problem.has_value()) {
    render(*result.problem, context.terminal());
    return exit_code(result.problem->code());
  }
  if (plan.empty()) {
    report_nothing(context, reporter, plan, applied);
  }
  return 0;
}

}  // namespace

void add_run(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("run", "Run everything that is pending, as one upgrade");
  const auto transaction = std::make_shared<std::string>();
  add_transaction_flag(*command, *transaction);
  command->callback([&chosen, transaction] {
    chosen = [transaction](Context& context) { return execute(context, *transaction); };
  });
}

}  // namespace medusa
