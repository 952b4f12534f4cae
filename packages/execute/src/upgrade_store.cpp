// SPDX-License-Identifier: MIT
#include "medusa/execute/upgrade_store.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "medusa/core/version.hpp"

namespace medusa {

namespace {

constexpr const char* kUpgrades = "medusa_upgrade";
constexpr const char* kMigrations = "medusa_migration";
/// As a mode of either.
constexpr const char* kBaseline = "baseline";

/// Microseconds; null if a migration has reset the setting.
constexpr const char* kTimeSinceStart =
    "((extract(epoch FROM clock_timestamp()) - "
    "nullif(current_setting('medusa.step_start', true), '')::numeric) * 1000000)::bigint";

Parameter text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string mode_of(const StepRecord& record) {
  if (record.baseline) {
    return kBaseline;
  }
  return record.sql.has_value() ? "lowered" : "dynamic";
}

Recording recording_of(const std::vector<std::optional<std::string>>& row) {
  const auto text = [&](std::size_t column) { return row.at(column).value_or(""); };
  return {.id = std::stoll(text(0)),
          .timestamp = std::stoll(text(1)),
          .name = text(2),
          .member = text(3),
          .member_version = text(4),
          .checksum = text(5),
          .source_checksum = text(6),
          .sql = row.at(7),
          .applied_at = text(8),
          .upgrade = std::stoll(text(9)),
          .baseline = text(10) == kBaseline};
}

}  // namespace

std::string_view to_string(UpgradeOutcome outcome) {
  switch (outcome) {
    case UpgradeOutcome::Done:
      return "done";
    case UpgradeOutcome::Failed:
      return "failed";
    case UpgradeOutcome::Interrupted:
      return "interrupted";
    case UpgradeOutcome::Running:
      break;
  }
  return "running";
}

UpgradeStore::UpgradeStore(Connection& connection, std::string schema, const HistoryStore& history)
    : connection_(connection),
      schema_(std::move(schema)),
      upgrades_(quote_identifier(schema_) + '.' + kUpgrades),
      migrations_(quote_identifier(schema_) + '.' + kMigrations),
      history_(history) {}

UpgradeStore::Presence UpgradeStore::presence() {
  // Not information_schema, which hides tables on which the user has no right at all.
  const QueryResult result = connection_.execute(
      "SELECT count(*), bool_and(has_table_privilege(c.oid, 'SELECT')) FROM pg_catalog.pg_class c "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE n.nspname = $1 AND c.relname IN ($2, $3) AND c.relkind IN ('r', 'p')",
      {schema_, std::string(kUpgrades), std::string(kMigrations)});
  const auto& row = result.rows.at(0);
  return {.complete = row.at(0) == "2", .readable = row.at(1) == "t"};
}

void UpgradeStore::create() {
  // Asked first: IF NOT EXISTS needs the right to create even where there is nothing to create.
  if (presence().complete) {
    return;
  }
  connection_.execute("CREATE TABLE IF NOT EXISTS " + upgrades_ +
                      " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                      "direction text NOT NULL, mode text NOT NULL, tool_version text NOT NULL, "
                      "started_by text NOT NULL, "
                      "started_at timestamptz NOT NULL DEFAULT clock_timestamp(), "
                      "finished_at timestamptz, outcome text NOT NULL, problem text, "
                      "packages jsonb NOT NULL);"
                      "CREATE TABLE IF NOT EXISTS " +
                      migrations_ +
                      " (name text PRIMARY KEY, \"timestamp\" bigint NOT NULL, "
                      "migration_id bigint NOT NULL, member text NOT NULL, member_version text, "
                      "kind text NOT NULL, mode text NOT NULL, checksum text, "
                      "source_checksum text, up_sql text, duration_us bigint NOT NULL, "
                      "applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), "
                      "upgrade_id bigint NOT NULL REFERENCES " +
                      upgrades_ + ");");
}

void UpgradeStore::begin(const UpgradeOrigin& origin) {
  versions_ = origin.versions;
  const QueryResult result = connection_.execute(
      "WITH left_over AS (UPDATE " + upgrades_ +
          " SET outcome = $7 WHERE outcome = $5) INSERT INTO " + upgrades_ +
          " (direction, mode, tool_version, started_by, outcome, packages) "
          "VALUES ($1, $2, $3, session_user || ' (' || $4::text || ')', $5::text, $6) "
          "RETURNING id, started_at",
      {std::string(to_string(origin.direction)),
       origin.baseline ? kBaseline : std::string(to_string(origin.mode)),
       std::string(version()),
       origin.account,
       std::string(to_string(UpgradeOutcome::Running)),
       nlohmann::json(origin.versions)
           .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
       std::string(to_string(UpgradeOutcome::Interrupted))});
  upgrade_ = result.rows.at(0).at(0).value_or("");
  started_ = result.rows.at(0).at(1).value_or("");
}

void UpgradeStore::insert(const Migration& migration, const StepRecord& record) {
  const SqlCommand command = insertion(migration, record);
  connection_.execute(command.sql, command.parameters);
}

SqlCommand UpgradeStore::start_of_step() {
  return {.sql =
              "SELECT pg_catalog.set_config('medusa.step_start', "
              "extract(epoch FROM pg_catalog.clock_timestamp())::text, true)"};
}

SqlCommand UpgradeStore::insertion(const Migration& migration, const StepRecord& record) const {
  // A row of that name may be left over, if Medusa's command line took the migration back.
  const auto version = versions_.find(migration.member);
  return {
      .sql =
          "WITH applied AS (" + history_.insertion() + ") INSERT INTO " + migrations_ +
          " AS old (migration_id, \"timestamp\", name, member, member_version, kind, mode, "
          "checksum, source_checksum, up_sql, duration_us, upgrade_id) "
          "SELECT id, \"timestamp\", name, $3::text, $4::text, $5::text, $6::text, $7::text, "
          "$8::text, $9::text, coalesce($10::bigint, " +
          std::string(kTimeSinceStart) +
          ", 0), $11::bigint FROM applied "
          "ON CONFLICT (name) DO UPDATE SET (migration_id, \"timestamp\", member, "
          "member_version, kind, mode, checksum, source_checksum, up_sql, duration_us, applied_at, "
          "upgrade_id) = (excluded.migration_id, excluded.\"timestamp\", excluded.member, "
          "excluded.member_version, excluded.kind, excluded.mode, excluded.checksum, "
          "excluded.source_checksum, excluded.up_sql, excluded.duration_us, excluded.applied_at, "
          "excluded.upgrade_id)",
      .parameters = {std::to_string(migration.timestamp),
                     migration.name,
                     migration.member,
                     text_or_null(version == versions_.end() ? "" : version->second),
                     std::string(to_string(migration.kind)),
                     mode_of(record),
                     text_or_null(record.sql.has_value() ? migration.up_checksum : ""),
                     text_or_null(migration.has_own_source() ? migration.checksum : ""),
                     record.sql,
                     record.duration.has_value()
                         ? std::optional(std::to_string(record.duration->count()))
                         : std::nullopt,
                     upgrade_}};
}

void UpgradeStore::remove(const Migration& migration) {
  const SqlCommand command = removal(migration);
  connection_.execute(command.sql, command.parameters);
}

SqlCommand UpgradeStore::removal(const Migration& migration) const {
  return {.sql = "WITH reverted AS (" + history_.removal() + ") DELETE FROM " + migrations_ +
                 " WHERE \"timestamp\" = $1 AND name = $2",
          .parameters = {std::to_string(migration.timestamp), migration.name}};
}

void UpgradeStore::finish(UpgradeOutcome outcome, const std::optional<std::string>& problem) {
  connection_.execute("UPDATE " + upgrades_ +
                          " SET finished_at = clock_timestamp(), outcome = $2, problem = $3 "
                          "WHERE id = $1",
                      {upgrade_, std::string(to_string(outcome)), problem});
}

bool UpgradeStore::has_records(const PlanGroup& group, Direction direction) {
  nlohmann::json names = nlohmann::json::array();
  for (const PlanStep& step : group.steps) {
    names.push_back(step.migration.name);
  }
  const std::string listed = "(SELECT jsonb_array_elements_text($1::text::jsonb))";
  try {
    if (direction == Direction::Down) {
      const QueryResult left = connection_.execute(
          "SELECT 1 FROM " + history_.table() + " WHERE name IN " + listed, {names.dump()});
      return left.rows.empty();
    }
    const QueryResult found =
        connection_.execute("SELECT m.name FROM " + migrations_ + " m JOIN " + upgrades_ +
                                " u ON u.id = m.upgrade_id JOIN " + history_.table() +
                                " h ON h.id = m.migration_id AND h.name = m.name "
                                "WHERE u.id = $2::text::bigint AND u.started_at = "
                                "$3::text::timestamptz AND m.name IN " +
                                listed,
                            {names.dump(), upgrade_, started_});
    return !upgrade_.empty() && found.rows.size() == group.steps.size();
  } catch (const SqlError& error) {
    if (error.sqlstate() == "42P01") {
      return false;  // the tables were part of it
    }
    throw;
  }
}

Recordings UpgradeStore::load(RecordedSql sql) {
  const Presence found = presence();
  if (found.complete && !found.readable && sql == RecordedSql::Load) {
    throw Error({.code = ErrorCode::Database,
                 .message = "the database user may not read what was recorded of migrations",
                 .hint = "GRANT SELECT ON " + upgrades_ + ", " + migrations_ + " TO ...;"});
  }
  if (!found.complete || !found.readable) {
    return {};
  }
  const QueryResult result = connection_.execute(
      "SELECT migration_id, \"timestamp\", name, member, member_version, checksum, "
      "source_checksum, " +
          std::string(sql == RecordedSql::Skip ? "NULL" : "up_sql") +
          ", applied_at::timestamptz(0), upgrade_id, mode FROM " + migrations_,
      {});
  std::vector<Recording> rows;
  rows.reserve(result.rows.size());
  for (const auto& row : result.rows) {
    rows.push_back(recording_of(row));
  }
  return Recordings(std::move(rows));
}

}  // namespace medusa
