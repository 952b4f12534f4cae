// SPDX-License-Identifier: MIT
#include "medusa/sql/pipelining.hpp"

#include <string>

#include "medusa/core/error.hpp"

#include "parse.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

bool is_pipelined_statement(const PgQuery__Node* node) {
  if (node == nullptr) {
    return false;
  }
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
      return false;
    case PG_QUERY__NODE__NODE_COPY_STMT:
      return *node->copy_stmt->filename != '\0';  // of a file or program at the server
    default:
      return true;
  }
}

}  // namespace

bool can_be_pipelined(std::string_view sql) {
  try {
    refuse_nul(sql);
    const ParseTree tree = parse(std::string(sql));
    return tree->n_stmts == 1 && is_pipelined_statement(tree->stmts[0]->stmt);
  } catch (const Error&) {
    return false;  // the server will say what is wrong with it
  }
}

}  // namespace medusa
