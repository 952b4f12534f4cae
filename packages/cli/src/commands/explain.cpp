// SPDX-License-Identifier: MIT
#include <memory>

#include "medusa/catalog/program.hpp"
#include "medusa/core/text.hpp"
#include "medusa/plan/status.hpp"
#include "medusa/report/explanation.hpp"

#include "command.hpp"

namespace medusa {

namespace {

/// The row of the migration of that name, or of "member/name".
const StatusRow* find_row(const std::vector<StatusRow>& rows, const std::string& name) {
  for (const StatusRow& row : rows) {
    if (row.name == name || (row.migration.has_value() && row.migration->id() == name)) {
      return &row;
    }
  }
  return nullptr;
}

Error unknown(const std::vector<StatusRow>& rows, const std::string& name) {
  std::vector<std::string> names;
  for (const StatusRow& row : rows) {
    names.push_back(row.name);
  }
  const auto close = closest_match(name, names);
  return Error({.code = ErrorCode::Plan,
                .message = "no migration is called '" + name + "'",
                .hint = close.has_value() ? "did you mean '" + *close + "'?"
                                          : "medusa migrations show lists all of them"});
}

int execute(Context& context, const std::string& name) {
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Skip);
  const std::vector<StatusRow> rows = make_status(catalog, past.history, past.recordings);
  const StatusRow* row = find_row(rows, name);
  if (row == nullptr) {
    throw unknown(rows, name);
  }
  Explanation explanation{.row = *row};
  if (row->migration.has_value()) {
    explanation.up = load_lowering(*row->migration, true);
    explanation.down = load_lowering(*row->migration, false);
  }
  render_explanation(explanation, context.terminal());
  return 0;
}

}  // namespace

void add_explain(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand(
      "explain", "Tell everything about one migration: state, place, the SQL it sends or why not");
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "Its name, or member/name")->required()->type_name("NAME");
  command->callback(
      [&chosen, name] { chosen = [name](Context& context) { return execute(context, *name); }; });
}

}  // namespace medusa
