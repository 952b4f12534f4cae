// SPDX-License-Identifier: MIT
#include "medusa/sql/pipelining.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("one statement can be pipelined", "[sql]") {
  const std::string sql = GENERATE("CREATE TABLE a (b text DEFAULT 'x;y')",
                                   "-- first\nSELECT 1; -- last",
                                   "INSERT INTO a VALUES ($1, $2)",
                                   "DO $$ BEGIN PERFORM 1; END $$",
                                   "SET LOCAL search_path = a",
                                   "COPY a FROM '/tmp/a.csv'",
                                   "COPY a TO PROGRAM 'gzip'");
  CAPTURE(sql);
  CHECK(can_be_pipelined(sql));
}

TEST_CASE("what is not one statement, or wants the client, is not pipelined", "[sql]") {
  const std::string sql = GENERATE(as<std::string>{},
                                   "",
                                   "-- nothing",
                                   "SELECT 1; SELECT 2",
                                   "CREATE TABL a ()",
                                   "COPY a FROM STDIN",
                                   "COPY (SELECT 1) TO STDOUT",
                                   "COMMIT",
                                   "SAVEPOINT a",
                                   std::string("SELECT 1\0;", 10));
  CAPTURE(sql);
  CHECK_FALSE(can_be_pipelined(sql));
}

}  // namespace medusa
