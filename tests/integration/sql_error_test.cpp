// SPDX-License-Identifier: MIT
// A catalogue of what PostgreSQL refuses: each error is told at its place in the file, whether the
// migration is SQL or TypeScript, among other statements and migrations that are sent with it.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Outcome;
using medusa::SmallShop;
using medusa::TestDatabase;

namespace {

/// `statement` has a `@@` before the character that is to blame, or none: then PostgreSQL gives no
/// position, and the statement itself is.
struct Refused {
  std::string sqlstate;
  std::string message;
  std::string statement;
  std::string before = {};   ///< Sent first, in the same migration.
  std::string context = {};  ///< What is told besides.
};

const std::vector<Refused>& catalogue() {
  static const std::vector<Refused> all{
      {"42601", "INSERT has more expressions", "INSERT INTO item (id)\n\tVALUES ('ä', @@2)"},
      {"42601", "each UNION query must have", "SELECT 'żółw'\nUNION SELECT @@1, 2"},
      {"42601",
       "conflicting NULL/NOT NULL",
       "CREATE TABLE new_one (ä text, b int NOT NULL @@NULL)"},
      {"42601",
       "syntax error at or near \"SELEC\"",
       "DO $do$\nBEGIN\n\tPERFORM 'größer'; @@SELEC 1;\nEND $do$"},
      {"42P01", "relation \"nowhere\" does not exist", "SELECT '日本語',\n\t* FROM @@nowhere"},
      {"42P01", "missing FROM-clause entry", "SELECT 'ß', @@x.id FROM item i"},
      {"42703", "column \"wrong\" does not exist", "SELECT '☃☃', @@wrong FROM item"},
      {"42703", "column \"wrong\" of relation", "INSERT INTO item (id, @@wrong) VALUES (9, 'é')"},
      {"42883",
       "function no_such(integer) does not",
       "SELECT 'é', id FROM item\n WHERE @@no_such(1) = 1"},
      {"42883", "operator does not exist", "SELECT 'é' FROM item WHERE name @@+ id = 2"},
      {"42704",
       "type \"no_type\" does not exist",
       "CREATE TABLE new_one (größe int,\n\tb @@no_type)"},
      {"42702", "column reference \"id\" is ambiguous", "SELECT 'é', @@id FROM item a, item b"},
      {"42803",
       "must appear in the GROUP BY",
       "SELECT 'é', @@id, count(*) FROM item GROUP BY name"},
      {"42804",
       "column \"id\" is of type integer",
       "INSERT INTO item (name, id) VALUES ('é', @@now())"},
      {"42804", "cannot be cast automatically", "ALTER TABLE item ALTER name TYPE int"},
      {"3F000", "schema \"no_schema\" does not exist", "CREATE TABLE @@no_schema.new_one (é int)"},
      {"0A000", "cross-database references", "SELECT 'é' FROM @@elsewhere.public.item"},
      {"22P02", "invalid input syntax for type integer", "SELECT 'é', @@'drei'::int"},
      {"22P02",
       "invalid input value for enum color",
       "INSERT INTO item (name, shade)\n\tVALUES ('é', @@'grün')"},
      {"22007", "invalid input syntax for type date", "SELECT 'é', @@'gestern'::date"},
      {"22008", "date/time field value out of range", "SELECT 'é', @@'2024-13-45'::date"},
      {"22P02", "invalid input syntax for type json", "SELECT 'é', @@'{\"a\"'::json"},
      {"42P07", "relation \"item\" already exists", "CREATE TABLE item (id int)"},
      {"42701", "column \"name\" of relation", "ALTER TABLE item ADD COLUMN name text"},
      {"42710", "type \"color\" already exists", "CREATE TYPE color AS ENUM ('é')"},
      {"42723",
       "function \"tell\" already exists",
       "CREATE FUNCTION tell() RETURNS int LANGUAGE sql AS 'SELECT 1'"},
      {"42809", "\"item_view\" is not a table", "DROP TABLE item_view"},
      {"42830",
       "no unique constraint matching",
       "CREATE TABLE new_one (n text REFERENCES item (name))"},
      {"42P10",
       "no unique or exclusion constraint",
       "INSERT INTO item VALUES (9, 'é') ON CONFLICT (name) DO NOTHING"},
      {"42P16",
       "multiple primary keys",
       "CREATE TABLE new_one (a int PRIMARY KEY, b int @@PRIMARY KEY)"},
      {"42P17", "must be marked IMMUTABLE", "CREATE INDEX new_index ON item ((now()))"},
      {"23505", "duplicate key value violates", "INSERT INTO item (id, name) VALUES (1, 'é')"},
      {"23503", "violates foreign key constraint", "INSERT INTO part (item) VALUES (77)"},
      {"23514", "violates check constraint", "INSERT INTO item (id, amount) VALUES (9, -1)"},
      {"23502", "null value in column \"id\"", "INSERT INTO item (id) VALUES (NULL)"},
      {"23P01", "violates exclusion constraint", "INSERT INTO booking VALUES ('[2,4]')"},
      {"22012", "division by zero", "UPDATE item SET amount = 1 / (id - 1)"},
      {"22003", "integer out of range", "UPDATE item SET amount = 2147483647 + id"},
      {"22001", "value too long for type", "UPDATE item SET name = 'größer als acht'"},
      {"2201B", "invalid regular expression", "SELECT name FROM item WHERE name ~ '(é'"},
      {"21000", "more than one row returned", "SELECT (SELECT generate_series(1, 3))"},
      {"2BP01", "other objects depend on it", "DROP TABLE item"},
      {"42501",
       "permission denied for table item",
       "DELETE FROM item WHERE name = 'é'",
       "SET LOCAL ROLE sql_error_stranger"},
      {"57014",
       "canceling statement due to statement timeout",
       "SELECT pg_sleep(3600)",
       "SET LOCAL statement_timeout = 50"},
      {"P0001",
       "nicht größer",
       "DO $$ BEGIN\n\tRAISE EXCEPTION 'nicht größer'; END $$",
       "",
       "where: PL/pgSQL function inline_code_block line 2 at RAISE"},
      {"P0001",
       "told by a function",
       "SELECT 'é',\n\ttell_loudly()",
       "",
       "where: PL/pgSQL function tell_loudly() line 2 at RAISE"},
      {"42703",
       "column \"wrong\" does not exist",
       "SELECT ask_wrongly()",
       "",
       "which runs this statement of a function:\n        SELECT wrong FROM item\n"
       "               ^\n"},
  };
  return all;
}

constexpr const char* kObjects =
    "CREATE TYPE color AS ENUM ('red');"
    "CREATE TABLE item (id int PRIMARY KEY, name varchar(8), amount int CHECK (amount > 0), "
    "shade color);"
    "INSERT INTO item VALUES (1, 'one', 1, 'red');"
    "CREATE TABLE part (item int REFERENCES item);"
    "CREATE TABLE booking (days int4range, EXCLUDE USING gist (days WITH &&));"
    "INSERT INTO booking VALUES ('[1,3]');"
    "CREATE VIEW item_view AS SELECT id FROM item;"
    "CREATE FUNCTION tell() RETURNS int LANGUAGE sql AS 'SELECT 1';"
    "CREATE FUNCTION tell_loudly() RETURNS int LANGUAGE plpgsql AS "
    "$$ BEGIN\n RAISE EXCEPTION 'told by a function'; END $$;"
    "CREATE FUNCTION ask_wrongly() RETURNS void LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM 1; EXECUTE 'SELECT wrong FROM item'; END $$;";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t newlines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// A file, and the place in it that must be pointed at.
struct Written {
  std::string content = {};
  std::string place = {};  ///< ":line:column"
  std::string line = {};   ///< With blanks for tabs, as an excerpt has them.
  std::size_t caret = 0;   ///< How many characters of that are left of the caret.
};

/// Takes the first `@@` away and remembers where it was.
Written marked(std::string content) {
  const std::size_t at = content.find("@@");
  content = replaced(content, "@@", "");
  const std::size_t begin = content.rfind('\n', at) + 1;
  std::string line = content.substr(begin, content.find('\n', at) - begin);
  line = replaced(line, "\r", "");
  const std::string before = content.substr(begin, at - begin);
  Written written{.content = content};
  written.place = ':' + std::to_string(newlines(content.substr(0, at)) + 1) + ':' +
                  std::to_string(characters(before) + 1);
  // A tab only ever begins a line here, so that it is four blanks.
  written.line = replaced(line, "\t", "    ");
  written.caret = characters(replaced(before, "\t", "    "));
  return written;
}

/// The statement with a mark, at its beginning if it has none.
std::string with_mark(const std::string& statement) {
  return statement.find("@@") == std::string::npos ? "@@" + statement : statement;
}

/// Other statements stand on the same line, with characters of several bytes.
std::string sql_file(const Refused& refused) {
  return std::string("-- migrate:up\n") +
         "CREATE TABLE höher (name text DEFAULT 'Größe ☃'); -- ¿;\n" +
         "\t/* żółw; */ INSERT INTO höher VALUES ('ü'); " +
         (refused.before.empty() ? "" : refused.before + ";\n/* ż */ ") +
         with_mark(refused.statement) + ";\nSELECT 'behind';\n\n-- migrate:down\n";
}

std::string script_file(const Refused& refused, bool has_position) {
  const std::string call = "    await queryRunner.";
  return std::string("import type { MigrationInterface, QueryRunner } from \"typeorm\"\n\n") +
         "export class Two1700000000002 implements MigrationInterface {\n"
         "  public async up(queryRunner: QueryRunner) {\n"
         "    await queryRunner.query(\"CREATE TABLE höher (name text DEFAULT 'Größe ☃')\")\n" +
         "    /* żółw */ await queryRunner.query(`INSERT INTO höher VALUES ('ü')`);\n" +
         (refused.before.empty() ? "" : call + "query(\"" + refused.before + "\")\n") +
         (has_position ? call + "query(`" + refused.statement
                       : call + "@@query(`" + refused.statement) +
         "`)\n    await queryRunner.query(`SELECT 'behind'`)\n  }\n"
         "  public async down() {}\n}\n";
}

enum class Form { Sql, SqlCrlf, Script, ScriptCrlf };

Written written_as(Form form, const Refused& refused) {
  const bool has_position = refused.statement.find("@@") != std::string::npos;
  std::string content = form == Form::Sql || form == Form::SqlCrlf
                            ? sql_file(refused)
                            : script_file(refused, has_position);
  const bool crlf = form == Form::SqlCrlf || form == Form::ScriptCrlf;
  return marked(crlf ? replaced(content, "\n", "\r\n") : content);
}

/// How wide a terminal shows the text, as far as the catalogue's characters go.
std::size_t columns(const std::string& text) {
  std::size_t wide = 0;
  for (const std::string each : {"日", "本", "語"}) {
    for (std::size_t at = text.find(each); at != std::string::npos; at = text.find(each, at + 1)) {
      ++wide;
    }
  }
  return characters(text) + wide;
}

/// The part of `line` left of its `count`-th character.
std::string head(const std::string& line, std::size_t count) {
  std::size_t bytes = 0;
  while (bytes < line.size() && characters(line.substr(0, bytes + 1)) <= count) {
    ++bytes;
  }
  return line.substr(0, bytes);
}

/// What stands below "-->": the number, the line, and the caret under its character.
void check_excerpt(const Outcome& outcome, const Written& written) {
  const std::string number = written.place.substr(1, written.place.find(':', 1) - 1);
  const std::string gutter = "  " + number + " | ";
  const std::string under = std::string(2 + number.size(), ' ') + " | ";
  CHECK_THAT(outcome.errors,
             Contains(gutter + written.line + '\n' + under +
                      std::string(columns(head(written.line, written.caret)), ' ') + "^\n"));
}

/// A shop with one migration before the failing one and one after it, all in one batch.
class Catalogue {
 public:
  Catalogue() {
    database.execute(kObjects);
    database.execute(
        "DO $$ BEGIN CREATE ROLE sql_error_stranger; EXCEPTION WHEN duplicate_object THEN END $$");
    shop.configure("[migrations]\nforesight = \"warn\"\n");
    shop.add("p", "1700000000001-One.sql", "-- migrate:up\nCREATE TABLE one (id int);\n");
    shop.add("p", "1700000000003-Three.sql", "-- migrate:up\nCREATE TABLE three (id int);\n");
    before_ = database.dump();
  }

  void check(Form form, const Refused& refused) const {
    const bool sql = form == Form::Sql || form == Form::SqlCrlf;
    const std::string file = std::string("1700000000002-Two.") + (sql ? "sql" : "ts");
    const Written written = written_as(form, refused);
    shop.add("p", file, written.content);
    const Outcome outcome = shop.migrations({"run"}, {{"LC_ALL", "C.UTF-8"}});
    INFO(written.content << '\n' << outcome.errors);
    CHECK(outcome.exit_code == 7);
    CHECK_THAT(outcome.errors, Contains("error: cannot apply p/Two1700000000002: "));
    CHECK_THAT(outcome.errors, Contains(refused.message));
    CHECK_THAT(outcome.errors, Contains("SQLSTATE " + refused.sqlstate));
    CHECK_THAT(outcome.errors,
               Contains("--> plugins/p/src/migrations/" + file + written.place + '\n'));
    CHECK_THAT(outcome.errors, Contains(refused.context));
    check_excerpt(outcome, written);
    CHECK(database.dump() == before_);
  }

  TestDatabase database;
  SmallShop shop{database.url()};

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("an error of an SQL migration is told at its place") {
  const Form form = GENERATE(Form::Sql, Form::SqlCrlf);
  const Catalogue catalogue_shop;
  for (const Refused& refused : catalogue()) {
    catalogue_shop.check(form, refused);
  }
}

TEST_CASE("an error of a lowered TypeScript migration is told at its place") {
  const Form form = GENERATE(Form::Script, Form::ScriptCrlf);
  const Catalogue catalogue_shop;
  for (const Refused& refused : catalogue()) {
    catalogue_shop.check(form, refused);
  }
}

TEST_CASE("an error of a statement that the Node host sends is told at its place") {
  const Catalogue catalogue_shop;
  // Whoever looks at a result is not lowered.
  const Refused& refused = catalogue().front();
  Written written = written_as(Form::Script, refused);
  const std::string asks = "    if ((await queryRunner.query(`SELECT 1`)).length === 2) return\n";
  const std::size_t at = written.content.find("    await");
  written.content.insert(at, asks);
  catalogue_shop.shop.add("p", "1700000000002-Two.ts", written.content);
  const Outcome outcome = catalogue_shop.shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("1700000000002-Two.ts:9:15\n"));
  CHECK_THAT(outcome.errors, Contains("SQLSTATE 42601"));
}

TEST_CASE("of several statements in one text the one that failed is told") {
  const Catalogue catalogue_shop;
  const Written written = marked(
      "import type { MigrationInterface, QueryRunner } from \"typeorm\"\n\n"
      "export class Two1700000000002 implements MigrationInterface {\n"
      "  public async up(queryRunner: QueryRunner) {\n"
      "    await queryRunner.query(`\n      CREATE TABLE höher (id int);\n"
      "      INSERT INTO höher SELECT 1; @@INSERT INTO item (id) VALUES (1);\n"
      "      SELECT 'behind';\n    `)\n  }\n  public async down() {}\n}\n");
  catalogue_shop.shop.add("p", "1700000000002-Two.ts", written.content);
  const Outcome outcome = catalogue_shop.shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("SQLSTATE 23505 (unique violation)"));
  CHECK_THAT(outcome.errors, Contains("1700000000002-Two.ts" + written.place + '\n'));
  check_excerpt(outcome, written);
}

TEST_CASE("what a deferred constraint finds at COMMIT is told as such") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  database.execute(
      "CREATE TABLE item (id int PRIMARY KEY);"
      "CREATE TABLE part (item int CONSTRAINT part_item REFERENCES item "
      "DEFERRABLE INITIALLY DEFERRED);");
  const std::string before = database.dump();
  shop.add("p", "1700000000001-One.sql", "-- migrate:up\nCREATE TABLE one (id int);\n");
  const bool sql = GENERATE(true, false);
  if (sql) {
    shop.add("p", "1700000000002-Two.sql", "-- migrate:up\nINSERT INTO part VALUES (7);\n");
  } else {
    shop.add("p",
             "1700000000002-Two.ts",
             medusa::typescript_migration("Two1700000000002", {"INSERT INTO part VALUES (7)"}));
  }
  shop.add("p", "1700000000003-Three.sql", "-- migrate:up\nCREATE TABLE three (id int);\n");
  const std::string told =
      "note: constraint 'part_item' of table 'public.part' is deferred: it was checked at COMMIT, "
      "and PostgreSQL does not say which ";

  SECTION("for the whole upgrade") {
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 7);
    CHECK_THAT(outcome.errors,
               Contains("error: cannot commit 3 migrations: insert or update on table \"part\" "
                        "violates foreign key constraint \"part_item\"\n"));
    CHECK_THAT(outcome.errors, Contains("SQLSTATE 23503 (foreign key violation)"));
    CHECK_THAT(outcome.errors, Contains(told + "migration broke it"));
    CHECK_THAT(outcome.errors, Contains("detail: Key (item)=(7) is not present"));
    CHECK_THAT(outcome.errors,
               Contains("hint: medusa migrations run --transaction each tells which"));
    CHECK_THAT(outcome.errors, Contains("Rolled back 3 migrations\n"));
    CHECK(database.dump() == before);
  }
  SECTION("for one migration") {
    const Outcome outcome = shop.migrations({"run", "--transaction", "each"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 7);
    CHECK_THAT(outcome.errors,
               Contains("error: cannot apply p/Two1700000000002: insert or update"));
    CHECK_THAT(outcome.errors, Contains("--> plugins/p/src/migrations/1700000000002-Two"));
    CHECK_THAT(outcome.errors, Contains(told + "statement broke it"));
    CHECK_THAT(outcome.errors, Contains("hint: SET CONSTRAINTS ALL IMMEDIATE; after a statement"));
    CHECK(database.applied() == std::vector<std::string>{"One1700000000001"});
    CHECK(database.value("SELECT count(*) FROM part") == "0");
  }
  SECTION("and in a rehearsal") {
    const Outcome outcome = shop.migrations({"plan", "--sql", "--execute"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 7);
    CHECK_THAT(outcome.errors, Contains(told + "migration broke it"));
    CHECK(database.dump() == before);
  }
}
