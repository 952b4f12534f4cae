// SPDX-License-Identifier: MIT
// Random DDL over a few names, so that names meet: things twice, dropped, renamed, depended on.
#pragma once

#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace medusa {

class RandomDdl {
 public:
  explicit RandomDdl(unsigned seed) : random_(seed) {}

  /// The next statement; about half of them are accepted by PostgreSQL.
  [[nodiscard]] std::string statement() {
    switch (number(24)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return create_table();
      case 4:
        return "DROP TABLE " + maybe("IF EXISTS ") + table() + maybe(", " + table()) + cascade();
      case 5:
      case 6:
        return "ALTER TABLE " + table() + " ADD COLUMN " + maybe("IF NOT EXISTS ") +
               column_definition(column());
      case 7:
        return "ALTER TABLE " + table() + " DROP COLUMN " + maybe("IF EXISTS ") + column() +
               cascade();
      case 8:
        return "ALTER TABLE " + maybe("IF EXISTS ") + plain_table() + " RENAME TO " +
               any({"t1", "t2", "t3", "e1", "i1"});
      case 9:
        return alter() + "RENAME COLUMN " + column() + " TO " + column();
      case 10:
        return alter() + "ADD " + table_constraint();
      case 11:
        return "ALTER TABLE " + table() + " DROP CONSTRAINT " + maybe("IF EXISTS ") + constraint() +
               cascade();
      case 12:
        return alter() + "RENAME CONSTRAINT " + constraint() + " TO " + any({"c1", "c2", "i1"});
      case 13:
        return "CREATE " + maybe("UNIQUE ") + "INDEX " +
               any({"", "i1 ", "i2 ", "IF NOT EXISTS i1 "}) + "ON " + table() + " (" + column() +
               maybe(", " + column()) + ")";
      case 14:
        return "DROP INDEX " + maybe("IF EXISTS ") + index() + cascade();
      case 15:
        return "ALTER INDEX " + index() + " RENAME TO " + any({"i1", "i2", "c1"});
      case 16:
        return "CREATE TYPE " + any({"e1", "e2", "t1"}) + " AS ENUM ('x', 'y')";
      case 17:
        return any(
            {"DROP TYPE " + maybe("IF EXISTS ") + type() + cascade(),
             "ALTER TYPE " + type() + " RENAME TO " + any({"e1", "e2", "e3"}),
             "ALTER TYPE " + type() + " ADD VALUE " + maybe("IF NOT EXISTS ") + any({"'x'", "'z'"}),
             "ALTER TYPE " + type() + " RENAME VALUE 'x' TO " + any({"'y'", "'w'"})});
      case 18:
        return any({"CREATE SEQUENCE " + maybe("IF NOT EXISTS ") + any({"s1", "t1_a_seq"}),
                    "DROP SEQUENCE " + sequence() + cascade(),
                    "ALTER SEQUENCE " + sequence() + " OWNED BY " + table() + "." + column(),
                    "ALTER SEQUENCE " + sequence() + " RENAME TO " + any({"s1", "s2"})});
      case 19:
        return any({"CREATE VIEW " + view() + " AS SELECT " + column() + " AS p FROM " + table(),
                    "CREATE OR REPLACE VIEW " + view() + " AS SELECT " + column() + " AS p FROM " +
                        table(),
                    "DROP VIEW " + view() + cascade(),
                    "CREATE VIEW " + view() + " AS SELECT count(*) AS p FROM " + table()});
      case 20:
        return alter() + "ALTER COLUMN " + column() + " TYPE " + data_type() + " USING NULL";
      case 21:
        return any({"CREATE SCHEMA " + maybe("IF NOT EXISTS ") + "other",
                    "DROP SCHEMA other" + cascade(),
                    alter() + "SET SCHEMA " + any({"other", "public"}),
                    "ALTER TABLE other." + plain_table() + " SET SCHEMA public",
                    "ALTER SCHEMA other RENAME TO another",
                    "ALTER SCHEMA another RENAME TO other"});
      case 22:
        return alter() +
               any({"ALTER COLUMN " + column() + " SET NOT NULL",
                    "ALTER COLUMN " + column() + " SET DEFAULT nextval('" + sequence() + "')",
                    "ALTER COLUMN " + column() + " DROP DEFAULT"});
      default:
        return any(
            {"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
             "DROP FUNCTION f()" + cascade(),
             "CREATE TRIGGER g BEFORE INSERT ON " + table() + " FOR EACH ROW EXECUTE FUNCTION f()",
             "DROP TRIGGER " + maybe("IF EXISTS ") + "g ON " + table(),
             "ALTER TRIGGER g ON " + table() + " RENAME TO h"});
    }
  }

 private:
  unsigned number(unsigned below) {
    return std::uniform_int_distribution<unsigned>(0, below - 1)(random_);
  }

  std::string any(std::initializer_list<std::string> choices) {
    return *(choices.begin() + number(static_cast<unsigned>(choices.size())));
  }

  std::string maybe(const std::string& text) { return number(3) == 0 ? text : ""; }

  std::string cascade() { return maybe(" CASCADE"); }

  std::string plain_table() { return any({"t1", "t2", "t3"}); }

  std::string table() { return number(8) == 0 ? "other." + plain_table() : plain_table(); }

  std::string alter() { return "ALTER TABLE " + maybe("IF EXISTS ") + table() + " "; }

  std::string column() { return any({"a", "b", "c"}); }

  std::string type() { return any({"e1", "e2", "e3"}); }

  std::string view() { return any({"v1", "v2"}); }

  std::string sequence() { return any({"s1", "s2", "t1_a_seq", "t2_b_seq"}); }

  std::string data_type() { return any({"integer", "text", "integer", "e1", "e2"}); }

  std::string index() {
    return any({"i1", "i2", "c1", "t1_pkey", "t1_a_idx", "t2_a_key", "t1_a_b_idx"});
  }

  std::string constraint() {
    return any({"c1", "c2", "t1_pkey", "t1_a_check", "t2_a_key", "t1_check", "t1_b_fkey"});
  }

  std::string column_definition(const std::string& name) {
    return name + ' ' +
           any({data_type(),
                data_type(),
                "integer NOT NULL DEFAULT 1",
                "serial",
                "integer UNIQUE",
                "integer PRIMARY KEY",
                "integer CHECK (" + name + " > 0)",
                "integer GENERATED BY DEFAULT AS IDENTITY",
                "integer REFERENCES " + table() + maybe(" (a)")});
  }

  std::string table_constraint() {
    return maybe("CONSTRAINT " + any({"c1", "c2", "t1_pkey"}) + " ") +
           any({"PRIMARY KEY (" + column() + ")",
                "UNIQUE (" + column() + ")",
                "UNIQUE (a, b)",
                "CHECK (" + column() + " IS NOT NULL)",
                "CHECK (a IS NOT NULL OR b IS NOT NULL)",
                "FOREIGN KEY (" + column() + ") REFERENCES " + table() + " (a)" +
                    maybe(" ON DELETE CASCADE")});
  }

  std::string create_table() {
    return "CREATE TABLE " + maybe("IF NOT EXISTS ") + table() + " (" + column_definition("a") +
           ", " + column_definition("b") + maybe(", " + column_definition("c")) +
           maybe(", " + any({"UNIQUE (a, b)",
                             "CONSTRAINT c1 UNIQUE (b, a)",
                             "CHECK (a IS NOT NULL)",
                             "CONSTRAINT c2 CHECK (b IS NOT NULL)",
                             "FOREIGN KEY (a) REFERENCES " + table() + " (a)"})) +
           ")";
  }

  std::mt19937 random_;
};

}  // namespace medusa
