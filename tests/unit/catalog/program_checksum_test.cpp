// SPDX-License-Identifier: MIT
#include "medusa/catalog/program_checksum.hpp"

#include <set>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Values = std::vector<std::optional<std::string>>;

LoweredNode statement(const std::string& sql, std::optional<Values> parameters = {}) {
  return {.statement = {.sql = sql, .parameters = std::move(parameters)}};
}

LoweredNode question(const std::string& sql, LoweredProgram yes, LoweredProgram no) {
  return {
      .statement = {.sql = sql}, .is_question = true, .yes = std::move(yes), .no = std::move(no)};
}

}  // namespace

TEST_CASE("the checksum of a program stays what databases remember", "[catalog]") {
  // Fixed on purpose: with any other value every applied migration would look changed.
  CHECK(program_checksum(
            LoweredProgram{statement("CREATE TABLE a (id int)"),
                           statement("INSERT INTO a VALUES ($1), ($2)", Values{"1", {}}),
                           question("SELECT 1 FROM b", {statement("DROP TABLE b")}, {})}) ==
        "3f1dfbc9203e1b474a9a563e11f1caa33082ea842b83ba0b355083f76d917333");
  CHECK(program_checksum(LoweredProgram{}) ==
        "a6685f3b62d57bfc4935263140bae87fcd48088975c238c1c8455fa2c716659d");
}

TEST_CASE("places, layout and case of words are no part of the checksum", "[catalog]") {
  LoweredProgram program{statement("CREATE TABLE a (id int)")};
  const std::string checksum = program_checksum(program);
  program[0].statement.place = {.file = "/elsewhere/x.ts", .line = 7, .column = 9};
  CHECK(program_checksum(program) == checksum);
  program[0].statement.sql = "create  table A(id INT); -- the same";
  CHECK(program_checksum(program) == checksum);
}

TEST_CASE("programs that send something else have another checksum", "[catalog]") {
  const std::vector<LoweredProgram> programs{
      {},
      {statement("SELECT 1")},
      {statement("SELECT 2")},
      {statement("SELECT 1"), statement("SELECT 2")},
      {statement("SELECT 2"), statement("SELECT 1")},
      {statement("SELECT 1; SELECT 2")},
      {statement("SELECT 1", Values{})},
      {statement("SELECT $1", Values{"a"})},
      {statement("SELECT $1", Values{"A"})},
      {statement("SELECT $1", Values{""})},
      {statement("SELECT $1", Values{std::nullopt})},
      {statement("SELECT $1", Values{"null"})},
      {statement("SELECT $1", Values{"a", "b"})},
      {statement("SELECT $1", Values{"a,b"})},
      {statement("SELECT $1", Values{"a2:=b"})},
      {question("SELECT 1", {}, {})},
      {question("SELECT 1", {statement("SELECT 2")}, {})},
      {question("SELECT 1", {}, {statement("SELECT 2")})},
      {question("SELECT 1", {}, {}), statement("SELECT 2")},
      {question("SELECT 1", {question("SELECT 1", {}, {})}, {})},
      {question("SELECT 1", {}, {question("SELECT 1", {}, {})})}};
  std::set<std::string> checksums;
  for (const LoweredProgram& program : programs) {
    checksums.insert(program_checksum(program));
  }
  CHECK(checksums.size() == programs.size());
}

}  // namespace medusa
