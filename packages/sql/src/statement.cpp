// SPDX-License-Identifier: MIT
#include "medusa/sql/statement.hpp"

#include <algorithm>

#include "medusa/core/text.hpp"

#include "parse.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

TransactionEffect effect_of(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT) {
    return TransactionEffect::None;
  }
  switch (node->transaction_stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      return TransactionEffect::Begins;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
      return TransactionEffect::Ends;
    default:
      return TransactionEffect::None;
  }
}

}  // namespace

std::vector<Statement> split_statements(std::string_view sql) {
  refuse_nul(sql);
  const std::string text(sql);
  const ParseTree tree = parse(text);
  const std::vector<Token> tokens = scan(sql);
  std::vector<Statement> statements;
  auto token = tokens.begin();
  for (std::size_t i = 0; i < tree->n_stmts; ++i) {
    const PgQuery__RawStmt& raw = *tree->stmts[i];
    const auto begin = static_cast<std::size_t>(raw.stmt_location);
    // A length of 0 means up to the end of the text (PostgreSQL's RawStmt).
    const std::size_t end =
        raw.stmt_len == 0 ? text.size() : begin + static_cast<std::size_t>(raw.stmt_len);
    // The range may include comments around the statement; its own tokens say where it really is.
    // Only their beginnings are used: libpg_query misreports where U&'...' ends.
    std::size_t first = std::string::npos;
    std::size_t trailing_comment = end;
    for (; token != tokens.end() && token->begin < end; ++token) {
      if (token->begin < begin) {
        continue;
      }
      if (!token->is_comment) {
        first = std::min(first, token->begin);
        trailing_comment = end;
      } else if (trailing_comment == end) {
        trailing_comment = token->begin;
      }
    }
    if (first == std::string::npos) {
      continue;
    }
    const std::string_view statement = trim(sql.substr(first, trailing_comment - first));
    statements.push_back(
        {.text = std::string(statement), .offset = first, .effect = effect_of(raw.stmt)});
  }
  return statements;
}

}  // namespace medusa
