// SPDX-License-Identifier: MIT
#include "medusa/sql/search_path.hpp"

#include "medusa/core/error.hpp"

#include "footprint/node.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

std::vector<std::string> argument_texts(const PgQuery__VariableSetStmt& set) {
  std::vector<std::string> texts;
  for (const Node* argument : list(set.n_args, set.args)) {
    texts.push_back(constant_string(argument).value_or(""));
  }
  return texts;
}

}  // namespace

std::optional<std::vector<std::string>> parse_search_path(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return std::vector<std::string>();
  }
  // As the value of a setting, ' quotes nothing; behind SET it would.
  if (text.find('\'') != std::string_view::npos) {
    return std::nullopt;
  }
  try {
    const ParseTree tree = parse("SET search_path = " + std::string(text));
    if (tree->n_stmts != 1 ||
        tree->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
      return std::nullopt;
    }
    const PgQuery__VariableSetStmt& set = *tree->stmts[0]->stmt->variable_set_stmt;
    if (set.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
      return std::nullopt;
    }
    return argument_texts(set);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace medusa
