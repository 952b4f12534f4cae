// SPDX-License-Identifier: MIT
#include "medusa/plan/edited_statement.hpp"

#include <catch2/catch.hpp>

#include "medusa/plan/status.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using Values = std::vector<std::optional<std::string>>;

LoweredNode sends(const std::string& sql, std::optional<Values> values = {}) {
  return {.statement = {.sql = sql, .parameters = std::move(values)}};
}

LoweredNode asks(const std::string& sql, LoweredProgram yes, LoweredProgram no) {
  return {
      .statement = {.sql = sql}, .is_question = true, .yes = std::move(yes), .no = std::move(no)};
}

/// The journal of a run that sent these, by number.
std::vector<JournalledStatement> journal_of(
    const std::vector<std::pair<std::size_t, std::string>>& sent) {
  std::vector<JournalledStatement> statements;
  for (const auto& [ordinal, sql] : sent) {
    statements.push_back({.ordinal = ordinal,
                          .checksum = statement_checksum(sql, {}),
                          .beginning = statement_beginning(sql),
                          .done = true});
  }
  return statements;
}

/// "2: A -> B"; empty: it can go on.
std::string edit(const std::vector<std::pair<std::size_t, std::string>>& sent,
                 const LoweredProgram& program) {
  const auto found = find_edited_statement(journal_of(sent), program);
  return found.has_value()
             ? std::to_string(found->ordinal) + ": " + found->then + " -> " + found->now
             : "";
}

}  // namespace

TEST_CASE("the first statement that is another one now is found, behind the journal none is") {
  CHECK(edit({{1, "A"}, {2, "B"}}, {sends("A"), sends("B"), sends("C")}).empty());
  CHECK(edit({{1, "A"}, {2, "B"}}, {sends("A"), sends("X"), sends("C")}) == "2: B -> X");
  CHECK(edit({{1, "A"}, {2, "B"}}, {sends("X"), sends("Y")}) == "1: A -> X");
  CHECK(edit({{1, "A"}, {2, "B"}}, {sends("A")}) == "2: B -> ");
  CHECK(edit({}, {sends("A")}).empty());
}

TEST_CASE("what has no entry is no edit, an entry where something is set now is one") {
  // A setting is for the session and noted nowhere; what was rolled back is not noted either.
  CHECK(edit({{2, "A"}}, {sends("SET search_path = s"), sends("A")}).empty());
  CHECK(edit({{1, "A"}, {2, "B"}}, {sends("SET search_path = s"), sends("B")}) ==
        "1: A -> SET search_path = s");
}

TEST_CASE("a text of several statements counts as it is sent") {
  CHECK(edit({{1, "SELECT 1; SELECT 2"}}, {sends("SELECT 1; SELECT 2")}).empty());
  CHECK(edit({{1, "SELECT 1"}, {2, "VACUUM"}, {3, "A"}}, {sends("SELECT 1; VACUUM"), sends("A")})
            .empty());
}

TEST_CASE("of a program that asks, the way that was taken counts") {
  const LoweredProgram program{asks("Q", {sends("Y1"), sends("Y2")}, {sends("N1"), sends("N2")}),
                               sends("End")};
  CHECK(edit({{1, "Q"}, {2, "Y1"}, {3, "Y2"}, {4, "End"}}, program).empty());
  CHECK(edit({{1, "Q"}, {2, "N1"}}, program).empty());
  CHECK(edit({{1, "Q"}, {2, "N1"}, {3, "X"}}, program) == "3: X -> N2");
  CHECK(edit({{1, "Q"}, {2, "Y1"}, {3, "Y2"}, {4, "X"}}, program) == "4: X -> End");
}

TEST_CASE("parameters count, unless they may have been sent as bytes") {
  const std::vector<JournalledStatement> journal{
      {.ordinal = 1, .checksum = statement_checksum("A", Values{{"1"}, std::nullopt})}};
  CHECK_FALSE(find_edited_statement(journal, {sends("A", Values{{"1"}, std::nullopt})}));
  CHECK(find_edited_statement(journal, {sends("A", Values{{"2"}, std::nullopt})}));
  CHECK_FALSE(find_edited_statement(journal, {sends("A", Values{{"\\x31"}, std::nullopt})}));
}

TEST_CASE("the beginning of a statement is no part of a character") {
  CHECK(statement_beginning("SELECT 1") == "SELECT 1");
  CHECK(statement_beginning("SELECT\n1") == "SELECT ...");
  CHECK(statement_beginning(std::string(99, 'x') + "ß") == std::string(99, 'x') + " ...");
}

TEST_CASE("an edited migration has no command, and its refusal no doubt") {
  const Catalog catalog = test::catalog_of({{"A", 1}});
  BegunMigration begun{.name = "A",
                       .done = 1,
                       .upgrade = 7,
                       .clearing = "DELETE 1",
                       .edited = EditedStatement{.ordinal = 2,
                                                 .then = "SELECT",
                                                 .now = "SELECT",
                                                 .done = false,
                                                 .forgetting = "DELETE 2"}};
  const StatusRow row = make_status(catalog, {}, {}, Journal({begun})).at(0);
  CHECK(row.begun->command.empty());
  const Diagnostic unknown = edit_refusal(begun, "m/A");
  CHECK(unknown.message == "m/A cannot go on: its statement 2, which began, was edited since");
  CHECK_THAT(unknown.notes.at(1), Contains("it differs behind that"));
  CHECK_THAT(unknown.hint, Contains("DELETE 2"));
  begun.edited->done = true;
  begun.edited->now.clear();
  const Diagnostic gone = edit_refusal(begun, "m/A");
  CHECK(gone.message == "m/A cannot go on: its statement 2, which is done, was taken out since");
  CHECK_THAT(gone.hint, Contains("DELETE 1"));
}

}  // namespace medusa
