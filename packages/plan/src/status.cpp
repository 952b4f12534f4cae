// SPDX-License-Identifier: MIT
#include "medusa/plan/status.hpp"

#include "medusa/plan/plan.hpp"

namespace medusa {

namespace {

StatusRow applied_row(const AppliedMigration& applied, const Catalog& catalog) {
  StatusRow row{.name = applied.name,
                .timestamp = applied.timestamp,
                .state = MigrationState::Missing,
                .id = applied.id};
  if (const Migration* migration = catalog.find(applied.name)) {
    row.state = MigrationState::Applied;
    row.migration = *migration;
  }
  return row;
}

StatusRow resolved_row(const Migration& migration, MigrationState state) {
  return {.name = migration.name,
          .timestamp = migration.timestamp,
          .state = state,
          .migration = migration};
}

}  // namespace

std::vector<StatusRow> make_status(const Catalog& catalog, const History& history) {
  std::vector<StatusRow> rows;
  for (const AppliedMigration& applied : history.rows()) {
    rows.push_back(applied_row(applied, catalog));
  }
  for (const PlanGroup& group : make_upgrade_plan(catalog, history, TransactionMode::All).groups) {
    for (const PlanStep& step : group.steps) {
      rows.push_back(resolved_row(step.migration, step.state));
    }
  }
  for (const Migration& migration : catalog.migrations()) {
    if (!migration.enabled && !history.contains(migration.name)) {
      rows.push_back(resolved_row(migration, MigrationState::Disabled));
    }
  }
  return rows;
}

}  // namespace medusa
