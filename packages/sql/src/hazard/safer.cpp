// SPDX-License-Identifier: MIT
#include "hazard/safer.hpp"

namespace medusa {

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char letter : name) {
    text += letter == '"' ? "\"\"" : std::string(1, letter);
  }
  return text + '"';
}

std::string quoted(const PgQuery__RangeVar& table) {
  return (*table.schemaname == '\0' ? std::string() : quoted(table.schemaname) + '.') +
         quoted(table.relname);
}

std::string alter(const PgQuery__AlterTableStmt& statement) {
  return "ALTER TABLE " + quoted(*statement.relation) + ' ';
}

}  // namespace medusa
