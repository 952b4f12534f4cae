// SPDX-License-Identifier: MIT
// Statements sent without waiting for one another, against a real server.
#include "medusa/database/pipeline.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/database/transaction.hpp"

#include "postgres_fixture.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

DatabaseUrl parsed(const TestDatabase& database) {
  return DatabaseUrl::parse(database.url(), "the test");
}

std::string only_value(const QueryResult& result) {
  return result.rows.at(0).at(0).value_or("NULL");
}

/// A connection to a database of its own, in a transaction.
class Opened {
 public:
  TestDatabase database;
  Connection connection{parsed(database)};
  Transaction transaction{connection};
};

}  // namespace

TEST_CASE("results come in the order of the statements", "[pipeline]") {
  Opened opened;
  {
    Pipeline pipeline(opened.connection);
    pipeline.send("CREATE TABLE a (b int)");
    pipeline.send("INSERT INTO a SELECT generate_series(1, 3)");
    pipeline.send("SELECT sum(b) FROM a");
    CHECK(pipeline.under_way() == 3);
    CHECK(pipeline.receive().tag == "CREATE TABLE");
    CHECK(pipeline.receive().tag == "INSERT 0 3");
    pipeline.send("SELECT max(b) FROM a");
    CHECK(only_value(pipeline.receive()) == "6");
    pipeline.flush();
    pipeline.send("SELECT min(b) FROM a");
    CHECK(only_value(pipeline.receive()) == "3");
    CHECK(only_value(pipeline.receive()) == "1");
    CHECK(pipeline.under_way() == 0);
  }
  CHECK(only_value(opened.connection.execute("SELECT count(*) FROM a", {})) == "3");
  opened.transaction.commit();
}

TEST_CASE("parameters are sent as execute sends them", "[pipeline]") {
  Opened opened;
  Pipeline pipeline(opened.connection);
  pipeline.send("SELECT $1 || coalesce($2, 'nothing')",
                {std::string("it's "), std::optional<std::string>()});
  pipeline.send("SELECT encode($1::bytea, 'hex')", {Parameter::binary(std::string("\0\xff", 2))});
  CHECK(only_value(pipeline.receive()) == "it's nothing");
  CHECK(only_value(pipeline.receive()) == "00ff");
  pipeline.send("SELECT $1::text", {std::string("a\0b", 3)});
  CHECK_THROWS_AS(pipeline.receive(), SqlError);
}

TEST_CASE("after a refused statement none of the later ones is run", "[pipeline]") {
  Opened opened;
  opened.connection.execute("CREATE SEQUENCE s");
  {
    Pipeline pipeline(opened.connection);
    pipeline.send("SELECT nextval('s')");
    pipeline.send("SELECT  no_such_column");
    pipeline.send("SELECT nextval('s')");
    CHECK(only_value(pipeline.receive()) == "1");
    try {
      (void)pipeline.receive();
      FAIL("accepted");
    } catch (const SqlError& error) {
      CHECK(error.sqlstate() == "42703");
      CHECK(error.fields().position == "9");
    }
    CHECK(pipeline.under_way() == 0);
  }
  CHECK(opened.connection.is_open());
  opened.transaction.rollback();
  CHECK(only_value(opened.connection.execute("SELECT to_regclass('s') IS NULL", {})) == "t");
}

TEST_CASE("a pipeline that is given up leaves the connection usable", "[pipeline]") {
  Opened opened;
  {
    Pipeline pipeline(opened.connection);
    pipeline.send("CREATE TABLE a (b int)");
    pipeline.send("SELECT 1");
  }
  CHECK(only_value(opened.connection.execute("SELECT count(*) FROM a", {})) == "0");
  {
    Pipeline pipeline(opened.connection);
    pipeline.send("no SQL");
    pipeline.send("SELECT 1");
  }
  CHECK_THROWS_AS(opened.connection.execute("SELECT 1", {}), SqlError);  // 25P02
  opened.transaction.rollback();
  CHECK(only_value(opened.connection.execute("SELECT 1", {})) == "1");
}

TEST_CASE("more than all buffers hold goes both ways", "[pipeline]") {
  Opened opened;
  Pipeline pipeline(opened.connection);
  constexpr std::size_t kStatements = 200;
  const std::string large(100'000, 'x');
  for (std::size_t i = 0; i < kStatements; ++i) {
    pipeline.send("SELECT $1::text", {large});
  }
  for (std::size_t i = 0; i < kStatements; ++i) {
    REQUIRE(only_value(pipeline.receive()).size() == large.size());
  }
}

TEST_CASE("a connection that is lost under a pipeline is an error, not a wait", "[pipeline]") {
  Opened opened;
  Connection other(parsed(opened.database));
  Pipeline pipeline(opened.connection);
  pipeline.send("SELECT 1");
  CHECK(only_value(pipeline.receive()) == "1");
  other.execute("SELECT pg_terminate_backend($1, 60000)",
                {std::to_string(opened.connection.backend_pid())});
  const auto use = [&] {
    pipeline.send("SELECT 2");
    (void)pipeline.receive();
  };
  CHECK_THROWS_AS(use(), Error);
  CHECK_FALSE(opened.connection.is_open());
}

}  // namespace medusa
