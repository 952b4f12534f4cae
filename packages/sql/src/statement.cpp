// SPDX-License-Identifier: MIT
#include "medusa/sql/statement.hpp"

#include <algorithm>
#include <memory>

#include "medusa/core/text.hpp"

#include "pg_query.pb-c.h"
#include "scan.hpp"

namespace medusa {

namespace {

using ParseTree = std::unique_ptr<PgQuery__ParseResult, void (*)(PgQuery__ParseResult*)>;

ParseTree parse(const std::string& sql) {
  PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql.c_str());
  const std::unique_ptr<PgQueryProtobufParseResult, void (*)(PgQueryProtobufParseResult*)> owner(
      &result,
      [](PgQueryProtobufParseResult* owned) { pg_query_free_protobuf_parse_result(*owned); });
  if (result.error != nullptr) {
    throw syntax_error(sql, *result.error);
  }
  ParseTree tree(
      pg_query__parse_result__unpack(nullptr,
                                     result.parse_tree.len,
                                     reinterpret_cast<const std::uint8_t*>(result.parse_tree.data)),
      [](PgQuery__ParseResult* owned) { pg_query__parse_result__free_unpacked(owned, nullptr); });
  if (tree == nullptr) {
    throw Error(
        {.code = ErrorCode::Internal, .message = "libpg_query returned an unreadable tree"});
  }
  return tree;
}

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
