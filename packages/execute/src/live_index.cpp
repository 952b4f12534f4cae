// SPDX-License-Identifier: MIT
#include "live_index.hpp"

namespace medusa {

namespace {

std::string written(const RelationName& name) {
  const std::string plain = quote_identifier(name.name);
  return name.schema.empty() ? plain : quote_identifier(name.schema) + '.' + plain;
}

std::vector<LiveIndex> query(Connection& connection,
                             const std::string& condition,
                             const std::vector<Parameter>& parameters) {
  const QueryResult result = connection.execute(
      "SELECT indexrelid, indexrelid::regclass::text, indrelid::regclass::text, indisvalid "
      "FROM pg_catalog.pg_index WHERE " +
          condition + " ORDER BY 1",
      parameters);
  std::vector<LiveIndex> indexes;
  for (const auto& row : result.rows) {
    indexes.push_back({.oid = row.at(0).value_or(""),
                       .name = row.at(1).value_or(""),
                       .table = row.at(2).value_or(""),
                       .valid = row.at(3) == "t"});
  }
  return indexes;
}

}  // namespace

std::optional<LiveIndex> find_index(Connection& connection, const RelationName& name) {
  const std::vector<LiveIndex> found =
      query(connection, "indexrelid = to_regclass($1)", {written(name)});
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<LiveIndex> indexes_of(Connection& connection, const RelationName& table) {
  return query(connection, "indrelid = to_regclass($1)", {written(table)});
}

std::vector<LiveIndex> invalid_indexes(Connection& connection) {
  return query(connection, "NOT indisvalid", {});
}

bool is_being_built(Connection& connection, const LiveIndex& index) {
  return !connection
              .execute(
                  "SELECT 1 FROM pg_catalog.pg_stat_progress_create_index WHERE index_relid = "
                  "$1::oid",
                  {index.oid})
              .rows.empty();
}

}  // namespace medusa
