// SPDX-License-Identifier: MIT
#include "medusa/sql/commutation.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace medusa;

namespace {

std::vector<StatementFootprint> footprint(const std::string& sql) {
  FootprintReader reader;
  return reader.read(sql);
}

std::optional<Collision> between(const std::string& first, const std::string& second) {
  return collision(footprint(first), footprint(second));
}

struct Pair {
  std::string first;
  std::string second;
};

}  // namespace

TEST_CASE("what has nothing to do with each other commutes") {
  const std::vector<Pair> pairs = {
      {"CREATE TABLE a (id int)", "CREATE TABLE b (id int)"},
      {"ALTER TABLE t ADD x int", "ALTER TABLE t ADD y int"},
      {"ALTER TABLE t ADD x int NOT NULL DEFAULT 1", "ALTER TABLE t ADD y text"},
      {"ALTER TABLE t ADD x int", "UPDATE t SET y = 1 WHERE z = 2"},
      {"ALTER TABLE t ADD x int DEFAULT 0", "INSERT INTO t (y) VALUES (1)"},
      {"ALTER TABLE t ADD x int", "CREATE INDEX i ON t (y)"},
      {"ALTER TABLE t ADD x int", "CREATE VIEW v AS SELECT t.y FROM t"},
      {"CREATE TABLE a (id int, b_id int REFERENCES b (id))", "ALTER TABLE b ADD x int"},
      {"CREATE INDEX i ON t (x)", "CREATE INDEX k ON t (y)"},
      {"UPDATE t SET y = 1", "CREATE TABLE a (id int)"},
      {"SELECT a.x FROM a", "SELECT * FROM a"},
      {"CREATE TABLE one.a (id int)", "CREATE TABLE two.a (id int)"},
      {"DO $$ DECLARE n int; BEGIN END $$", "SET lock_timeout = 1"},
  };
  for (const Pair& pair : pairs) {
    INFO(pair.first << " / " << pair.second);
    CHECK_FALSE(between(pair.first, pair.second));
    CHECK_FALSE(between(pair.second, pair.first));
  }
}

TEST_CASE("what may meet does not commute") {
  const std::vector<Pair> pairs = {
      {"CREATE TABLE a (id int)", "CREATE TABLE IF NOT EXISTS a (x int)"},
      {"CREATE TABLE a (id int)", "CREATE TABLE public.a (id int)"},
      {"CREATE TABLE a (id int)", "CREATE TYPE a AS ENUM ('x')"},
      {"CREATE TABLE a (id int)", "INSERT INTO a (id) VALUES (1)"},
      {"CREATE TABLE a (id int)", "CREATE TABLE b (a_id int REFERENCES a (id))"},
      {"ALTER TABLE t ADD CHECK (x > 0)", "ALTER TABLE t ADD CHECK (x > 1)"},
      {"CREATE INDEX ON t (x)", "CREATE INDEX t_x_idx1 ON u (y)"},
      {"ALTER TABLE t ADD x int", "CREATE VIEW v AS SELECT * FROM t"},
      {"ALTER TABLE t ADD x int", "CREATE TABLE c (LIKE t)"},
      {"ALTER TABLE t ADD x int", "INSERT INTO t VALUES (1)"},
      {"ALTER TABLE t ADD x int NOT NULL", "INSERT INTO t (y) VALUES (1)"},
      {"ALTER TABLE t ADD x serial", "DELETE FROM t WHERE y = 1"},
      {"ALTER TABLE t ALTER x SET DEFAULT 1", "INSERT INTO t (y) VALUES (1)"},
      {"ALTER TABLE t RENAME x TO y", "ALTER TABLE t RENAME y TO z"},
      {"ALTER TABLE t RENAME TO u", "ALTER TABLE u ADD x int"},
      {"ALTER TABLE t DROP COLUMN x", "CREATE INDEX i ON t (y)"},
      {"DROP TABLE t CASCADE", "ALTER TABLE u ADD x int"},
      {"DROP TABLE t", "DROP TABLE u"},
      {"DROP TYPE m", "ALTER TABLE t ALTER x TYPE text"},
      {"CREATE UNIQUE INDEX i ON t (x)", "INSERT INTO t (x) VALUES (1)"},
      {"CREATE UNIQUE INDEX i ON t (x)", "ALTER TABLE u ADD FOREIGN KEY (t_x) REFERENCES t (x)"},
      {"DROP INDEX i", "INSERT INTO t (x) VALUES (1)"},
      {"DROP INDEX i", "ALTER TABLE t DROP CONSTRAINT i"},
      {"INSERT INTO t (x) VALUES (1)", "INSERT INTO t (x) VALUES (2)"},
      {"DELETE FROM a", "UPDATE b SET x = 1"},  // A foreign key may connect them.
      {"UPDATE t SET x = 1", "CREATE TABLE c AS SELECT u.y FROM u"},
      {"SELECT nextval('s')", "INSERT INTO t (x) VALUES (1)"},
      {"ALTER TYPE m ADD VALUE 'x'", "ALTER TYPE m ADD VALUE 'y'"},
      {"ALTER TYPE m ADD VALUE 'x'", "UPDATE t SET mood = 'x'"},
      {"CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
       "UPDATE t SET x = 1"},
      {"ALTER TABLE t DROP CONSTRAINT k", "SELECT t.x, t.y FROM t GROUP BY t.x"},
      {"SET search_path TO other", "ALTER TABLE t ADD x int"},
      {"CREATE EXTENSION citext", "CREATE TABLE a (id int, x citext)"},
      {"CREATE SCHEMA s", "CREATE TABLE s.a (id int)"},
      {"DO $$ DECLARE n int; BEGIN END $$", "SELECT a.x FROM a"},
      {"SELECT f()", "SELECT f()"},
  };
  for (const Pair& pair : pairs) {
    INFO(pair.first << " / " << pair.second);
    CHECK(between(pair.first, pair.second));
    CHECK(between(pair.second, pair.first));
  }
}

TEST_CASE("a collision names both places and says why") {
  const auto found = between("ALTER TABLE a ADD y int; CREATE INDEX i ON t (x)",
                             "SET lock_timeout = 1; ALTER TABLE t DROP COLUMN x");
  REQUIRE(found);
  CHECK(found->first.statement == 1);
  CHECK(found->second.statement == 1);
  CHECK(found->reason == "one reads the column t.x, the other drops the column t.x");

  const auto opaque = between("ALTER TABLE t ADD x int", "ALTER TABLE u ADD y int; CALL work()");
  REQUIRE(opaque);
  CHECK(opaque->first == Collision::Place{.statement = 0, .effect = 0});
  CHECK(opaque->second == Collision::Place{.statement = 1});
  CHECK(opaque->reason == "its effects are not known: CALL runs a procedure");
}
