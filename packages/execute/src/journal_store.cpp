// SPDX-License-Identifier: MIT
#include "journal_store.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace medusa {

namespace {

using Json = nlohmann::json;

constexpr const char* kStarted = "started";
constexpr const char* kDone = "done";
constexpr const char* kConfirmed = "confirmed";  ///< Done, says a person.

/// Results longer than that are not kept: who asks for so much pages through it.
constexpr std::size_t kLongestResults = 4'000'000;

Json result_json(const QueryResult& result) {
  Json fields = Json::array();
  for (const Field& field : result.fields) {
    fields.push_back(Json::array(
        {field.name, field.type, field.table, field.column, field.size, field.modifier}));
  }
  Json rows = Json::array();
  for (const auto& row : result.rows) {
    Json values = Json::array();
    for (const auto& value : row) {
      values.push_back(value.has_value() ? Json(*value) : Json(nullptr));
    }
    rows.push_back(std::move(values));
  }
  return {{"tag", result.tag}, {"fields", std::move(fields)}, {"rows", std::move(rows)}};
}

QueryResult result_from(const Json& json) {
  QueryResult result{.tag = json.at("tag")};
  for (const Json& field : json.at("fields")) {
    result.fields.push_back({.name = field.at(0),
                             .type = field.at(1),
                             .table = field.at(2),
                             .column = field.at(3),
                             .size = field.at(4),
                             .modifier = field.at(5)});
  }
  for (const Json& values : json.at("rows")) {
    auto& row = result.rows.emplace_back();
    for (const Json& value : values) {
      row.push_back(value.is_null() ? std::nullopt : std::optional(value.get<std::string>()));
    }
  }
  return result;
}

std::optional<std::string> results_text(const std::optional<std::vector<QueryResult>>& results) {
  if (!results.has_value()) {
    return std::nullopt;
  }
  Json list = Json::array();
  for (const QueryResult& result : *results) {
    list.push_back(result_json(result));
  }
  std::string text = list.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() > kLongestResults ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::vector<QueryResult>> results_from(const std::optional<std::string>& text) {
  if (!text.has_value()) {
    return std::nullopt;
  }
  std::vector<QueryResult> results;
  for (const Json& json : Json::parse(*text)) {
    results.push_back(result_from(json));
  }
  return results;
}

std::optional<std::string> id_text(const PlanStep& step) {
  return step.id.has_value() ? std::optional(std::to_string(*step.id)) : std::nullopt;
}

std::string clearing_of(const std::string& table, const std::string& migration) {
  return "DELETE FROM " + table + " WHERE name = " + quote_literal(migration) + ';';
}

std::string forgetting_of(const std::string& table,
                          const std::string& migration,
                          const std::string& ordinal) {
  return "DELETE FROM " + table + " WHERE name = " + quote_literal(migration) +
         " AND ordinal = " + ordinal + ';';
}

/// A row: name, direction, migration_id, ordinal, checksum, statement, state, upgrade_id.
class JournalRow {
 public:
  explicit JournalRow(const std::vector<std::optional<std::string>>& row) : row_(row) {}

  [[nodiscard]] bool is_of(const BegunMigration& begun) const {
    return begun.name == text(0) && begun.up == up() && begun.id == id();
  }

  [[nodiscard]] BegunMigration begun(const std::string& table) const {
    return {.name = text(0), .up = up(), .id = id(), .clearing = clearing_of(table, text(0))};
  }

  void add_to(BegunMigration& begun, const std::string& table) const {
    const bool done = text(6) != kStarted;
    begun.done += done ? 1U : 0U;
    if (!done) {
      begun.open = text(5);
    }
    begun.upgrade = std::max<std::int64_t>(begun.upgrade, std::stoll(text(7)));
    begun.statements.push_back({.ordinal = std::stoul(text(3)),
                                .checksum = text(4),
                                .beginning = text(5),
                                .done = done,
                                .forgetting = forgetting_of(table, text(0), text(3))});
  }

 private:
  [[nodiscard]] std::string text(std::size_t column) const { return row_.at(column).value_or(""); }

  [[nodiscard]] bool up() const { return text(1) == to_string(Direction::Up); }

  [[nodiscard]] std::optional<std::int64_t> id() const {
    return row_.at(2).has_value() ? std::optional<std::int64_t>(std::stoll(*row_.at(2)))
                                  : std::nullopt;
  }

  const std::vector<std::optional<std::string>>& row_;
};

}  // namespace

JournalStore::JournalStore(Connection& connection, const std::string& schema)
    : connection_(connection),
      table_(quote_identifier(schema) + ".medusa_journal") {}

bool JournalStore::exists() {
  const QueryResult found = connection_.execute(
      "SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass($1) AND "
      "has_table_privilege(oid, 'SELECT')",
      {table_});
  return !found.rows.empty();
}

void JournalStore::create() {
  // Asked first: IF NOT EXISTS needs the right to create even where there is nothing to create.
  if (exists()) {
    return;
  }
  connection_.execute("CREATE TABLE IF NOT EXISTS " + table_ +
                      " (name text NOT NULL, direction text NOT NULL, ordinal integer NOT NULL, "
                      "migration_id bigint, statement text NOT NULL, checksum text NOT NULL, "
                      "state text NOT NULL, results text, indexes text NOT NULL, "
                      "upgrade_id bigint NOT NULL, "
                      "written_at timestamptz NOT NULL DEFAULT clock_timestamp(), "
                      "PRIMARY KEY (name, direction, ordinal))");
}

Journal JournalStore::load() {
  if (!exists()) {
    return {};
  }
  const QueryResult result = connection_.execute(
      "SELECT name, direction, migration_id, ordinal, checksum, statement, state, upgrade_id "
      "FROM " +
          table_ + " ORDER BY name, direction, migration_id, ordinal",
      {});
  std::vector<BegunMigration> begun;
  for (const auto& columns : result.rows) {
    const JournalRow row(columns);
    if (begun.empty() || !row.is_of(begun.back())) {
      begun.push_back(row.begun(table_));
    }
    row.add_to(begun.back(), table_);
  }
  return Journal(std::move(begun));
}

std::vector<JournalEntry> JournalStore::entries(const PlanStep& step, Direction direction) {
  const QueryResult result = connection_.execute(
      "SELECT ordinal, checksum, statement, state, results, indexes FROM " + table_ +
          " WHERE name = $1 AND direction = $2 AND migration_id IS NOT DISTINCT FROM $3::bigint "
          "ORDER BY ordinal",
      {step.migration.name, std::string(to_string(direction)), id_text(step)});
  std::vector<JournalEntry> entries;
  for (const auto& row : result.rows) {
    const std::optional<std::string>& state = row.at(3);
    JournalEntry& entry =
        entries.emplace_back(JournalEntry{.ordinal = std::stoul(row.at(0).value_or("0")),
                                          .checksum = row.at(1).value_or(""),
                                          .statement = row.at(2).value_or(""),
                                          .done = state == kDone || state == kConfirmed,
                                          .results = results_from(row.at(4)),
                                          .indexes = Json::parse(row.at(5).value_or("[]"))});
    if (state == kConfirmed) {
      entry.results.emplace(1);  // a person knows that it was done, not what came back
    }
  }
  return entries;
}

void JournalStore::write(const PlanStep& step,
                         Direction direction,
                         const JournalEntry& entry,
                         const std::string& upgrade) {
  connection_.execute(
      "INSERT INTO " + table_ +
          " (name, direction, ordinal, migration_id, statement, checksum, state, results, indexes, "
          "upgrade_id) VALUES ($1, $2, $3::integer, $4::bigint, $5, $6, $7, $8, $9, $10::bigint) "
          "ON CONFLICT (name, direction, ordinal) DO UPDATE SET (migration_id, statement, "
          "checksum, "
          "state, results, indexes, upgrade_id, written_at) = (excluded.migration_id, "
          "excluded.statement, excluded.checksum, excluded.state, excluded.results, "
          "excluded.indexes, excluded.upgrade_id, excluded.written_at)",
      {step.migration.name,
       std::string(to_string(direction)),
       std::to_string(entry.ordinal),
       id_text(step),
       entry.statement,
       entry.checksum,
       std::string(entry.done ? kDone : kStarted),
       results_text(entry.results),
       Json(entry.indexes).dump(),
       upgrade});
}

void JournalStore::forget(const PlanStep& step, Direction direction, std::size_t ordinal) {
  connection_.execute(
      "DELETE FROM " + table_ + " WHERE name = $1 AND direction = $2 AND ordinal = $3::integer",
      {step.migration.name, std::string(to_string(direction)), std::to_string(ordinal)});
}

void JournalStore::clear(const PlanStep& step) {
  connection_.execute("DELETE FROM " + table_ + " WHERE name = $1", {step.migration.name});
}

std::string JournalStore::clearing(const PlanStep& step) const {
  return clearing_of(table_, step.migration.name);
}

std::string JournalStore::forgetting(const PlanStep& step, std::size_t ordinal) const {
  return forgetting_of(table_, step.migration.name, std::to_string(ordinal));
}

std::string JournalStore::confirming(const PlanStep& step, std::size_t ordinal) const {
  return "UPDATE " + table_ +
         " SET state = 'confirmed' WHERE name = " + quote_literal(step.migration.name) +
         " AND ordinal = " + std::to_string(ordinal) + ';';
}

}  // namespace medusa
