// SPDX-License-Identifier: MIT
// A migration as the SQL it is known to send: recorded once at build time, so that neither planning
// nor running needs Node. A program is a list of statements; where the migration asks the database
// a yes/no question about its schema, both continuations are known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/location.hpp"

namespace medusa {

/// A statement as node-postgres would send it.
struct LoweredStatement {
  std::string sql = {};
  /// Values of $1, $2, ... in text format (absent is NULL); none at all: the simple protocol, where
  /// `sql` may hold several statements.
  std::optional<std::vector<std::optional<std::string>>> parameters = {};
  Location place = {};  ///< Where in the source it is issued, if known.

  friend bool operator==(const LoweredStatement& a, const LoweredStatement& b) {
    return a.sql == b.sql && a.parameters == b.parameters;
  }
};

/// A statement, or a question with what follows each answer.
struct LoweredNode {
  LoweredStatement statement = {};
  bool is_question = false;
  std::vector<LoweredNode> yes = {};  ///< When the question's result has rows.
  std::vector<LoweredNode> no = {};

  friend bool operator==(const LoweredNode&, const LoweredNode&) = default;
};

using LoweredProgram = std::vector<LoweredNode>;

/// One direction of a migration: its program, or in words why there is none.
struct Lowering {
  std::optional<LoweredProgram> program = {};
  /// The migration goes on after an error of the server; only inside a transaction, which that
  /// error ends, is the program the same.
  bool needs_transaction = false;
  std::string reason = {};
  Location place = {};  ///< What made it dynamic.
};

/// The reason of a program that is known, but for one thing: what it begins or ends when it is
/// sent, whatever the database answers. Such a migration only runs outside the upgrade's
/// transaction.
inline constexpr std::string_view kControlsTransaction = "it begins or ends a transaction";

/// Both directions of one migration.
struct LoweredMigration {
  std::string name = {};
  Lowering up = {};
  Lowering down = {};
};

/// How many statements and questions the program has, in all branches.
[[nodiscard]] std::size_t statement_count(const LoweredProgram& program);

/// The kind of the first statement, in any branch, that PostgreSQL runs in no transaction; empty if
/// there is none, or no program.
[[nodiscard]] std::string find_outside_transaction(const Lowering& lowering);

/// For people: the statement with its parameters as literals, and a semicolon.
[[nodiscard]] std::string readable_sql(const LoweredStatement& statement);

/// For people: the statements with their parameters as literals, questions and reasons as comments.
[[nodiscard]] std::string readable_sql(const Lowering& lowering);

/// As JSON text, stable for equal content.
[[nodiscard]] std::string to_json(const std::vector<LoweredMigration>& migrations);

/// Nothing if the text is not of this version of the format.
[[nodiscard]] std::optional<std::vector<LoweredMigration>> parse_lowered(std::string_view text);

}  // namespace medusa
