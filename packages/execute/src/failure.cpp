// SPDX-License-Identifier: MIT
#include "failure.hpp"

#include <algorithm>
#include <cstdlib>

#include "medusa/core/text.hpp"
#include "medusa/sql/position.hpp"
#include "medusa/sql/statement.hpp"

namespace medusa {

namespace {

constexpr std::size_t kStatementLines = 12;

/// Where the server's position (characters from 1, as text) is in the statement, if it gave one.
Location place_in(const std::string& statement, const std::string& position) {
  if (position.empty()) {
    return {};
  }
  const std::size_t character = std::strtoul(position.c_str(), nullptr, 10);
  return position_at(statement, offset_of_character(statement, character));
}

/// What COMMIT checks: the constraint and its table, if the server named them.
std::string checked_at_commit(const SqlErrorFields& error) {
  if (error.constraint.empty()) {
    return "it was found at COMMIT, where what is deferred is checked";
  }
  const std::string table =
      error.table.empty() ? "" : " of table '" + error.schema + '.' + error.table + '\'';
  return "constraint '" + error.constraint + '\'' + table +
         " is deferred: it was checked at COMMIT";
}

void describe_sqlstate(Diagnostic& diagnostic, const SqlErrorFields& error) {
  const std::string_view name = sqlstate_name(error.sqlstate);
  diagnostic.sqlstate = error.sqlstate;
  diagnostic.notes.push_back("SQLSTATE " + error.sqlstate +
                             (name.empty() ? "" : " (" + std::string(name) + ")"));
}

/// What else the server said.
void describe_answer(Diagnostic& diagnostic, const SqlErrorFields& error) {
  if (!error.detail.empty()) {
    diagnostic.notes.push_back("detail: " + error.detail);
  }
  if (!error.hint.empty()) {
    diagnostic.notes.push_back("PostgreSQL's hint: " + error.hint);
  }
  if (!error.where.empty()) {
    diagnostic.notes.push_back("where: " + error.where);
  }
}

/// The statement as notes: whole when short, else the lines around the failing one.
void show_statement(Diagnostic& diagnostic,
                    const std::string& title,
                    const std::string& statement,
                    const Location& place) {
  const std::vector<std::string_view> all = lines(statement);
  const std::size_t failing = place.line > 0 ? static_cast<std::size_t>(place.line) - 1 : 0;
  const std::size_t first = all.size() <= kStatementLines || failing < kStatementLines / 2
                                ? 0
                                : failing - kStatementLines / 2;
  const std::size_t last = std::min(all.size(), first + kStatementLines);
  std::string text = title + ':';
  for (std::size_t i = first; i < last; ++i) {
    text += "\n    " + std::string(all[i]);
    if (place.line > 0 && i == failing) {
      text += "\n    " + std::string(static_cast<std::size_t>(place.column) - 1, ' ') + "^";
    }
  }
  if (last < all.size()) {
    text += "\n    ... (" + plural(all.size() - last, "more line") + ')';
  }
  diagnostic.notes.push_back(text);
}

}  // namespace

Diagnostic step_failure(const PlanStep& step, Direction direction, const std::string& reason) {
  return {.code = ErrorCode::Migration,
          .message = std::string("cannot ") + (direction == Direction::Up ? "apply " : "revert ") +
                     step.migration.id() + ": " + reason,
          .location = Location{.file = step.migration.source}};
}

Diagnostic commit_failure(const PlanGroup& group,
                          Direction direction,
                          const SqlErrorFields& error) {
  const bool alone = group.steps.size() == 1;
  Diagnostic diagnostic =
      alone ? step_failure(group.steps.front(), direction, error.message)
            : Diagnostic{.code = ErrorCode::Migration,
                         .message = "cannot commit " + plural(group.steps.size(), "migration") +
                                    ": " + error.message};
  describe_sqlstate(diagnostic, error);
  diagnostic.notes.push_back(checked_at_commit(error) + ", and PostgreSQL does not say which " +
                             (alone ? "statement broke it" : "migration broke it"));
  describe_answer(diagnostic, error);
  diagnostic.hint = alone ? "SET CONSTRAINTS ALL IMMEDIATE; after a statement has it checked there"
                          : "medusa migrations " +
                                std::string(direction == Direction::Up ? "run" : "revert") +
                                " --transaction each tells which, and keeps those before it";
  return diagnostic;
}

std::optional<std::size_t> offset_in(const std::string& statement, const SqlErrorFields& error) {
  if (!error.position.empty()) {
    return offset_of_character(statement, std::strtoul(error.position.c_str(), nullptr, 10));
  }
  if (error.statements_before == 0) {
    return std::nullopt;
  }
  try {
    return split_statements(statement).at(error.statements_before).offset;
  } catch (const std::exception&) {
    return std::nullopt;  // SQL of a newer server, which our parser does not divide
  }
}

void describe_sql_error(Diagnostic& diagnostic,
                        const SqlErrorFields& error,
                        const std::string& statement) {
  describe_sqlstate(diagnostic, error);
  const std::optional<std::size_t> offset = offset_in(statement, error);
  show_statement(diagnostic,
                 "in this statement",
                 statement,
                 offset.has_value() ? position_at(statement, *offset) : Location{});
  if (!error.internal_query.empty()) {
    show_statement(diagnostic,
                   "which runs this statement of a function",
                   error.internal_query,
                   place_in(error.internal_query, error.internal_position));
  }
  describe_answer(diagnostic, error);
}

}  // namespace medusa
