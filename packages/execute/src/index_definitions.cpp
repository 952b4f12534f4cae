// SPDX-License-Identifier: MIT
#include <map>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

namespace {

// pg_get_indexdef opens the table for the names of its columns.
constexpr std::string_view kQuery = R"sql(
SELECT n.nspname, c.relname, pg_catalog.pg_get_indexdef(c.oid)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE i.indisvalid AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_locks l
        WHERE l.relation = i.indrelid AND l.mode = 'AccessExclusiveLock'
          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                              WHERE d.datname = pg_catalog.current_database()))
    AND c.relname IN ()sql";

/// As Effect::definition has it; empty: it cannot be read (a newer server's syntax).
std::string normal_definition(const std::string& sql) {
  try {
    for (const StatementFootprint& statement : FootprintReader().read(sql)) {
      for (const Effect& effect : statement.effects) {
        if (effect.action == Action::Create && effect.object.kind == ObjectKind::Index) {
          return effect.definition;
        }
      }
    }
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): not known
  }
  return {};
}

}  // namespace

void read_index_definitions(Connection& connection,
                            const std::vector<std::string>& names,
                            SchemaSnapshot& snapshot) {
  std::vector<std::string> literals;
  for (const std::string& name : names) {
    literals.push_back(quote_literal(name));
  }
  if (literals.empty()) {
    return;
  }
  std::map<std::pair<std::string, std::string>, std::string> definitions;
  const std::string query = std::string(kQuery) + join(literals, ", ") + ')';
  for (const auto& row : connection.execute(query, {}).rows) {
    definitions.emplace(std::pair(row.at(0).value_or(""), row.at(1).value_or("")),
                        normal_definition(row.at(2).value_or("")));
  }
  for (SchemaObject& object : snapshot.objects) {
    const auto found = definitions.find({object.ref.schema, object.ref.name});
    if (object.ref.kind == ObjectKind::Index && found != definitions.end()) {
      object.definition = found->second;
    }
  }
}

}  // namespace medusa
