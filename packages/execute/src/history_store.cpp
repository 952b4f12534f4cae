// SPDX-License-Identifier: MIT
#include "medusa/execute/history_store.hpp"

#include <utility>

namespace medusa {

HistoryStore::HistoryStore(Connection& connection, std::string schema)
    : connection_(connection),
      schema_(std::move(schema)),
      table_(quote_identifier(schema_) + ".\"migrations\"") {}

bool HistoryStore::exists() {
  const QueryResult result = connection_.execute(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = "
      "'migrations'",
      {schema_});
  return !result.rows.empty();
}

void HistoryStore::create() {
  // Definition and constraint name are TypeORM 0.3's (MigrationExecutor.createMigrationsTable...).
  connection_.execute("CREATE TABLE " + table_ +
                      " (\"id\" SERIAL NOT NULL, \"timestamp\" bigint NOT NULL, "
                      "\"name\" character varying NOT NULL, "
                      "CONSTRAINT \"PK_8c82d7f526340ab734260ea46be\" PRIMARY KEY (\"id\"))");
}

History HistoryStore::load() {
  if (!exists()) {
    return {};
  }
  const QueryResult result =
      connection_.execute("SELECT \"id\", \"timestamp\", \"name\" FROM " + table_, {});
  std::vector<AppliedMigration> rows;
  rows.reserve(result.rows.size());
  for (const auto& row : result.rows) {
    rows.push_back({.id = std::stoll(row.at(0).value_or("0")),
                    .timestamp = std::stoll(row.at(1).value_or("0")),
                    .name = row.at(2).value_or("")});
  }
  return History(std::move(rows));
}

std::string HistoryStore::insertion() const {
  return "INSERT INTO " + table_ +
         "(\"timestamp\", \"name\") VALUES ($1, $2) RETURNING \"id\", \"timestamp\", \"name\"";
}

std::string HistoryStore::removal() const {
  return "DELETE FROM " + table_ + " WHERE \"timestamp\" = $1 AND \"name\" = $2";
}

}  // namespace medusa
