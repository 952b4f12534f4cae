// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

#include "pg_query.h"

namespace medusa {

/// One token of PostgreSQL's lexer: a byte range.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_comment = false;
  bool is_folded = false;  ///< A key word or unquoted identifier: its case means nothing.
};

/// All tokens, comments included. @throws Error with ErrorCode::Build and a Location.
[[nodiscard]] std::vector<Token> scan(std::string_view sql);

/// libpg_query takes C strings and would silently ignore what follows a NUL.
/// @throws Error with ErrorCode::Build and a Location, if there is one.
void refuse_nul(std::string_view sql);

/// PostgreSQL's complaint about `sql` as our error.
[[nodiscard]] Error syntax_error(std::string_view sql, const PgQueryError& error);

}  // namespace medusa
