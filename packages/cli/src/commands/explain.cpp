// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/catalog/program.hpp"
#include "medusa/plan/migration_place.hpp"
#include "medusa/report/explanation.hpp"
#include "medusa/report/hazard_report.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int execute(Context& context, const std::string& name) {
  if (const auto rule = parse_hazard_code(name)) {
    render_hazard(*rule, context.terminal());
    return 0;
  }
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Skip);
  Explanation explanation{
      .place = place_of(
          name, catalog, past.history, past.recordings, context.compared(past.journal), [&] {
            return context.facts(
                past.history, Executor::source(context.database().url, context.executor_options()));
          })};
  if (const std::optional<Migration>& migration = explanation.place.row.migration) {
    explanation.up = load_lowering(*migration, true);
    explanation.down = load_lowering(*migration, false);
  }
  render_explanation(explanation, context.terminal());
  return 0;
}

}  // namespace

void add_explain(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("explain",
                            "Tell everything about one migration: state, place and why,\n"
                            "what it does, the SQL it sends or why that is not known");
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "Its name, or member/name; or the code of a hazard")
      ->required()
      ->type_name("NAME");
  command->callback(
      [&chosen, name] { chosen = [name](Context& context) { return execute(context, *name); }; });
}

}  // namespace medusa
