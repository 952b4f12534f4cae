// SPDX-License-Identifier: MIT
#include "medusa/sql/migration_file.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa/system/files.hpp"

#include "medusa_program.hpp"

namespace medusa {

namespace {

using Texts = std::vector<std::string>;
using Catch::Matchers::Contains;

Texts texts(const std::vector<Statement>& statements) {
  Texts result;
  for (const Statement& statement : statements) {
    result.push_back(statement.text);
  }
  return result;
}

/// What is wrong with the file, located.
Diagnostic problem_of(std::string_view content) {
  try {
    static_cast<void>(parse_sql_migration(content));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Build);
    REQUIRE(error.first().location.has_value());
    CHECK(error.first().location->file.empty());
    return error.first();
  }
  FAIL("no error");
  return {};
}

void check_problem(std::string_view content, int line, int column, const std::string& message) {
  const Diagnostic problem = problem_of(content);
  CHECK_THAT(problem.message, Contains(message));
  CHECK(problem.location->line == line);
  CHECK(problem.location->column == column);
}

std::string name_of(const char* file) {
  const auto name = sql_migration_name(file);
  return name.has_value() ? name->name : "none";
}

/// What TypeORM makes of the names, asked in one go.
Texts camel_cases(const Texts& names) {
  const std::string script =
      "const { camelCase } = require(\"typeorm/util/StringUtils\");"
      "const names = JSON.parse(process.argv[1]);"
      "console.log(JSON.stringify(names.map((name) => camelCase(name, true))));";
  const Outcome outcome =
      run_program("node", project_root(), {"-e", script, nlohmann::json(names).dump()});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 0);
  return nlohmann::json::parse(outcome.output).get<Texts>();
}

SqlMigration loyalty(const std::string& file) {
  return parse_sql_migration(
      read_file(project_root() / "plugins/medusa-plugin-loyalty/src/migrations" / file));
}

}  // namespace

TEST_CASE("a file's sections are its statements up and down", "[sql]") {
  const SqlMigration migration = parse_sql_migration(
      "-- migrate:up\nCREATE TABLE a ();\nCREATE TABLE b ();\n-- migrate:down\nDROP TABLE b, a;\n");
  CHECK(texts(migration.up) == Texts{"CREATE TABLE a ()", "CREATE TABLE b ()"});
  CHECK(texts(migration.down) == Texts{"DROP TABLE b, a"});
  CHECK(migration.has_down);
  CHECK_FALSE(migration.transaction.has_value());
}

TEST_CASE("statements are placed in the file, not in their section", "[sql]") {
  const std::string content = "-- ü\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n";
  const SqlMigration migration = parse_sql_migration(content);
  CHECK(migration.up.at(0).offset == content.find("SELECT 1"));
  CHECK(migration.down.at(0).offset == content.find("SELECT 2"));
}

TEST_CASE("sections may come in any order, and the second may be missing", "[sql]") {
  const SqlMigration swapped =
      parse_sql_migration("-- migrate:down\nSELECT 2;\n-- migrate:up\nSELECT 1;");
  CHECK(texts(swapped.up) == Texts{"SELECT 1"});
  CHECK(texts(swapped.down) == Texts{"SELECT 2"});
  CHECK_FALSE(parse_sql_migration("-- migrate:up\nSELECT 1").has_down);
}

TEST_CASE("a section without statements is a section", "[sql]") {
  const SqlMigration migration = parse_sql_migration("-- migrate:up\n-- migrate:down");
  CHECK(migration.up.empty());
  CHECK(migration.down.empty());
  CHECK(migration.has_down);
}

TEST_CASE("blanks around a marker do not matter", "[sql]") {
  const SqlMigration migration =
      parse_sql_migration("  --migrate:up  \nSELECT 1;\n\t--\tmigrate:down\t\nSELECT 2;");
  CHECK(texts(migration.up) == Texts{"SELECT 1"});
  CHECK(texts(migration.down) == Texts{"SELECT 2"});
}

TEST_CASE("markers inside of literals, function bodies and block comments are none", "[sql]") {
  const SqlMigration migration = parse_sql_migration(
      "-- migrate:up\n"
      "SELECT '\n-- migrate:down\n';\n"
      "SELECT \"\n-- migrate:down\n\" FROM a;\n"
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n-- migrate:down\nSELECT 1;\n$$;\n"
      "/*\n-- migrate:down\n*/\n"
      "SELECT 4;\n"
      "-- migrate:down\n"
      "SELECT 5;\n");
  CHECK(migration.up.size() == 4);
  CHECK(texts(migration.down) == Texts{"SELECT 5"});
}

TEST_CASE("comments may stand before the first section", "[sql]") {
  const SqlMigration migration = parse_sql_migration(
      "-- what for\n/* and why;\n-- migrate:down */\n\n-- migrate:up\nSELECT 1;");
  CHECK(texts(migration.up) == Texts{"SELECT 1"});
  CHECK_FALSE(migration.has_down);
}

TEST_CASE("files from Windows are read like others", "[sql]") {
  const SqlMigration migration = parse_sql_migration(
      "-- migrate:up transaction:false\r\nSELECT 1;\r\n\r\n-- migrate:down\r\nSELECT 2;\r\n");
  CHECK(texts(migration.up) == Texts{"SELECT 1"});
  CHECK(texts(migration.down) == Texts{"SELECT 2"});
  CHECK(migration.transaction == false);
}

TEST_CASE("a byte order mark is no part of the SQL", "[sql]") {
  const std::string content = "\xEF\xBB\xBF-- migrate:up\nSELECT 1;\n";
  const SqlMigration migration = parse_sql_migration(content);
  REQUIRE(texts(migration.up) == Texts{"SELECT 1"});
  CHECK(migration.up.at(0).offset == content.find("SELECT"));
}

TEST_CASE("a file says whether it may run in a transaction", "[sql]") {
  CHECK(parse_sql_migration("-- migrate:up transaction:false\nSELECT 1;").transaction == false);
  CHECK(parse_sql_migration("-- migrate:up transaction:true\nSELECT 1;").transaction == true);
  CHECK(parse_sql_migration("-- migrate:up\n-- migrate:down transaction:false\n").transaction ==
        false);
  CHECK_FALSE(parse_sql_migration("-- migrate:up\n-- migrate:down\n").transaction.has_value());
}

TEST_CASE("a file without an up section is refused", "[sql]") {
  check_problem("", 1, 1, "no '-- migrate:up' section");
  check_problem("-- nothing\n", 1, 1, "no '-- migrate:up' section");
  check_problem("-- migrate:down\nSELECT 1;", 1, 1, "no '-- migrate:up' section");
}

TEST_CASE("SQL before the first section is refused where it begins", "[sql]") {
  check_problem("-- a\n\n  SELECT 1;\n-- migrate:up\n", 3, 3, "SQL before the first section");
  check_problem("SELECT 1;", 1, 1, "SQL before the first section");
}

TEST_CASE("a section that comes twice is refused where it comes again", "[sql]") {
  check_problem("-- migrate:up\nSELECT 1;\n-- migrate:up\n", 3, 1, "second '-- migrate:up'");
  check_problem(
      "-- migrate:up\n-- migrate:down\n -- migrate:down\n", 3, 2, "second '-- migrate:down'");
}

TEST_CASE("an unknown section is refused", "[sql]") {
  check_problem("-- migrate:up\n\n-- migrate:sideways\n", 3, 1, "unknown section 'sideways'");
  check_problem("-- migrate:\n", 1, 1, "unknown section ''");
}

TEST_CASE("an unknown option is refused", "[sql]") {
  check_problem("-- a\n-- migrate:up transaction:no\n", 2, 1, "unknown option 'transaction:no'");
  check_problem("-- migrate:up\n-- migrate:down force\n", 2, 1, "unknown option 'force'");
}

TEST_CASE("SQL that does not parse is refused at its line and column of the file", "[sql]") {
  check_problem("-- migrate:up\nSELECT 1;\n  SELEKT 2;\n-- migrate:down\n", 3, 3, "SELEKT");
  check_problem("-- migrate:up\nSELECT 1;\n-- migrate:down\n\n\nSELECT 'ü' FRM 1;\n", 6, 16, "1");
  check_problem("-- ü\r\n-- migrate:up\r\nSELECT 'ü', FROM;\r\n", 3, 13, "FROM");
  CHECK(problem_of("-- migrate:up\r\nSELEKT 1;\r\n").location->text == "SELEKT 1;");
}

TEST_CASE("a statement that reaches into the next section is refused", "[sql]") {
  CHECK_THAT(problem_of("-- migrate:up\nCREATE TABLE a (\n-- migrate:down\nDROP TABLE a;").message,
             Contains("end of input"));
  check_problem("-- migrate:up\nSELECT 'a\n-- migrate:down\nSELECT 1;", 2, 8, "unterminated");
}

TEST_CASE("the loyalty plugin's first migration is read", "[sql]") {
  const SqlMigration migration = loyalty("1695807412366-create-loyalty-account.sql");
  CHECK(migration.up.size() == 4);
  CHECK_THAT(migration.up.at(3).text, Contains("CREATE UNIQUE INDEX") && Contains("points > 0"));
  CHECK(texts(migration.down) == Texts{"DROP TABLE loyalty_entry", "DROP TABLE loyalty_account"});
}

TEST_CASE("the loyalty plugin's second migration is read, with all its traps", "[sql]") {
  const SqlMigration migration = loyalty("1703152088541-keep-loyalty-balance.sql");
  CHECK(migration.up.size() == 7);
  CHECK_THAT(
      migration.up.at(4).text,
      Catch::Matchers::StartsWith("CREATE FUNCTION") && Catch::Matchers::EndsWith("$apply$"));
  CHECK_THAT(migration.up.at(6).text, Catch::Matchers::EndsWith("below -- migrate:down'"));
  CHECK(migration.down.size() == 3);
}

TEST_CASE("a migration's name is made of its file's name", "[sql]") {
  CHECK(name_of("1700000000000-add-reviews.sql") == "AddReviews1700000000000");
  CHECK(name_of("a/b/1700000000000-addReviews.sql") == "AddReviews1700000000000");
  CHECK(name_of("1700000000000-add.two.reviews.sql") == "Add.two.reviews1700000000000");
  CHECK(name_of("1700000000000-1.sql") == "11700000000000");
  CHECK(sql_migration_name("1700000000001-a.sql")->timestamp == 1700000000001);
  CHECK(sql_migration_name("0000000000001-a.sql")->timestamp == 1);
}

TEST_CASE("other files are no SQL migrations", "[sql]") {
  for (const char* file : {"add-reviews.sql",
                           "170000000000-a.sql",
                           "17000000000000-a.sql",
                           "1700000000000-a.txt",
                           "1700000000000-a",
                           "1700000000000-.sql",
                           "1700000000000_a.sql",
                           "1700000000000.sql",
                           "170000000000x-a.sql",
                           ".sql",
                           ""}) {
    CHECK(name_of(file) == "none");
  }
}

TEST_CASE("class names are the ones TypeORM makes", "[sql]") {
  const Texts names{"user",
                    "User",
                    "USER",
                    "userChanged",
                    "UserChanged",
                    "user-changed",
                    "user_changed",
                    "user changed",
                    "user--changed",
                    "user__changed",
                    "user  changed",
                    "user-_changed",
                    "user_-changed",
                    "-user",
                    "_user",
                    " user",
                    "--user",
                    "__user",
                    "user-",
                    "user_",
                    "user ",
                    "user--",
                    "user__",
                    "user.changed",
                    "user.-changed",
                    "user-.changed",
                    "1user",
                    "user1",
                    "user-1",
                    "user-1st-thing",
                    "2024-01-02",
                    "a",
                    "-",
                    "_",
                    "__",
                    "___",
                    "",
                    " ",
                    "a-b-c-d",
                    "a_b_c_d",
                    "ABC-def",
                    "abc-DEF",
                    "user\tchanged",
                    "user\nchanged",
                    "user$changed",
                    "user-$changed",
                    "übung",
                    "user-übung",
                    "größe-ändern",
                    "漢字-a",
                    "a+b",
                    "a-b_c d",
                    "x_1_y",
                    "x__1",
                    "_1_"};
  const Texts expected = camel_cases(names);
  REQUIRE(expected.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    INFO("name '" << names[i] << "'");
    CHECK(class_case(names[i]) == expected[i]);
  }
}

TEST_CASE("the head of a file declares its place", "[sql]") {
  const SqlMigration migration = parse_sql_migration(
      "-- Points.\n"
      "-- medusa:after medusa-plugin-reviews\n"
      "  --  medusa:before   @acme/x@>=1 <2/Add1  \n"
      "-- migrate:up\n"
      "/* medusa:after nobody */ -- medusa:after ?a\n"
      "SELECT '-- medusa:after text';\n");
  const auto at = [](int line, int column) { return Location{.line = line, .column = column}; };
  CHECK(migration.order ==
        std::vector<OrderDeclaration>{
            {.other = "medusa-plugin-reviews", .place = at(2, 17)},
            {.relation = OrderRelation::Before, .other = "@acme/x@>=1 <2/Add1", .place = at(3, 23)},
            {.other = "?a", .place = at(5, 43)}});
  CHECK(parse_sql_migration("-- migrate:up\nSELECT 1;").order.empty());
}

TEST_CASE("a declaration that is none, or not in the head, is refused", "[sql]") {
  const Diagnostic word = problem_of("-- medusa:aftr a\n-- migrate:up\nSELECT 1;");
  CHECK(word.message == "unknown declaration 'medusa:aftr'");
  CHECK(word.hint == "did you mean 'medusa:after'?");
  CHECK(word.location->column == 11);
  CHECK(problem_of("-- medusa:after\n-- migrate:up\nSELECT 1;").message ==
        "'medusa:after' names nobody");
  const Diagnostic late = problem_of("-- migrate:up\nSELECT 1; -- medusa:after a\n");
  CHECK(late.message == "a declaration behind the first statement");
  CHECK(late.location->line == 2);
  CHECK_THAT(problem_of("-- migrate:up\nSELECT 1;\n-- migrate:down\n-- medusa:after a\n").message,
             Contains("behind the first statement"));
}

}  // namespace medusa
