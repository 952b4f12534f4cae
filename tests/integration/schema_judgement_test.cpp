// SPDX-License-Identifier: MIT
// The symbolic schema against PostgreSQL on scripts about what later statements of a connection
// see, and what PostgreSQL looks into when it reads a statement: it judges as PostgreSQL does and
// has the same objects afterwards, be the script one migration or each statement one of its own.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"

#include "postgres_fixture.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

using Script = std::vector<std::string>;

/// Whether it is about what is there, is not there, is still needed, or not yet committed.
bool is_foreseeable(const SqlErrorFields& error) {
  static constexpr std::array<std::string_view, 10> kStates{
      "42P01", "42703", "42704", "42P07", "42710", "2BP01", "3F000", "42883", "22P02", "55P04"};
  return std::find(kStates.begin(), kStates.end(), error.sqlstate) != kStates.end();
}

std::optional<SqlErrorFields> error_of(Connection& connection, const std::string& sql) {
  connection.execute("SAVEPOINT one");
  try {
    connection.execute(sql);
    connection.execute("RELEASE one");
    return std::nullopt;
  } catch (const SqlError& error) {
    connection.execute("ROLLBACK TO one; RELEASE one");
    return error.fields();
  }
}

/// A database, and what we believe of it.
class Judgement {
 public:
  explicit Judgement(const Script& script) : connection_(DatabaseUrl::parse(url(), "the test")) {
    state_ = SchemaState("public", read_schema(connection_), PathRule::Connection);
    for (const std::string& sql : script) {
      if (sql != "COMMIT") {
        state_.announce(FootprintReader().read(sql));
      }
    }
    connection_.execute("BEGIN");
  }

  /// How many statements PostgreSQL accepted and refused.
  struct Tally {
    int accepted = 0;
    int refused = 0;
  };

  Tally tally = {};

  /// COMMIT, and another transaction begins.
  void commit() {
    connection_.execute("COMMIT");
    connection_.execute("BEGIN");
    scope_ = TransactionScope::New;
  }

  /// What is wrong with our judgement; empty: nothing.
  std::string judge(const std::string& sql, FootprintReader& reader) {
    const MigrationFootprint footprint = reader.read(sql);
    for (const StatementFootprint& statement : footprint) {
      if (!statement.opaque.empty()) {
        return "opaque: " + statement.opaque;
      }
    }
    std::string problems;
    for (const SchemaProblem& problem : state_.check(1, footprint, scope_)) {
      problems += std::string(to_string(problem.kind)) + ' ' + problem.object.text() + "; ";
    }
    if (const auto error = error_of(connection_, sql)) {
      ++tally.refused;
      if (!is_foreseeable(*error)) {
        return "PostgreSQL has another reason: " + error->sqlstate + ' ' + error->message;
      }
      return problems.empty() ? "PostgreSQL refuses: " + error->message : "";
    }
    ++tally.accepted;
    if (!problems.empty()) {
      return "PostgreSQL accepts it; we say: " + problems;
    }
    state_.apply(1, footprint, scope_);
    scope_ = TransactionScope::Continued;
    return join(differences(state_.snapshot(), read_schema(connection_)), "\n");
  }

 private:
  [[nodiscard]] const std::string& url() const { return database_.url(); }

  TestDatabase database_;
  Connection connection_;
  SchemaState state_;
  TransactionScope scope_ = TransactionScope::New;
};

/// The script as PostgreSQL and we see it. @param one_migration else each statement is one.
Judgement::Tally judge(const Script& script, bool one_migration) {
  Judgement judgement(script);
  FootprintReader reader;
  for (const std::string& sql : script) {
    if (sql == "COMMIT") {
      judgement.commit();
      continue;
    }
    if (!one_migration) {
      reader = FootprintReader();
    }
    INFO((one_migration ? "in one migration: " : "each by itself: ") << sql);
    CHECK(judgement.judge(sql, reader) == "");
  }
  return judgement.tally;
}

/// @param refused how many statements of it PostgreSQL refuses.
void check(const Script& script, int refused) {
  for (const bool one_migration : {true, false}) {
    const Judgement::Tally tally = judge(script, one_migration);
    CHECK(tally.refused == refused);
    CHECK(tally.accepted > 0);
  }
}

}  // namespace

TEST_CASE("while bodies are not checked, functions may use what comes later", "[schema]") {
  const std::string early =
      "CREATE FUNCTION early() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM later'";
  const std::string never =
      "CREATE FUNCTION never() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nothing'";
  check({early,
         "SET check_function_bodies = off",
         early,
         "CREATE FUNCTION standard() RETURNS bigint RETURN (SELECT count(*) FROM later)",
         "CREATE FUNCTION typed(x nothing) RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "CREATE TABLE later (id int)",
         "COMMIT",
         "CREATE FUNCTION late() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nothing'",
         "RESET check_function_bodies",
         never},
        4);
  check({"SET LOCAL check_function_bodies TO 0", early, "COMMIT", never}, 1);
  check({"SELECT set_config('check_function_bodies', 'false', true)",
         early,
         "SELECT set_config('check_function_bodies', 'on', false)",
         never,
         "COMMIT",
         never},
        2);
}

TEST_CASE("what PostgreSQL looks for in a body, and what not", "[schema]") {
  check({"CREATE SCHEMA shop",
         "CREATE TABLE shop.line (id int, order_id int, price int)",
         "CREATE FUNCTION a(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1 FROM nix'",
         "CREATE FUNCTION b() RETURNS void LANGUAGE sql AS 'DROP TABLE nix; CREATE TABLE c (d e)'",
         "CREATE FUNCTION c(o int) RETURNS bigint LANGUAGE sql AS "
         "'SELECT count(*) FROM shop.line WHERE order_id = o'",
         "CREATE FUNCTION d(o int) RETURNS bigint LANGUAGE sql AS "
         "'SELECT count(*) FROM shop.line WHERE order_id = o AND nix = 1'",
         "CREATE FUNCTION e(n int) RETURNS int LANGUAGE sql AS 'SELECT e(n - 1)'",
         "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM line'",
         "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql SET search_path = shop, pg_temp AS "
         "'SELECT count(price) FROM line'",
         "CREATE FUNCTION g() RETURNS void LANGUAGE sql AS "
         "'INSERT INTO shop.line (id) VALUES (1); UPDATE shop.line SET price = 0'"},
        2);
}

TEST_CASE("functions in the standard's form depend on what they use", "[schema]") {
  check({"CREATE TABLE line (id int, price int, spare int)",
         "CREATE TYPE kind AS ENUM ('a', 'b')",
         "CREATE SEQUENCE numbers",
         "CREATE FUNCTION tax(n int) RETURNS int RETURN n + (SELECT price FROM nothing)",
         "CREATE FUNCTION tax(n int) RETURNS int RETURN n / 5",
         "CREATE FUNCTION total(l int) RETURNS int RETURN "
         "(SELECT tax(price) FROM line WHERE id = l)",
         "CREATE PROCEDURE put(price int) BEGIN ATOMIC INSERT INTO line (price) VALUES (price); "
         "SELECT nextval('numbers'), 'a'::kind; END",
         "ALTER TABLE line DROP COLUMN spare",
         "ALTER TABLE line DROP COLUMN price",
         "DROP FUNCTION tax",
         "DROP TABLE line",
         "DROP TYPE kind",
         "DROP SEQUENCE numbers",
         "DROP PROCEDURE put",
         "DROP TYPE kind",
         "ALTER TABLE line DROP COLUMN price CASCADE",
         "DROP FUNCTION total",
         "DROP FUNCTION tax"},
        7);
}

TEST_CASE("a search_path of several schemas", "[schema]") {
  check({"CREATE SCHEMA a",
         "CREATE SCHEMA b",
         "CREATE TABLE b.t (id int PRIMARY KEY, x int)",
         "SELECT x FROM t",
         "SET search_path = nix, a, b",
         "SELECT x FROM t",
         "CREATE TABLE u (t_id int REFERENCES t (id))",
         "CREATE TABLE t (y int)",
         "SELECT x FROM t",
         "SELECT y FROM t",
         "CREATE INDEX t_y ON t (y)",
         "DROP TABLE t",
         "SELECT x FROM t",
         "CREATE SCHEMA nix",
         "CREATE TABLE v (id int)",
         "DROP SCHEMA nix",
         "DROP TABLE nix.v",
         "SET LOCAL search_path = ''",
         "SELECT x FROM t",
         "CREATE TABLE nowhere (id int)",
         "COMMIT",
         "SELECT x FROM t",
         "SELECT set_config('search_path', 'a, public', true)",
         "SELECT x FROM t",
         "CREATE TYPE kind AS ENUM ('a')",
         "CREATE TABLE public.k (k kind DEFAULT 'a')",
         "RESET search_path",
         "SELECT x FROM t",
         "SELECT k FROM k",
         "SET search_path = \"$user\", b",
         "ALTER TABLE t ADD COLUMN z int",
         "COMMIT",
         "SET search_path TO DEFAULT",
         "DROP TABLE t"},
        8);
}

TEST_CASE("an identity column creates the sequence that it names", "[schema]") {
  check({"CREATE SCHEMA shop",
         "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME numbers START 7))",
         "SELECT nextval('a_id_seq')",
         "ALTER SEQUENCE numbers RESTART",
         "CREATE TABLE numbers (id int)",
         "DROP SEQUENCE numbers",
         "CREATE TABLE shop.b (id int NOT NULL)",
         "ALTER TABLE shop.b ALTER id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME other)",
         "SELECT nextval('shop.other')",
         "ALTER TABLE shop.b ALTER id DROP IDENTITY",
         "SELECT nextval('shop.other')",
         "DROP TABLE a",
         "CREATE SEQUENCE numbers"},
        4);
}

TEST_CASE("texts that become values of an enum", "[schema]") {
  check({"CREATE TYPE mood AS ENUM ('good')",
         "CREATE TABLE note (id int, mood mood DEFAULT 'good', word text)",
         "ALTER TABLE note ALTER mood SET DEFAULT 'mixed'",
         "INSERT INTO note (mood) VALUES ('good'), ('mixed')",
         "INSERT INTO note VALUES (1, 'mixed')",
         "UPDATE note SET mood = 'mixed' WHERE false",
         "SELECT * FROM note n WHERE n.mood IN ('good', 'mixed')",
         "SELECT 'mixed'::mood",
         "INSERT INTO note VALUES (1, 'good', 'mixed')",
         "SELECT * FROM note WHERE word = 'mixed' AND mood::text <> 'mixed' AND mood > 'good'",
         "COMMIT",
         "ALTER TYPE mood ADD VALUE 'mixed'",
         "ALTER TABLE note ALTER mood SET DEFAULT 'mixed'",
         "INSERT INTO note (word, mood) SELECT 'mixed', 'mixed' WHERE false",
         "INSERT INTO note (word, mood) VALUES ('mixed', 'good')",
         "ALTER TABLE note ADD CHECK (mood <> 'mixed')",
         "CREATE VIEW mixed AS SELECT id FROM note WHERE mood = 'mixed'",
         "CREATE FUNCTION mixed() RETURNS bigint LANGUAGE sql AS "
         "'SELECT count(*) FROM note WHERE mood = ''mixed'''",
         "SET LOCAL check_function_bodies = off",
         "CREATE FUNCTION mixed() RETURNS bigint LANGUAGE sql AS "
         "'SELECT count(*) FROM note WHERE mood = ''mixed'''",
         "SELECT CASE mood WHEN 'mixed' THEN 1 END FROM note",
         "ALTER TABLE note ADD COLUMN other mood DEFAULT 'mixed'",
         "ALTER TYPE mood RENAME VALUE 'mixed' TO 'odd'",
         "SELECT 'odd'::mood",
         "ALTER TYPE mood RENAME TO temper",
         "SELECT 'odd'::temper",
         "COMMIT",
         "ALTER TABLE note ALTER mood SET DEFAULT 'odd'",
         "ALTER TABLE note ALTER word TYPE temper USING 'odd'",
         "UPDATE note SET word = 'mixed'"},
        16);
}

TEST_CASE("a value added to a type of the same transaction", "[schema]") {
  // PostgreSQL 17 forgives it, older ones do not: both are judged by what the server says.
  for (const bool one_migration : {true, false}) {
    const Judgement::Tally tally = judge({"CREATE TYPE mood AS ENUM ('good')",
                                          "SELECT 'good'::mood",
                                          "ALTER TYPE mood ADD VALUE 'mixed'",
                                          "SELECT 'mixed'::mood",
                                          "COMMIT",
                                          "SELECT 'mixed'::mood"},
                                         one_migration);
    CHECK(tally.accepted + tally.refused == 5);
  }
}

}  // namespace medusa
