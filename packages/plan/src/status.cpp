// SPDX-License-Identifier: MIT
#include "medusa/plan/status.hpp"

#include <algorithm>
#include <cctype>

#include "medusa/core/text.hpp"
#include "medusa/plan/half_done.hpp"
#include "medusa/plan/plan.hpp"
#include "medusa/plan/renaming.hpp"

namespace medusa {

namespace {

std::optional<BegunMigration> value_of(const BegunMigration* begun) {
  return begun == nullptr ? std::nullopt : std::optional(*begun);
}

StatusRow applied_row(const AppliedMigration& applied,
                      const Catalog& catalog,
                      const Recordings& recordings,
                      const Journal& journal) {
  StatusRow row{.name = applied.name,
                .timestamp = applied.timestamp,
                .state = MigrationState::Missing,
                .id = applied.id,
                .begun = value_of(journal.reverting(applied.name, applied.id))};
  if (const Recording* recording = recordings.of(applied)) {
    row.recording = *recording;
  }
  if (const Migration* migration = catalog.find(applied.name)) {
    row.migration = *migration;
    if (row.recording.has_value()) {
      row.comparison = compare(*migration, *row.recording);
    }
    row.state = is_change(row.comparison) ? MigrationState::Changed : MigrationState::Applied;
  }
  if (row.begun.has_value()) {
    row.state = MigrationState::Failed;
  }
  return row;
}

/// Of a name that no member ships.
std::int64_t timestamp_of(const std::string& name) {
  constexpr std::size_t kDigits = 13;
  const std::string end = name.substr(name.size() - std::min(name.size(), kDigits));
  const bool is_number = end.size() == kDigits && std::all_of(end.begin(), end.end(), [](char c) {
                           return std::isdigit(static_cast<unsigned char>(c)) != 0;
                         });
  return is_number ? std::stoll(end) : 0;
}

/// Began, and is in no member any more.
StatusRow begun_row(const BegunMigration& begun) {
  return {.name = begun.name,
          .timestamp = timestamp_of(begun.name),
          .state = MigrationState::Failed,
          .begun = begun};
}

StatusRow resolved_row(const Migration& migration, MigrationState state) {
  return {.name = migration.name,
          .timestamp = migration.timestamp,
          .state = state,
          .migration = migration};
}

void add_other_name(StatusRow& row, const Renamings& renamings) {
  if (row.id.has_value() && !row.migration.has_value()) {
    if (const Renaming* renaming = renamings.from(row.name)) {
      row.other_name = {.name = renaming->migration->id(), .same_sql = renaming->same_sql};
    }
  } else if (is_pending(row)) {
    if (const Renaming* renaming = renamings.of(row.name)) {
      row.other_name = {.name = renaming->applied.name, .same_sql = renaming->same_sql};
    }
  }
}

/// The enabled one, if several are called so.
const Migration* resolved(const Catalog& catalog, const std::string& name) {
  for (const Migration& migration : catalog.migrations()) {
    if (migration.id() == name) {
      return &migration;
    }
  }
  return catalog.find(name);
}

MigrationState state_of(const Migration& migration,
                        const History& history,
                        const Journal& journal) {
  if (journal.applying(migration.name) != nullptr) {
    return MigrationState::Failed;
  }
  if (!migration.enabled) {
    return MigrationState::Disabled;
  }
  return migration.timestamp < history.newest_timestamp() ? MigrationState::Late
                                                          : MigrationState::Pending;
}

Error unknown(const std::string& name, const Catalog& catalog, const History& history) {
  std::vector<std::string> names;
  for (const AppliedMigration& applied : history.rows()) {
    names.push_back(applied.name);
  }
  for (const Migration& migration : catalog.migrations()) {
    names.push_back(migration.name);
  }
  const auto close = closest_match(name, names);
  return Error({.code = ErrorCode::Usage,
                .message = "no migration is called '" + name + "'",
                .hint = close.has_value() ? "did you mean '" + *close + "'?"
                                          : "medusa migrations show lists all of them"});
}

StatusRow row_of(const std::string& name,
                 const Catalog& catalog,
                 const History& history,
                 const Recordings& recordings,
                 const Journal& journal) {
  const Migration* migration = resolved(catalog, name);
  const std::string& plain = migration == nullptr ? name : migration->name;
  for (const AppliedMigration& applied : history.rows()) {
    if (applied.name == plain) {
      return applied_row(applied, catalog, recordings, journal);
    }
  }
  if (const BegunMigration* begun = journal.applying(plain);
      migration == nullptr && begun != nullptr) {
    return begun_row(*begun);
  }
  if (migration == nullptr) {
    throw unknown(name, catalog, history);
  }
  StatusRow row = resolved_row(*migration, state_of(*migration, history, journal));
  row.begun = value_of(journal.applying(migration->name));
  return row;
}

}  // namespace

bool is_pending(const StatusRow& row) {
  return is_pending(row.state) && !row.id.has_value() && row.migration.has_value() &&
         row.migration->enabled;
}

StatusRow status_of(const std::string& name,
                    const Catalog& catalog,
                    const History& history,
                    const Recordings& recordings,
                    const Journal& journal) {
  StatusRow row = row_of(name, catalog, history, recordings, half_done(journal, catalog, history));
  add_other_name(row, Renamings(catalog, history, recordings));
  return row;
}

std::vector<StatusRow> make_status(const Catalog& catalog,
                                   const History& history,
                                   const Recordings& recordings,
                                   const Journal& all_begun) {
  const Journal journal = half_done(all_begun, catalog, history);
  std::vector<StatusRow> rows;
  for (const AppliedMigration& applied : history.rows()) {
    rows.push_back(applied_row(applied, catalog, recordings, journal));
  }
  const Plan plan = make_upgrade_plan(catalog, history, TransactionMode::All, journal);
  for (const PlanGroup& group : plan.groups) {
    for (const PlanStep& step : group.steps) {
      rows.push_back(resolved_row(step.migration, step.state));
      rows.back().begun = step.begun;
    }
  }
  for (const Migration& migration : catalog.migrations()) {
    if (!migration.enabled && !history.contains(migration.name)) {
      rows.push_back(resolved_row(migration, state_of(migration, history, journal)));
      rows.back().begun = value_of(journal.applying(migration.name));
    }
  }
  for (const BegunMigration& begun : journal.begun()) {
    if (begun.up && catalog.find(begun.name) == nullptr) {
      rows.push_back(begun_row(begun));
    }
  }
  const Renamings renamings(catalog, history, recordings);
  for (StatusRow& row : rows) {
    add_other_name(row, renamings);
  }
  return rows;
}

}  // namespace medusa
