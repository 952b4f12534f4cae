// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/report/plan_report.hpp"

#include "command.hpp"
#include "commands/transaction_flag.hpp"

namespace medusa {

namespace {

struct PlanOptions {
  std::string transaction = {};
  bool check = false;
  bool sql = false;
};

int execute(Context& context, const PlanOptions& options) {
  context.overrides.transaction = parse_transaction_mode(options.transaction);
  const Catalog& catalog = context.catalog();
  const History history = Executor::read_history(context.database().url, context.schema());
  const Plan plan =
      make_upgrade_plan(catalog, history, context.config().migrations.transaction.value);
  if (options.sql) {
    render_plan_sql(plan, context.terminal());
  } else {
    render_plan(plan, context.terminal());
  }
  return options.check && !plan.empty() ? 1 : 0;
}

}  // namespace

void add_plan(CLI::App& parent, Action& chosen) {
  CLI::App* command =
      parent.add_subcommand("plan", "Show what 'run' would do, in which order and why");
  const auto options = std::make_shared<PlanOptions>();
  add_transaction_flag(*command, options->transaction);
  command->add_flag("--check", options->check, "Exit with status 1 if there is anything to do");
  command->add_flag("--sql", options->sql, "Print the SQL of the whole upgrade");
  command->callback([&chosen, options] {
    chosen = [options](Context& context) { return execute(context, *options); };
  });
}

}  // namespace medusa
