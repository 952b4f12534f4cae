// SPDX-License-Identifier: MIT
#include "medusa/catalog/program.hpp"
#include "medusa/plan/verification.hpp"
#include "medusa/report/verification_report.hpp"

#include "command.hpp"

namespace medusa {

namespace {

/// With today's SQL, where it is known.
std::vector<ChangedMigration> with_sql(const std::vector<StatusRow>& rows) {
  std::vector<ChangedMigration> changed;
  for (const StatusRow& row : rows) {
    changed.push_back({.row = row});
    if (row.migration.has_value()) {
      const Lowering lowering = load_lowering(*row.migration, true);
      changed.back().sql = lowering.program.has_value() ? readable_sql(lowering) : std::string{};
    }
  }
  return changed;
}

int execute(Context& context) {
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Load);
  const Verification verification =
      verify(make_status(catalog, past.history, past.recordings, context.compared(past.journal)));
  render_verification(verification, with_sql(verification.changed), context.terminal());
  return verification.ok() ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand(
      "verify", "Compare what is applied with what is here; exit status 1 if it differs");
  command->callback([&chosen] { chosen = execute; });
}

}  // namespace medusa
