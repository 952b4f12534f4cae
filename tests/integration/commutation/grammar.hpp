// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// The small shop that the statements are about.
inline constexpr std::string_view kBase = R"sql(
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

using Random = std::mt19937;

inline std::string pick(Random& random, const std::vector<std::string>& from) {
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

inline const std::vector<std::string>& Grammar::templates() {
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

}  // namespace medusa
