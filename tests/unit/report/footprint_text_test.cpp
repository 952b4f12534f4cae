// SPDX-License-Identifier: MIT
#include "footprint_text.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Lines = std::vector<std::string>;

LoweredNode statement(const std::string& sql) {
  return {.statement = {.sql = sql}};
}

}  // namespace

TEST_CASE("a new table is one line, with what it needs", "[report]") {
  CHECK(footprint_lines({statement("CREATE TABLE review (id text PRIMARY KEY, rating int NOT NULL, "
                                   "product_id text REFERENCES product)"),
                         statement("ALTER TABLE review ADD COLUMN note text"),
                         statement("INSERT INTO review (id, rating) VALUES ('a', 1)")}) ==
        Lines{"creates table review (3 columns)",
              "needs table product",
              "creates column review.note"});
}

TEST_CASE("what is changed, renamed and dropped is told with its condition", "[report]") {
  CHECK(footprint_lines({statement("ALTER TABLE a ALTER COLUMN b SET NOT NULL"),
                         statement("ALTER TABLE a RENAME TO c"),
                         statement("DROP TABLE IF EXISTS d CASCADE")}) ==
        Lines{"needs table a",
              "reads column a.b",  // PostgreSQL looks for nulls
              "changes column a.b: SET NOT NULL",
              "renames table a to c",
              "drops table d, and what depends on it, if it is there"});
}

TEST_CASE("what cannot be known is told, and nothing is told twice", "[report]") {
  const Lines lines =
      footprint_lines({statement("SELECT my_function()"), statement("SELECT my_function()")});
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].starts_with("its effects are not known: "));
}

TEST_CASE("both branches of a question count", "[report]") {
  LoweredNode question = statement("SELECT 1 FROM a");
  question.is_question = true;
  question.yes = {statement("DROP TABLE a")};
  question.no = {statement("CREATE TABLE a (id int)")};
  CHECK(footprint_lines({question}) ==
        Lines{"reads table a", "drops table a", "creates table a (1 column)"});
}

}  // namespace medusa
