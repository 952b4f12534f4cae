// SPDX-License-Identifier: MIT
#include "medusa/plan/status.hpp"

#include "medusa/plan/plan.hpp"

namespace medusa {

namespace {

bool differs(Comparison comparison) {
  return comparison == Comparison::SqlDiffers || comparison == Comparison::SourceDiffers;
}

StatusRow applied_row(const AppliedMigration& applied,
                      const Catalog& catalog,
                      const Recordings& recordings) {
  StatusRow row{.name = applied.name,
                .timestamp = applied.timestamp,
                .state = MigrationState::Missing,
                .id = applied.id};
  if (const Recording* recording = recordings.of(applied)) {
    row.recording = *recording;
  }
  if (const Migration* migration = catalog.find(applied.name)) {
    row.migration = *migration;
    if (row.recording.has_value()) {
      row.comparison = compare(*migration, *row.recording);
    }
    row.state = differs(row.comparison) ? MigrationState::Changed : MigrationState::Applied;
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

std::vector<StatusRow> make_status(const Catalog& catalog,
                                   const History& history,
                                   const Recordings& recordings) {
  std::vector<StatusRow> rows;
  for (const AppliedMigration& applied : history.rows()) {
    rows.push_back(applied_row(applied, catalog, recordings));
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
