// SPDX-License-Identifier: MIT
#include <algorithm>

#include "medusa/plan/status.hpp"
#include "medusa/report/status_report.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int execute(Context& context) {
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Skip);
  const std::vector<StatusRow> rows =
      make_status(catalog, past.history, past.recordings, context.compared(past.journal));
  render_status(rows, context.terminal());
  const bool pending = std::any_of(
      rows.begin(), rows.end(), [](const StatusRow& row) { return is_pending(row.state); });
  return pending ? 1 : 0;
}

}  // namespace

void add_show(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand(
      "show",
      "List all migrations and their state; exit status 1 if something is pending or half done");
  command->callback([&chosen] { chosen = execute; });
}

}  // namespace medusa
