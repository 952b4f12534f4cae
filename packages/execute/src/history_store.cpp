// SPDX-License-Identifier: MIT
#include "medusa/execute/history_store.hpp"

#include <utility>

#include "medusa/core/error.hpp"

namespace medusa {

Error HistoryStore::unreadable(const SqlError& error) const {
  return Error({.code = ErrorCode::Database,
                .message = "cannot read the history, table " + table_,
                .notes = {std::string(error.sqlstate()) + ": " + error.fields().message},
                .hint = "the database user needs the right to read it: GRANT SELECT ON " + table_ +
                        " TO ...;"});
}

HistoryStore::HistoryStore(Connection& connection, std::string schema)
    : connection_(connection),
      schema_(std::move(schema)),
      table_(quote_identifier(schema_) + "." + quote_identifier(kTable)) {}

bool HistoryStore::exists() {
  const QueryResult result = connection_.execute(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2",
      {schema_, std::string(kTable)});
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
  QueryResult result;
  try {
    result = connection_.execute("SELECT \"id\", \"timestamp\", \"name\" FROM " + table_, {});
  } catch (const SqlError& error) {
    if (error.sqlstate() == "42P01") {  // no table: not asked beforehand, it nearly always is there
      return {};
    }
    throw unreadable(error);
  }
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
