// SPDX-License-Identifier: MIT
#include "scan.hpp"

#include <memory>
#include <string>

#include "medusa/sql/position.hpp"

#include "pg_query.pb-c.h"

namespace medusa {

namespace {

bool is_folded(std::string_view sql, const PgQuery__ScanToken& token) {
  if (token.keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD) {
    return true;
  }
  const auto begin = static_cast<std::size_t>(token.start);
  return token.token == PG_QUERY__TOKEN__IDENT && begin < sql.size() && sql[begin] != '"';
}

}  // namespace

Error syntax_error(std::string_view sql, const PgQueryError& error) {
  Diagnostic diagnostic{.code = ErrorCode::Build,
                        .message = error.message != nullptr ? error.message : "not valid SQL"};
  if (error.cursorpos > 0) {
    diagnostic.location =
        position_at(sql, offset_of_character(sql, static_cast<std::size_t>(error.cursorpos)));
  }
  return Error(diagnostic);
}

void refuse_nul(std::string_view sql) {
  const std::size_t nul = sql.find('\0');
  if (nul != std::string_view::npos) {
    throw Error({.code = ErrorCode::Build,
                 .message = "a NUL character, which SQL cannot contain",
                 .location = position_at(sql, nul)});
  }
}

std::vector<Token> scan(std::string_view sql) {
  refuse_nul(sql);
  const std::string text(sql);
  const std::unique_ptr<PgQueryScanResult, void (*)(PgQueryScanResult*)> result(
      new PgQueryScanResult(pg_query_scan(text.c_str())), [](PgQueryScanResult* owned) {
        pg_query_free_scan_result(*owned);
        delete owned;
      });
  if (result->error != nullptr) {
    throw syntax_error(sql, *result->error);
  }
  const std::unique_ptr<PgQuery__ScanResult, void (*)(PgQuery__ScanResult*)> unpacked(
      pg_query__scan_result__unpack(
          nullptr, result->pbuf.len, reinterpret_cast<const std::uint8_t*>(result->pbuf.data)),
      [](PgQuery__ScanResult* owned) { pg_query__scan_result__free_unpacked(owned, nullptr); });
  if (unpacked == nullptr) {
    throw Error({.code = ErrorCode::Internal, .message = "libpg_query returned unreadable tokens"});
  }
  std::vector<Token> tokens;
  tokens.reserve(unpacked->n_tokens);
  for (std::size_t i = 0; i < unpacked->n_tokens; ++i) {
    const PgQuery__ScanToken& token = *unpacked->tokens[i];
    tokens.push_back({.begin = static_cast<std::size_t>(token.start),
                      .end = static_cast<std::size_t>(token.end),
                      .is_comment = token.token == PG_QUERY__TOKEN__SQL_COMMENT ||
                                    token.token == PG_QUERY__TOKEN__C_COMMENT,
                      .is_folded = is_folded(sql, token)});
  }
  return tokens;
}

}  // namespace medusa
