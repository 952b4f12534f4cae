// SPDX-License-Identifier: MIT
// A migration written in SQL: one file, `<13 digits>-<name>.sql`, with two sections in dbmate's
// form:
//
//     -- migrate:up
//     CREATE TABLE ...;
//     -- migrate:down
//     DROP TABLE ...;
//
// `-- migrate:up transaction:false` runs that section outside a transaction. Lines
// `-- medusa:after NAME` and `-- medusa:before NAME` before its first statement declare its place,
// `-- medusa:allow CODE: reason` anywhere accepts a hazard.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/order_declaration.hpp"
#include "medusa/sql/statement.hpp"

namespace medusa {

/// An SQL migration, read and checked.
struct SqlMigration {
  std::vector<Statement> up = {};    ///< Offsets count from the beginning of the file.
  std::vector<Statement> down = {};  ///< Empty when the file has no down section.
  bool has_down = false;
  /// Whether it may run inside a transaction; unset when the file does not say.
  std::optional<bool> transaction = {};
  /// What its head declares; without subject and file.
  std::vector<OrderDeclaration> order = {};
  /// Codes of the hazards that it accepts.
  std::vector<std::string> allowed_hazards = {};
};

/// What the file's name says.
struct SqlMigrationName {
  std::string name = {};       ///< As TypeORM would record it, e.g. "AddReviews1700000000000".
  std::int64_t timestamp = 0;  ///< Milliseconds since 1970, the 13 digits.
};

/// The name recorded for a file called `<13 digits>-<name>.sql`: TypeORM's `camelCase(name, true)`
/// and the timestamp. Nothing if the file name has another form.
[[nodiscard]] std::optional<SqlMigrationName> sql_migration_name(std::string_view file);

/// Reads the sections. The markers are comments as PostgreSQL's lexer sees them, so text inside a
/// literal or a function body is never taken for one.
/// @throws Error with ErrorCode::Build and a Location (without a file): no up section, a section
///   twice, an unknown option, SQL that does not parse, SQL before the first marker, a declaration
///   that is no such or not in the head, an unknown hazard.
[[nodiscard]] SqlMigration parse_sql_migration(std::string_view content);

/// TypeORM's `camelCase(text, true)`: the class name it makes of a migration's name.
[[nodiscard]] std::string class_case(std::string_view text);

}  // namespace medusa
