// SPDX-License-Identifier: MIT
#include "medusa/plan/baseline.hpp"

#include <iterator>
#include <memory>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/plan/upgrade_order.hpp"
#include "medusa/report/baseline_report.hpp"
#include "medusa/report/execution_reporter.hpp"
#include "medusa/system/files.hpp"

#include "command.hpp"
#include "confirmation.hpp"

namespace medusa {

namespace {

struct BaselineOptions {
  std::string to = {};
  bool accept_differences = false;
};

/// @throws Error with all differences, unless they are accepted.
void check(const Baseline& baseline, const BaselineOptions& options) {
  if (baseline.differences.empty() || options.accept_differences) {
    return;
  }
  std::vector<Diagnostic> problems = baseline.differences;
  problems.back().notes.emplace_back(
      "nothing was recorded; a baseline says that migrations ran, and the database says otherwise");
  problems.back().hint =
      options.to.empty() ? "medusa migrations baseline --to NAME records those up to NAME, "
                           "medusa migrations run does the rest"
                         : "record fewer of them; --accept-differences records them all the same";
  throw Error(std::move(problems));
}

bool confirmed(Context& context, const Plan& plan) {
  if (!asks(context)) {
    return true;
  }
  render_baseline_steps(plan, context.terminal());
  return confirm(context,
                 "Record " + plural(plan.step_count(), "migration") + " as applied, and run none?");
}

/// What its SQL or, where that is not known, its source says.
std::string text_of(const Migration& migration) {
  const Lowering lowering = load_lowering(migration, true);
  return lowering.program.has_value()
             ? readable_sql(lowering)
             : read_file_if_present(migration.source).value_or(std::string{});
}

/// The plan to record; none if nothing is pending or the person says no.
Plan planned(Context& context,
             const BaselineOptions& options,
             Baseline& baseline,
             bool& declined,
             const History& history,
             const DatabaseSource& source) {
  const std::optional<std::string> last =
      options.to.empty() ? std::nullopt : std::optional(options.to);
  if (!last.has_value() && pending_migrations(context.catalog(), history).empty()) {
    return {};
  }
  baseline =
      make_baseline(context.catalog(), history, context.facts(history, source), text_of, last);
  check(baseline, options);
  render_baseline_doubts(baseline, context.terminal());
  declined = !confirmed(context, baseline.plan);
  if (declined) {
    baseline = {};
  }
  return baseline.plan;
}

int execute(Context& context, const BaselineOptions& options) {
  ExecutionReporter reporter(context.terminal(), version());
  static_cast<void>(context.catalog());
  context.announce_database();
  Baseline baseline;
  bool declined = false;
  std::size_t applied = 0;
  ExecutorOptions executor_options = context.executor_options();
  executor_options.extensions.clear();  // nothing is created but our own tables
  Executor executor(context.database().url, context.host(), reporter, executor_options);
  executor.record([&](const History& history, const DatabaseSource& source) {
    applied = history.rows().size();
    return planned(context, options, baseline, declined, history, source);
  });
  if (baseline.plan.empty() && context.terminal().format() == OutputFormat::Text) {
    context.terminal().answer(
        "Nothing was recorded: " + plural(applied, "migration is", "migrations are") + " applied.");
    return declined ? kDeclined : 0;
  }
  render_baseline(baseline, context.terminal());
  return declined ? kDeclined : 0;
}

}  // namespace

void add_baseline(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand(
      "baseline",
      "Record what is pending as applied, without running it, where its schema is there");
  const auto options = std::make_shared<BaselineOptions>();
  command->add_option("--to", options->to, "Only up to this migration, in the order of a run")
      ->type_name("NAME");
  command->add_flag("--accept-differences",
                    options->accept_differences,
                    "Record them although the database has not what they create");
  command->callback([&chosen, options] {
    chosen = [options](Context& context) { return execute(context, *options); };
  });
}

}  // namespace medusa
