// SPDX-License-Identifier: MIT
// Statements as a run without the upgrade's transaction sees them: which of them PostgreSQL runs in
// no transaction at all, and what can be done about one of which nobody knows how it ended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "medusa/sql/statement.hpp"

namespace medusa {

/// What a statement leaves in the session, where another session does not find it.
enum class SessionEffect {
  None,
  Setting,    ///< SET, set_config(), PREPARE, LISTEN: harmless to do once more.
  Temporary,  ///< A temporary table, a held cursor: gone with its content.
};

/// How to go on behind a statement that was sent and whose end nobody saw.
enum class Aftermath {
  Unknown,     ///< Only a person can tell whether it was done.
  Repeatable,  ///< Doing it once more does no harm.
  IndexBuilt,  ///< CREATE INDEX CONCURRENTLY: the index is there and valid, or it was not done.
  IndexGone,   ///< DROP INDEX CONCURRENTLY: the index is gone, or it was not done.
};

/// A relation as it is written; the schema may be empty.
struct RelationName {
  std::string schema = {};
  std::string name = {};

  friend bool operator==(const RelationName&, const RelationName&) = default;
};

/// One statement that runs outside the upgrade's transactions.
struct PlainStatement {
  std::string text = {};
  TransactionEffect effect = TransactionEffect::None;
  /// Its kind, e.g. "CREATE INDEX CONCURRENTLY", if PostgreSQL runs it in no transaction ("cannot
  /// run inside a transaction block" in its manual); empty: it may run in one.
  std::string outside = {};
  SessionEffect session = SessionEffect::None;
  std::string setting = {};  ///< Which one SET or RESET is about; empty: any.
  Aftermath aftermath = Aftermath::Unknown;
  std::vector<RelationName> indexes =
      {};                   ///< That it builds or drops; of one without a name, none.
  RelationName table = {};  ///< Whose index it builds.
};

/// The statements of the text in order. What PostgreSQL's parser does not accept is one statement
/// of which nothing else is known.
[[nodiscard]] std::vector<PlainStatement> read_plain_statements(std::string_view sql);

/// How a text is sent outside a transaction: in parts, where something in it begins or ends a
/// transaction, runs in none, or is for the session; else as it is. One with parameters is one
/// statement.
[[nodiscard]] std::vector<PlainStatement> sent_statements(std::string_view sql,
                                                          bool has_parameters);

/// The kind of the first statement that PostgreSQL runs in no transaction; empty if there is none.
[[nodiscard]] std::string find_outside_transaction(std::string_view sql);

}  // namespace medusa
