// SPDX-License-Identifier: MIT
#include "medusa/sql/rollback.hpp"

#include "medusa/core/error.hpp"

#include "outside_transaction.hpp"
#include "parse.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

std::string copy(const PgQuery__CopyStmt& statement) {
  if (statement.is_program != 0) {
    return "COPY with PROGRAM";
  }
  return statement.is_from == 0 && !std::string_view(statement.filename).empty() ? "COPY TO a file"
                                                                                 : "";
}

std::string transaction_control(const PgQuery__TransactionStmt& statement) {
  switch (statement.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      return "BEGIN";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
      return "COMMIT";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
      return "ROLLBACK";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
      return "PREPARE TRANSACTION";
    default:
      return "";  // savepoints, and what is said elsewhere
  }
}

/// Its name, if a rollback would not undo it.
std::string irreversible(const PgQuery__Node& node) {
  std::string what;
  if (node.node_case == PG_QUERY__NODE__NODE_TRANSACTION_STMT) {
    what = transaction_control(*node.transaction_stmt);
  } else if (node.node_case == PG_QUERY__NODE__NODE_COPY_STMT) {
    what = copy(*node.copy_stmt);
  }
  return what.empty() ? outside_transaction(node) : what;
}

}  // namespace

std::string find_irreversible(std::string_view sql) {
  try {
    refuse_nul(sql);
    const ParseTree tree = parse(std::string(sql));
    for (std::size_t i = 0; i < tree->n_stmts; ++i) {
      const PgQuery__Node* statement = tree->stmts[i]->stmt;
      std::string what = statement == nullptr ? "" : irreversible(*statement);
      if (!what.empty()) {
        return what;
      }
    }
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): see the header
  }
  return {};
}

}  // namespace medusa
