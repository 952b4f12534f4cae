// SPDX-License-Identifier: MIT
#include "medusa/sql/normal_form.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("the normal form does not depend on layout, comments and case of words", "[sql]") {
  const std::string form = "create table review ( id int default 5 , \"Title\" text )";
  for (const char* sql :
       {"CREATE TABLE review (id int DEFAULT 5, \"Title\" text)",
        "create table Review(ID INT default 5,\"Title\" TEXT);",
        "\n\tCREATE TABLE review\r\n(\n  id int DEFAULT 5,\n  \"Title\" text\n);\n",
        "-- before\nCREATE /* a /* nested */ one */ TABLE review (id int DEFAULT 5, -- why\n"
        "\"Title\" text); -- after",
        "CREATE TABLE review (id int DEFAULT 5, \"Title\" text) ; ;"}) {
    CAPTURE(sql);
    CHECK(normal_form(sql) == form);
  }
}

TEST_CASE("the normal form keeps everything that has a meaning", "[sql]") {
  const std::string form = normal_form("INSERT INTO a (b) VALUES ('x', 1, $1)");
  for (const char* sql : {"INSERT INTO a (b) VALUES ('X', 1, $1)",
                          "INSERT INTO a (b) VALUES (' x', 1, $1)",
                          "INSERT INTO a (b) VALUES (E'x', 1, $1)",
                          "INSERT INTO a (b) VALUES ('x', 2, $1)",
                          "INSERT INTO a (b) VALUES ('x', 1, $2)",
                          "INSERT INTO a (c) VALUES ('x', 1, $1)",
                          "INSERT INTO a (\"B\") VALUES ('x', 1, $1)",
                          "INSERT INTO a (b) VALUES ('x', 1, $1); SELECT 1",
                          "INSERT INTO a (b) VALUES ('x', -1, $1)"}) {
    CAPTURE(sql);
    CHECK(normal_form(sql) != form);
  }
  CHECK(normal_form("SELECT a <= b") != normal_form("SELECT a < = b"));
}

TEST_CASE("the normal form leaves literals, quoted names and bodies as they are", "[sql]") {
  for (const char* text : {"'It''s  -- no Comment'",
                           "\"Two  Words\"",
                           "$$ BEGIN\n  RETURN  New; -- Kept\nEND $$",
                           "$Body$ A  B $Body$",
                           "E'a\\'  B'",
                           "U&'d\\0061T  x'",
                           "U&\"d\\0061T  x\"",
                           "B'01'",
                           "X'1FF'",
                           "1E5"}) {
    CAPTURE(text);
    CHECK(normal_form(std::string("SELECT  ") + text + " ,\n2;") ==
          std::string("select ") + text + " , 2");
  }
  CHECK(normal_form("SELECT U&'d!0061t'  UESCAPE  '!'") == "select U&'d!0061t' uescape '!'");
  CHECK(normal_form("SELECT 1 AS ÄB") == "select 1 as Äb");  // as a UTF-8 server folds it
}

TEST_CASE("a normal form is its own normal form, and parses to as many tokens", "[sql]") {
  for (const char* sql : {"SELECT a.b::int, c[1:2], -d, f(x => 1) FROM a JOIN b USING (c)",
                          "UPDATE \"t\" SET a = $1 WHERE b ->> 'k' = any($2)",
                          "DO $$ BEGIN NULL; END $$",
                          "SELECT N'x', b'1', x'F', 1.5e-3, .5, 'a'\n'b'"}) {
    CAPTURE(sql);
    CHECK(normal_form(normal_form(sql)) == normal_form(sql));
  }
}

TEST_CASE("text that does not scan is its own normal form", "[sql]") {
  for (const std::string& sql : {std::string("SELECT  'open"),
                                 std::string("SELECT /* Open"),
                                 std::string("SELECT $x$  A"),
                                 std::string("SELECT  A\0B", 11)}) {
    CHECK(normal_form(sql) == sql);
  }
  CHECK(normal_form("").empty());
  CHECK(normal_form(" -- nothing\n;").empty());
}

}  // namespace medusa
