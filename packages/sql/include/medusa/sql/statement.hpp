// SPDX-License-Identifier: MIT
// SQL text divided into statements by PostgreSQL's own grammar (libpg_query).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa {

/// What a statement does to the transaction it runs in.
enum class TransactionEffect {
  None,    ///< Nothing: an ordinary statement, or a savepoint of the caller's own.
  Begins,  ///< BEGIN, START TRANSACTION.
  Ends,    ///< COMMIT, ROLLBACK, PREPARE TRANSACTION and their spellings.
};

/// One statement of a longer text.
struct Statement {
  std::string text = {};   ///< Without its terminator and without comments around it.
  std::size_t offset = 0;  ///< Bytes from the beginning of the whole text to `text`.
  TransactionEffect effect = TransactionEffect::None;
};

/// The statements of `sql` in order; comments and empty statements give none.
/// @throws Error with ErrorCode::Build and a Location inside `sql` (without a file), if
/// PostgreSQL's
///   parser does not accept it.
[[nodiscard]] std::vector<Statement> split_statements(std::string_view sql);

}  // namespace medusa
