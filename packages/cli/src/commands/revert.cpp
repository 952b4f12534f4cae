// SPDX-License-Identifier: MIT
#include <algorithm>
#include <memory>
#include <utility>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/plan/own_transaction.hpp"
#include "medusa/report/diagnostic.hpp"
#include "medusa/report/plan_report.hpp"

#include "command.hpp"
#include "commands/transaction_flag.hpp"
#include "confirmation.hpp"
#include "report_file.hpp"

namespace medusa {

namespace {

struct RevertOptions {
  std::size_t steps = 1;
  std::string to = {};
  std::string transaction = {};
  std::string report = {};
};

/// Says that nothing was done; in JSON as an upgrade of no steps.
void report_nothing(Context& context,
                    ExecutionObserver& observer,
                    const Plan& plan,
                    bool declined) {
  if (context.terminal().format() == OutputFormat::Json) {
    observer.on_event(UpgradeStarted{
        .plan = {.direction = plan.direction, .mode = plan.mode, .warnings = plan.warnings}});
    observer.on_event(UpgradeFinished{.direction = Direction::Down});
    return;
  }
  for (const std::string& warning : plan.warnings) {
    context.terminal().warn(warning);
  }
  context.terminal().answer(declined ? "Nothing was reverted." : "Nothing to revert.");
}

/// One migration is what Medusa's command reverts without a question; for more, a person is asked.
bool confirmed(Context& context, const Plan& plan) {
  if (plan.step_count() < 2 || !asks(context)) {
    return true;
  }
  render_plan(plan, context.terminal());
  return confirm(context, "Revert " + plural(plan.step_count(), "migration") + '?');
}

/// Asked only if something was renamed, or deleted.
Recordings recordings_if_needed(const Catalog& catalog,
                                const History& history,
                                const DatabaseSource& source) {
  const auto& rows = history.rows();
  const bool all_here = std::all_of(rows.begin(), rows.end(), [&](const AppliedMigration& row) {
    return catalog.find(row.name) != nullptr;
  });
  return all_here ? Recordings{} : source.recordings();
}

/// @throws Error with all of them.
void refuse_own_transactions(const Plan& plan) {
  std::vector<Diagnostic> refusals = own_transaction_refusals(plan, load_lowering);
  if (!refusals.empty()) {
    throw Error(std::move(refusals));
  }
}

int execute(Context& context, const RevertOptions& options, UpgradeReport& report) {
  context.overrides.transaction = parse_transaction_mode(options.transaction);
  const Catalog& catalog = context.catalog();
  const TransactionMode mode = context.config().migrations.transaction.value;
  const RevertTarget target{.steps = options.steps,
                            .to = options.to.empty() ? std::nullopt : std::optional(options.to)};
  context.announce_database();
  report.set_database(context.database().url.masked());
  Plan plan;
  bool declined = false;
  ExecutorOptions executor_options = context.executor_options();
  executor_options.extensions.clear();  // taking back needs nothing new
  Executor executor(context.database().url, context.host(), report, executor_options);
  const ExecutionResult result =
      executor.execute([&](const History& history, const DatabaseSource& source) {
        plan = make_revert_plan(catalog,
                                history,
                                mode,
                                target,
                                context.compared(source.journal()),
                                recordings_if_needed(catalog, history, source));
        refuse_own_transactions(plan);
        declined = !confirmed(context, plan);
        return declined ? Plan{} : plan;
      });
  if (result.problem.has_value()) {
    report.set_problem(*result.problem);
    render(*result.problem, context.terminal());
    return exit_code(result.problem->code());
  }
  if (declined || plan.empty()) {
    report_nothing(context, report, plan, declined);
  }
  return declined ? kDeclined : 0;
}

}  // namespace

void add_revert(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand(
      "revert", "Take back what was executed last (the highest id), in reverse order");
  const auto options = std::make_shared<RevertOptions>();
  auto* steps = command->add_option("--steps", options->steps, "How many migrations; 1 by default")
                    ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}).description(""))
                    ->type_name("N");
  command->add_option("--to", options->to, "Everything executed after this migration, which stays")
      ->type_name("NAME")
      ->excludes(steps);
  add_transaction_flag(*command, options->transaction);
  add_report_flag(*command, options->report);
  command->callback([&chosen, options] {
    chosen = [options](Context& context) {
      return ReportFile(context, options->report, "revert").around([&](UpgradeReport& report) {
        return execute(context, *options, report);
      });
    };
  });
}

}  // namespace medusa
