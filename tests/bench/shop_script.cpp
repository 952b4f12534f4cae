// SPDX-License-Identifier: MIT
#include "shop_script.hpp"

#include <stdexcept>

#include "medusa/sql/statement.hpp"

#include "medusa_program.hpp"

namespace medusa {

namespace {

using Texts = std::vector<std::string>;

const Texts kHistoryTables{"migrations", "medusa_upgrade", "medusa_migration"};

/// Those of pg_dump that make something: its settings are those of a session that we do not have.
void add_dumped(Texts& statements, const BenchDatabase& database, Texts flags) {
  for (const std::string& table : kHistoryTables) {
    flags.push_back("--table=" + table);
  }
  const std::string dump = database.dump(flags);
  for (const Statement& statement : split_statements(dump)) {
    for (const char* word : {"CREATE ", "ALTER ", "INSERT "}) {
      if (statement.text.starts_with(word)) {
        statements.push_back(statement.text);
      }
    }
  }
}

void add_migrations(Texts& statements,
                    const std::filesystem::path& workspace,
                    const BenchDatabase& empty) {
  const Outcome rehearsal = run_medusa(workspace,
                                       {"migrations", "plan", "--sql", "--execute", "--quiet"},
                                       {{"DATABASE_URL", empty.url()}});
  if (rehearsal.exit_code != 0) {
    throw std::runtime_error("the shop cannot be rehearsed: " + rehearsal.errors);
  }
  for (const Statement& statement : split_statements(rehearsal.output)) {
    if (statement.effect == TransactionEffect::None) {
      statements.push_back(statement.text);
    }
  }
}

}  // namespace

Texts shop_script(const std::filesystem::path& workspace,
                  const BenchDatabase& migrated,
                  const BenchDatabase& empty) {
  Texts statements;
  add_dumped(statements, migrated, {"--schema-only", "--no-owner"});
  add_migrations(statements, workspace, empty);
  add_dumped(statements, migrated, {"--data-only", "--inserts"});
  return statements;
}

}  // namespace medusa
