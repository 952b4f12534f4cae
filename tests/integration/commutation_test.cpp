// SPDX-License-Identifier: MIT
// Pairs of migrations, made at random over a small shop, run in both orders on a real server: no
// pair that `collision` lets pass may leave two different databases.
#include "medusa/sql/commutation.hpp"

#include <array>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"

#include "postgres_fixture.hpp"

namespace medusa {

namespace {

constexpr std::string_view kBase = R"sql(
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE SEQUENCE counter;
CREATE TABLE shop (id int PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'ok', rank int DEFAULT 1);
CREATE TABLE product (id serial PRIMARY KEY, shop_id int REFERENCES shop (id) ON DELETE CASCADE,
  title text UNIQUE, price numeric CHECK (price >= 0), note text, number int DEFAULT nextval('counter'));
CREATE TABLE tag (id int PRIMARY KEY, product_id int REFERENCES product (id) ON DELETE SET NULL,
  label varchar(20) NOT NULL, rank int);
CREATE INDEX product_price_idx ON product (price);
CREATE INDEX tag_label ON tag (lower(label));
CREATE VIEW titles AS SELECT p.id, p.title FROM product p;
CREATE VIEW tags AS SELECT * FROM tag;
INSERT INTO shop (id, name, mood, rank) VALUES (1, 'one', 'sad', 1), (2, 'two', 'ok', 2), (3, 'three', NULL, 3);
INSERT INTO product (shop_id, title, price, note, number)
  VALUES (1, 'a', 1, 'x', 1), (1, 'b', 2, NULL, 2), (2, 'c', 3, 'y', 3);
INSERT INTO tag (id, product_id, label, rank) VALUES (1, 1, 'red', 1), (2, 1, 'blue', 2), (3, 3, 'red', NULL);
)sql";

// What counts of a database, as one text: no order of columns, no object identifiers.
constexpr std::string_view kProbe = R"sql(
CREATE SCHEMA probe;
CREATE FUNCTION probe.rows() RETURNS text LANGUAGE plpgsql AS $$
DECLARE one record; part text; whole text := '';
BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'probe')
        AND c.relkind IN ('r', 'm', 'S') ORDER BY n.nspname, c.relname LOOP
    IF one.kind = 'S' THEN
      EXECUTE format('SELECT last_value::text || '' '' || is_called::text FROM %s', one.name) INTO part;
    ELSE
      EXECUTE format('SELECT string_agg(to_jsonb(t)::text, E''\n'' ORDER BY to_jsonb(t)::text) FROM %s t', one.name)
        INTO part;
    END IF;
    whole := whole || one.name || ': ' || coalesce(part, '') || E'\n';
  END LOOP;
  RETURN whole;
END $$;
CREATE VIEW probe.things AS
WITH spaces AS (SELECT oid, nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'probe')),
  relations AS (SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind
    FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace)
SELECT 'schema ' || nspname AS thing FROM spaces
UNION ALL SELECT relkind::text || ' ' || name || ' ' || coalesce(obj_description(oid, 'pg_class'), '') FROM relations
UNION ALL SELECT 'column ' || r.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
    || a.attnotnull::text || a.attidentity::text || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    || ' ' || coalesce(col_description(r.oid, a.attnum), '')
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum WHERE r.relkind IN ('r', 'v', 'm')
UNION ALL SELECT 'constraint ' || r.name || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid) || c.convalidated::text
  FROM pg_constraint c JOIN relations r ON r.oid = c.conrelid
UNION ALL SELECT 'index ' || pg_get_indexdef(oid) FROM relations WHERE relkind = 'i'
UNION ALL SELECT 'view ' || name || ' ' || pg_get_viewdef(oid) FROM relations WHERE relkind IN ('v', 'm')
UNION ALL SELECT 'type ' || n.nspname || '.' || t.typname || ' ' || t.typtype::text || ' ' || coalesce(
    (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), '')
  FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd')
UNION ALL SELECT 'function ' || p.proname || ' ' || p.prosrc FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
UNION ALL SELECT 'owned ' || s.name || ' by ' || r.name || '.' || a.attname
  FROM pg_depend d JOIN relations s ON s.oid = d.objid AND s.relkind = 'S'
  JOIN relations r ON r.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i');
CREATE FUNCTION probe.state() RETURNS text LANGUAGE sql AS $$
  SELECT (SELECT string_agg(thing, E'\n' ORDER BY thing) FROM probe.things) || E'\n' || probe.rows() $$;
)sql";

using Random = std::mt19937;

std::string pick(Random& random, const std::vector<std::string>& from) {
  return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
}

/// Statements from templates; `{t}` is a table, `{c}` and `{d}` columns of it, `{u}` and `{e}`
/// another table and a column of that. Names that are new are few, so that they meet.
class Grammar {
 public:
  explicit Grammar(Random& random) : random_(random) {}

  std::string migration() {
    std::string sql = statement();
    while (std::uniform_int_distribution<int>(0, 3)(random_) == 0) {
      sql += ";\n" + statement();
    }
    return sql;
  }

 private:
  static const std::vector<std::string>& templates();

  std::string statement() {
    const std::map<std::string, std::vector<std::string>> columns = {
        {"shop", {"id", "name", "mood", "rank", "{n}"}},
        {"product", {"id", "shop_id", "title", "price", "note", "number", "{n}"}},
        {"tag", {"id", "product_id", "label", "rank", "{n}"}},
        {"extra", {"id", "shop_id", "{n}"}}};
    const std::vector<std::string> tables = {
        "shop", "product", "tag", "shop", "product", "tag", "extra"};
    const std::string table = pick(random_, tables);
    const std::string other = pick(random_, tables);
    std::string sql = pick(random_, templates());
    for (std::size_t at = sql.find('{'); at != std::string::npos; at = sql.find('{', at)) {
      std::string value;
      switch (sql[at + 1]) {
        case 't':
          value = table;
          break;
        case 'u':
          value = other;
          break;
        case 'c':
        case 'd':
          value = pick(random_, columns.at(table));
          break;
        case 'e':
          value = pick(random_, columns.at(other));
          break;
        case 'n':
          value = pick(random_, {"fresh", "extra_note", "rank2"});
          break;
        case 'i':
          value = pick(random_, {"product_price_idx", "tag_label", "idx_1", "idx_2", "idx_1"});
          break;
        case 'k':
          value = pick(random_,
                       {"con_1",
                        "con_2",
                        "product_price_check",
                        "tag_product_id_fkey",
                        "product_title_key",
                        "shop_pkey",
                        "tag_pkey"});
          break;
        case 'v':
          value = pick(random_, {"'sad'", "'ok'", "'glad'"});
          break;
        case 'y':
          value = pick(random_, {"int", "text", "bigint", "mood", "numeric", "varchar(10)"});
          break;
        case 'q':
          value = pick(random_, {"counter", "product_id_seq", "counter2"});
          break;
        case 'w':
          value = pick(random_, {"titles", "tags", "view_1"});
          break;
        default:
          value = std::to_string(std::uniform_int_distribution<int>(1, 5)(random_));
          break;
      }
      sql.replace(at, 3, value);
    }
    return sql;
  }

  Random& random_;
};

const std::vector<std::string>& Grammar::templates() {
  static const std::vector<std::string> kTemplates = {
      "ALTER TABLE {t} ADD COLUMN {n} {y}",
      "ALTER TABLE {t} ADD COLUMN {n} int NOT NULL DEFAULT {1}",
      "ALTER TABLE {t} ADD COLUMN {n} int DEFAULT nextval('{q}')",
      "ALTER TABLE {t} ADD COLUMN IF NOT EXISTS {n} text DEFAULT 'x'",
      "ALTER TABLE {t} ADD COLUMN {n} int REFERENCES {u} (id)",
      "ALTER TABLE {t} DROP COLUMN {c}",
      "ALTER TABLE {t} DROP COLUMN IF EXISTS {c} CASCADE",
      "ALTER TABLE {t} RENAME COLUMN {c} TO {n}",
      "ALTER TABLE {t} ALTER COLUMN {c} TYPE {y} USING {c}::text::{y}",
      "ALTER TABLE {t} ALTER COLUMN {c} SET NOT NULL",
      "ALTER TABLE {t} ALTER COLUMN {c} DROP NOT NULL",
      "ALTER TABLE {t} ALTER COLUMN {c} SET DEFAULT {1}",
      "ALTER TABLE {t} ALTER COLUMN {c} DROP DEFAULT",
      "ALTER TABLE {t} ADD CONSTRAINT {k} UNIQUE ({c})",
      "ALTER TABLE {t} ADD UNIQUE ({c}, {d})",
      "ALTER TABLE {t} ADD CHECK ({c} IS NOT NULL)",
      "ALTER TABLE {t} ADD CONSTRAINT {k} CHECK ({c} IS DISTINCT FROM {d})",
      "ALTER TABLE {t} ADD CONSTRAINT {k} FOREIGN KEY ({c}) REFERENCES {u} ({e})",
      "ALTER TABLE {t} ADD FOREIGN KEY ({c}) REFERENCES {u} ({e}) ON DELETE CASCADE NOT VALID",
      "ALTER TABLE {t} ADD PRIMARY KEY ({c})",
      "ALTER TABLE {t} DROP CONSTRAINT {k}",
      "ALTER TABLE {t} DROP CONSTRAINT IF EXISTS {k} CASCADE",
      "ALTER TABLE {t} RENAME CONSTRAINT {k} TO {k}",
      "ALTER TABLE {t} RENAME TO {u}",
      "ALTER TABLE {t} RENAME TO renamed",
      "CREATE TABLE extra (id int PRIMARY KEY, shop_id int REFERENCES {t} (id), {n} text)",
      "CREATE TABLE IF NOT EXISTS extra (id int, {n} int)",
      "CREATE TABLE extra AS SELECT * FROM {t}",
      "CREATE TABLE extra (LIKE {t} INCLUDING ALL)",
      "CREATE TABLE {i} (id serial, word text DEFAULT 'x' CHECK (word <> ''))",
      "DROP TABLE {t}",
      "DROP TABLE IF EXISTS {t} CASCADE",
      "CREATE INDEX {i} ON {t} ({c})",
      "CREATE INDEX ON {t} ({c})",
      "CREATE INDEX IF NOT EXISTS {i} ON {t} ({c}, {d})",
      "CREATE UNIQUE INDEX {i} ON {t} ({c}) WHERE {d} IS NOT NULL",
      "CREATE INDEX ON {t} (lower({c}::text))",
      "DROP INDEX {i}",
      "DROP INDEX IF EXISTS {i}",
      "ALTER INDEX {i} RENAME TO {i}",
      "CREATE VIEW {w} AS SELECT x.{c} FROM {t} x",
      "CREATE OR REPLACE VIEW {w} AS SELECT * FROM {t}",
      "CREATE VIEW {w} AS SELECT {c}, {d} FROM {t} GROUP BY id",
      "CREATE MATERIALIZED VIEW {w} AS SELECT count(*) FROM {t}",
      "DROP VIEW {w}",
      "DROP VIEW IF EXISTS {w} CASCADE",
      "ALTER VIEW {w} RENAME TO {w}",
      "CREATE TYPE mood2 AS ENUM ('a', 'b')",
      "ALTER TABLE {t} ADD COLUMN {n} mood2",
      "ALTER TYPE mood ADD VALUE {v}",
      "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glad' AFTER {v}",
      "ALTER TYPE mood RENAME VALUE {v} TO 'glad'",
      "ALTER TYPE mood RENAME TO mood2",
      "DROP TYPE mood",
      "CREATE DOMAIN mood2 AS int CHECK (VALUE < 4)",
      "CREATE SEQUENCE counter2",
      "CREATE SEQUENCE IF NOT EXISTS {q} OWNED BY {t}.{c}",
      "ALTER SEQUENCE {q} OWNED BY {t}.{c}",
      "ALTER SEQUENCE {q} RESTART WITH 50",
      "DROP SEQUENCE {q}",
      "SELECT nextval('{q}')",
      "SELECT setval('{q}', (SELECT max(id) FROM {t}) + 100)",
      "COMMENT ON TABLE {t} IS 'comment {1}'",
      "COMMENT ON COLUMN {t}.{c} IS 'comment {1}'",
      "CREATE SCHEMA side",
      "CREATE TABLE side.extra (id int PRIMARY KEY)",
      "ALTER TABLE {t} SET SCHEMA side",
      "DROP SCHEMA side CASCADE",
      "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := NEW.id + 10; "
      "RETURN NEW; END'",
      "CREATE TRIGGER noted BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION note()",
      "DROP FUNCTION note()",
      "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE "
      "TRIGGER noted "
      "BEFORE INSERT OR UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION note()",
      "INSERT INTO shop (id, name) VALUES ({1}, 'new')",
      "INSERT INTO shop (id, name, mood) VALUES (1{1}, 'new', {v})",
      "INSERT INTO product (title, shop_id) VALUES ('new{1}', 1{1})",
      "INSERT INTO product (title) VALUES ('b')",
      "INSERT INTO product (title, price) SELECT x.name, x.rank FROM shop x",
      "INSERT INTO tag VALUES (1{1}, {1}, 'green', {1})",
      "INSERT INTO tag (id, label) VALUES (1{1}, 'new') ON CONFLICT (id) DO UPDATE SET label = "
      "excluded.label",
      "INSERT INTO tag (id, label) VALUES ({1}, 'new') ON CONFLICT DO NOTHING",
      "INSERT INTO extra (id) VALUES ({1})",
      "UPDATE {t} SET {c} = {d}",
      "UPDATE {t} SET {c} = NULL",
      "UPDATE product SET price = price * {1} WHERE shop_id = {1}",
      "UPDATE shop SET rank = (SELECT count(*) FROM product p WHERE p.shop_id = shop.id)",
      "UPDATE tag SET rank = p.price FROM product p WHERE p.id = tag.product_id",
      "UPDATE shop SET mood = {v} WHERE id = {1}",
      "UPDATE shop SET id = id + 10 WHERE id = {1}",
      "DELETE FROM {t} WHERE id = {1}",
      "DELETE FROM {t} WHERE id IN (SELECT {e} FROM {u})",
      "DELETE FROM shop WHERE mood = {v}",
      "WITH gone AS (DELETE FROM tag WHERE id = {1} RETURNING product_id) UPDATE product SET note "
      "= 'gone' WHERE id "
      "IN (SELECT product_id FROM gone)",
      "TRUNCATE {t}",
      "LOCK TABLE {t}",
      "GRANT SELECT ON {t} TO PUBLIC",
  };
  return kTemplates;
}

/// A database in which both orders of a pair can be tried again and again.
class Workshop {
 public:
  Workshop()
      : connection_(DatabaseUrl::parse(
            PostgresFixture::shared().url(PostgresFixture::shared().create_database()),
            "the test")) {
    connection_.execute(kBase);
    connection_.execute(kProbe);
    connection_.execute("SET client_min_messages = error; SET synchronous_commit = off");
  }

  /// The database after these statements; nothing if they fail. Leaves no trace.
  std::string after(const std::string& sql) {
    connection_.execute("BEGIN");
    std::string state;
    try {
      // Positions of sequences are not rolled back, unless the sequence begins anew here.
      connection_.execute(
          "ALTER SEQUENCE counter RESTART WITH 4; ALTER SEQUENCE product_id_seq RESTART WITH 4");
      connection_.execute(sql);
      const auto results = connection_.execute("SET search_path = public; SELECT probe.state()");
      state = results.back().rows.front().front().value_or("");
    } catch (const SqlError&) {
      state.clear();
    }
    connection_.roll_back();
    return state;
  }

 private:
  Connection connection_;
};

struct Migration {
  std::string sql;
  std::vector<StatementFootprint> footprint = {};
};

std::vector<Migration> migrations(Workshop& workshop, Random& random, std::size_t count) {
  Grammar grammar(random);
  std::vector<Migration> made;
  while (made.size() < count) {
    Migration migration{.sql = grammar.migration()};
    // Most must work by themselves; some need what another brings.
    if (workshop.after(migration.sql).empty() &&
        std::uniform_int_distribution<int>(0, 9)(random) != 0) {
      continue;
    }
    FootprintReader reader;
    migration.footprint = reader.read(migration.sql);
    made.push_back(std::move(migration));
  }
  return made;
}

using Oracle = std::function<bool(const Migration&, const Migration&)>;  // Whether they commute.

struct Outcome {
  int safe = 0;
  int unsafe_checked = 0;
  int unsafe_but_equal = 0;
  std::vector<std::string> wrong = {};  ///< Called safe, and differ.
};

Outcome compare(Workshop& workshop,
                Random& random,
                const std::vector<Migration>& all,
                int pairs,
                const Oracle& commutes) {
  Outcome outcome;
  std::uniform_int_distribution<std::size_t> any(0, all.size() - 1);
  while (outcome.safe < pairs) {
    const Migration& a = all[any(random)];
    const Migration& b = all[any(random)];
    const bool safe = commutes(a, b);
    // Of the others only some are tried, to know how many alarms are false.
    if (!safe && std::uniform_int_distribution<int>(0, 9)(random) != 0) {
      continue;
    }
    const bool equal =
        workshop.after(a.sql + ";\n" + b.sql) == workshop.after(b.sql + ";\n" + a.sql);
    (safe ? outcome.safe : outcome.unsafe_checked)++;
    outcome.unsafe_but_equal += !safe && equal ? 1 : 0;
    if (safe && !equal) {
      outcome.wrong.push_back(a.sql + "\n---- and ----\n" + b.sql);
    }
  }
  return outcome;
}

unsigned int seed() {
  const char* const given = std::getenv("MEDUSA_COMMUTATION_SEED");
  return given != nullptr ? static_cast<unsigned int>(std::strtoul(given, nullptr, 10)) : 20240613U;
}

int pair_count(int usual) {
  const char* const given = std::getenv("MEDUSA_COMMUTATION_PAIRS");
  return given != nullptr ? std::atoi(given) : usual;
}

}  // namespace

TEST_CASE("migrations that are said to commute leave the same database in both orders") {
  INFO("seed " << seed());
  Workshop workshop;
  Random random(seed());
  REQUIRE_FALSE(workshop.after("SELECT 1").empty());
  const std::vector<Migration> all = migrations(workshop, random, 400);
  const Outcome outcome =
      compare(workshop, random, all, pair_count(1500), [](const Migration& a, const Migration& b) {
        const bool commutes = !collision(a.footprint, b.footprint);
        // It must not matter who is asked first.
        CHECK(commutes == !collision(b.footprint, a.footprint));
        return commutes;
      });
  std::cout << "commutation: " << outcome.safe << " pairs called safe, " << outcome.wrong.size()
            << " of them differ; of " << outcome.unsafe_checked << " called unsafe, "
            << outcome.unsafe_but_equal << " are equal\n";
  for (const std::string& pair : outcome.wrong) {
    FAIL_CHECK(pair);
  }
}

TEST_CASE("the comparison of both orders notices an answer that is wrong") {
  Workshop workshop;
  Random random(seed());
  const std::vector<Migration> all = migrations(workshop, random, 100);
  const Outcome outcome =
      compare(workshop, random, all, 100, [](const Migration&, const Migration&) { return true; });
  CHECK(outcome.wrong.size() > 3);
}

}  // namespace medusa
