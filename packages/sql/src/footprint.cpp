// SPDX-License-Identifier: MIT
#include "medusa/sql/footprint.hpp"

#include "medusa/sql/statement.hpp"

#include "footprint/families.hpp"
#include "hazard/families.hpp"
#include "parse.hpp"

namespace medusa {

std::string_view to_string(Action action) {
  switch (action) {
    case Action::Create:
      return "create";
    case Action::Need:
      return "need";
    case Action::Alter:
      return "alter";
    case Action::Rename:
      return "rename";
    case Action::Drop:
      return "drop";
    case Action::Read:
      return "read";
    case Action::Write:
      return "write";
  }
  return "unknown";
}

std::vector<StatementFootprint> FootprintReader::read(std::string_view sql) {
  std::vector<StatementFootprint> footprints;
  for (const Statement& statement : split_statements(sql)) {
    const ParseTree tree = parse(statement.text);
    StatementFootprint& footprint = footprints.emplace_back();
    Effects effects(session_, footprint);
    for (std::size_t i = 0; i < tree->n_stmts; ++i) {
      read_statement(effects, *tree->stmts[i]->stmt);
      read_hazards(effects, *tree->stmts[i]->stmt, statement.text);
    }
  }
  return footprints;
}

}  // namespace medusa
