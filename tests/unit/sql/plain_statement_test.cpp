// SPDX-License-Identifier: MIT
#include "medusa/sql/plain_statement.hpp"

#include <string>
#include <tuple>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

PlainStatement only(const std::string& sql) {
  const std::vector<PlainStatement> statements = read_plain_statements(sql);
  REQUIRE(statements.size() == 1);
  return statements.front();
}

}  // namespace

TEST_CASE("what PostgreSQL runs in no transaction, and how to go on behind it", "[sql]") {
  using Case = std::tuple<std::string, std::string, Aftermath>;
  const auto [sql, outside, aftermath] = GENERATE(values<Case>({
      {"CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY", Aftermath::IndexBuilt},
      {"DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY", Aftermath::IndexGone},
      {"REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY", Aftermath::Repeatable},
      {"VACUUM FULL t", "VACUUM", Aftermath::Repeatable},
      {"CREATE DATABASE d", "CREATE DATABASE", Aftermath::Unknown},
      {"CREATE INDEX i ON t (a)", "", Aftermath::Unknown},
      {"DROP INDEX i", "", Aftermath::Unknown},
      {"ANALYZE t", "", Aftermath::Unknown},
      {"DO $$ BEGIN COMMIT; END $$", "", Aftermath::Unknown},
      {"BEGIN", "", Aftermath::Unknown},
      {"no SQL at all", "", Aftermath::Unknown},
  }));
  INFO(sql);
  const PlainStatement statement = only(sql);
  CHECK(statement.outside == outside);
  CHECK(statement.aftermath == aftermath);
  CHECK(find_outside_transaction("SELECT 1; " + sql) ==
        (sql == "no SQL at all" ? std::string() : outside));
}

TEST_CASE("the indexes that a statement is about", "[sql]") {
  const PlainStatement built = only("CREATE UNIQUE INDEX CONCURRENTLY \"I x\" ON s.t (a)");
  CHECK(built.indexes == std::vector<RelationName>{{.schema = "s", .name = "I x"}});
  CHECK(built.table == RelationName{.schema = "s", .name = "t"});
  CHECK(only("CREATE INDEX CONCURRENTLY ON t (a)").indexes.empty());
  CHECK(only("DROP INDEX CONCURRENTLY s.i").indexes ==
        std::vector<RelationName>{{.schema = "s", .name = "i"}});
}

TEST_CASE("what a statement leaves in the session", "[sql]") {
  using Case = std::tuple<std::string, SessionEffect, std::string>;
  const auto [sql, session, setting] = GENERATE(values<Case>({
      {"SET search_path = a", SessionEffect::Setting, "search_path"},
      {"RESET lock_timeout", SessionEffect::Setting, "lock_timeout"},
      {"SELECT set_config('search_path', '', false)", SessionEffect::Setting, ""},
      {"SELECT 1 WHERE pg_catalog.set_config('a.b', 'c', false) IS NULL",
       SessionEffect::Setting,
       ""},
      {"PREPARE p AS SELECT 1", SessionEffect::Setting, ""},
      {"SET LOCAL search_path = a", SessionEffect::None, "search_path"},
      {"SELECT 'set_config'", SessionEffect::None, ""},
      {"CREATE TEMPORARY TABLE t (a int)", SessionEffect::Temporary, ""},
      {"CREATE TEMP TABLE t AS SELECT 1", SessionEffect::Temporary, ""},
      {"SELECT 1 AS a INTO TEMP t", SessionEffect::Temporary, ""},
      {"SELECT 1 AS a INTO t", SessionEffect::None, ""},
      {"CREATE TABLE t (a int)", SessionEffect::None, ""},
  }));
  INFO(sql);
  const PlainStatement statement = only(sql);
  CHECK(statement.session == session);
  CHECK(statement.setting == setting);
}

TEST_CASE("a text is divided as the parser divides it", "[sql]") {
  const auto statements = read_plain_statements("BEGIN; INSERT INTO t VALUES (';'); COMMIT");
  REQUIRE(statements.size() == 3);
  CHECK(statements[0].effect == TransactionEffect::Begins);
  CHECK(statements[1].text == "INSERT INTO t VALUES (';')");
  CHECK(statements[2].effect == TransactionEffect::Ends);
  CHECK(read_plain_statements("-- nothing\n").empty());
}

}  // namespace medusa
