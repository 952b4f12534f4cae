// SPDX-License-Identifier: MIT
#include "medusa/sql/statement.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Texts = std::vector<std::string>;
using Catch::Matchers::Contains;

Texts texts(std::string_view sql) {
  Texts result;
  for (const Statement& statement : split_statements(sql)) {
    // Whatever else is right or wrong: an offset is where the text stands.
    CHECK(sql.substr(statement.offset, statement.text.size()) == statement.text);
    result.push_back(statement.text);
  }
  return result;
}

TransactionEffect effect(std::string_view sql) {
  const std::vector<Statement> statements = split_statements(sql);
  REQUIRE(statements.size() == 1);
  return statements.front().effect;
}

Diagnostic problem_of(std::string_view sql) {
  try {
    static_cast<void>(split_statements(sql));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Build);
    return error.first();
  }
  FAIL("no error");
  return {};
}

}  // namespace

TEST_CASE("text without a statement has none", "[sql]") {
  CHECK(texts("").empty());
  CHECK(texts(" \n\t").empty());
  CHECK(texts("-- only a comment").empty());
  CHECK(texts("/* only a comment */ -- and another").empty());
  CHECK(texts(";;\n;").empty());
}

TEST_CASE("statements end at their semicolons, the last needs none", "[sql]") {
  CHECK(texts("SELECT 1; SELECT 2") == Texts{"SELECT 1", "SELECT 2"});
  CHECK(texts("SELECT 1;SELECT 2;") == Texts{"SELECT 1", "SELECT 2"});
  CHECK(texts(";;SELECT 1;;\n;SELECT 2;;") == Texts{"SELECT 1", "SELECT 2"});
}

TEST_CASE("a statement's text is what stands between its first and last token", "[sql]") {
  CHECK(texts("  \n SELECT 1  \n ;") == Texts{"SELECT 1"});
  CHECK(texts("/* a */ SELECT /* b */ 1 /* c */; -- d\n SELECT 2 -- e\n") ==
        Texts{"SELECT /* b */ 1", "SELECT 2"});
  CHECK(texts("SELECT 1 -- no end\n") == Texts{"SELECT 1"});
}

TEST_CASE("semicolons in literals and comments end nothing", "[sql]") {
  CHECK(texts("SELECT ';' ; SELECT 2") == Texts{"SELECT ';'", "SELECT 2"});
  CHECK(texts(R"(SELECT ";" ; SELECT 2)") == Texts{R"(SELECT ";")", "SELECT 2"});
  CHECK(texts("SELECT 1 -- ; x\n + 1; SELECT 2") == Texts{"SELECT 1 -- ; x\n + 1", "SELECT 2"});
  CHECK(texts("SELECT 1 /* ; */ + 1; SELECT 2") == Texts{"SELECT 1 /* ; */ + 1", "SELECT 2"});
  CHECK(texts("SELECT $$;$$; SELECT 2") == Texts{"SELECT $$;$$", "SELECT 2"});
  CHECK(texts("SELECT $a$ $$;$b$ $a$; SELECT 2") == Texts{"SELECT $a$ $$;$b$ $a$", "SELECT 2"});
}

TEST_CASE("nested comments end with the outermost", "[sql]") {
  CHECK(texts("/* a /* b; */ c; */ SELECT 1; SELECT /* /* ; */ */ 2") ==
        Texts{"SELECT 1", "SELECT /* /* ; */ */ 2"});
}

TEST_CASE("a statement may end with any kind of token", "[sql]") {
  const std::string statement = GENERATE(as<std::string>{},
                                         "SELECT 'it''s'",
                                         R"(SELECT E'a\'b')",
                                         R"(SELECT E'a\\')",
                                         R"(SELECT 1 AS "a""b")",
                                         R"(SELECT U&'d\0061t')",
                                         R"(SELECT U&'/* ; */ -- it''s')",
                                         R"(SELECT U&'d!0061t' UESCAPE '!')",
                                         R"(SELECT 1 AS U&"d\0061t")",
                                         "SELECT 'one'\n  'two'",
                                         "SELECT B'01'",
                                         "SELECT X'1F'",
                                         "SELECT N'x'",
                                         "SELECT $$ body $$",
                                         "SELECT $t$ ; -- $$ $t$",
                                         "SELECT 1.5e10",
                                         "SELECT .5",
                                         "SELECT (1)",
                                         "SELECT a[1]",
                                         "SELECT 'ü'",
                                         "SELECT 1 AS größe",
                                         "SELECT a.*",
                                         "SELECT ''",
                                         "SELECT 1::text COLLATE \"C\"");
  CHECK(texts(statement) == Texts{statement});
  CHECK(texts("SELECT 1; " + statement + " ;\n SELECT 2") ==
        Texts{"SELECT 1", statement, "SELECT 2"});
  CHECK(texts(statement + " -- comment") == Texts{statement});
  CHECK(texts(statement + " /* comment */;") == Texts{statement});
}

TEST_CASE("function bodies stay in one piece", "[sql]") {
  const std::string quoted =
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$\nBEGIN\n  UPDATE a SET b = 1;\n"
      "  RETURN NULL; -- done\nEND;\n$f$";
  const std::string atomic =
      "CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END";
  const std::string procedure =
      "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO a VALUES (1); DELETE FROM a; END";
  const std::string block = "DO $$ BEGIN PERFORM 1; PERFORM 2; END $$";
  const std::string rule =
      "CREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (1); DELETE FROM c)";
  CHECK(texts(quoted + ";\n" + atomic + ";\n" + procedure + ";" + block + ";" + rule +
              ";SELECT 3") == Texts{quoted, atomic, procedure, block, rule, "SELECT 3"});
}

TEST_CASE("offsets count bytes, whatever stands before", "[sql]") {
  const std::string sql = "-- größer als 🐘\nSELECT 'ü🐘'; /* 漢字 */ SELECT 'zwei'";
  const std::vector<Statement> statements = split_statements(sql);
  REQUIRE(statements.size() == 2);
  CHECK(statements[0].text == "SELECT 'ü🐘'");
  CHECK(statements[0].offset == sql.find("SELECT"));
  CHECK(statements[1].text == "SELECT 'zwei'");
  CHECK(statements[1].offset == sql.rfind("SELECT"));
}

TEST_CASE("statements are found however far apart comments put them", "[sql]") {
  const std::string comment = "/* " + std::string(200000, 'x') + " ü; */\n-- ; ü\n";
  const std::string sql = comment + "SELECT 1;" + comment + comment + "SELECT 2" + comment;
  CHECK(texts(sql) == Texts{"SELECT 1", "SELECT 2"});
}

TEST_CASE("a thousand statements stay in order", "[sql]") {
  std::string sql;
  Texts expected;
  for (int i = 0; i < 1000; ++i) {
    expected.push_back("INSERT INTO a VALUES (" + std::to_string(i) + ", 'ü;')");
    sql += expected.back() + (i % 3 == 0 ? "; -- ;\n" : ";");
  }
  CHECK(texts(sql) == expected);
}

TEST_CASE("line ends of Windows change nothing", "[sql]") {
  CHECK(texts("-- a\r\nSELECT 1;\r\n\r\nSELECT\r\n2;\r\n") == Texts{"SELECT 1", "SELECT\r\n2"});
}

TEST_CASE("statements that begin a transaction are known", "[sql]") {
  for (const char* sql : {"BEGIN",
                          "begin work",
                          "BEGIN ISOLATION LEVEL SERIALIZABLE",
                          "START TRANSACTION",
                          "START TRANSACTION READ ONLY"}) {
    CHECK(effect(sql) == TransactionEffect::Begins);
  }
}

TEST_CASE("statements that end a transaction are known", "[sql]") {
  for (const char* sql : {"COMMIT",
                          "commit work",
                          "END",
                          "END TRANSACTION",
                          "ROLLBACK",
                          "ABORT",
                          "COMMIT AND CHAIN",
                          "ROLLBACK AND CHAIN",
                          "PREPARE TRANSACTION 'x'"}) {
    CHECK(effect(sql) == TransactionEffect::Ends);
  }
}

TEST_CASE("other statements do nothing to the transaction", "[sql]") {
  for (const char* sql : {"SELECT 1",
                          "SAVEPOINT a",
                          "RELEASE SAVEPOINT a",
                          "ROLLBACK TO SAVEPOINT a",
                          "SET TRANSACTION READ ONLY",
                          "DO $$ BEGIN COMMIT; END $$",
                          "PREPARE p AS SELECT 1",
                          "COMMIT PREPARED 'x'",
                          "ROLLBACK PREPARED 'x'",
                          "SELECT 'COMMIT'"}) {
    CHECK(effect(sql) == TransactionEffect::None);
  }
}

TEST_CASE("COPY is a statement, the data that psql would read are none", "[sql]") {
  CHECK(texts("COPY a FROM STDIN; SELECT 1") == Texts{"COPY a FROM STDIN", "SELECT 1"});
  CHECK_THAT(problem_of("COPY a FROM STDIN;\n1\tx\n\\.\n").message, Contains("syntax error"));
}

TEST_CASE("a syntax error is at its line and column", "[sql]") {
  const Diagnostic problem = problem_of("SELECT 1;\nSELECT 2;\n  CREATE TABEL x ();\n");
  CHECK_THAT(problem.message, Contains("syntax error") && Contains("TABEL"));
  REQUIRE(problem.location.has_value());
  CHECK(problem.location->line == 3);
  CHECK(problem.location->column == 10);
  CHECK(problem.location->text == "  CREATE TABEL x ();");
}

TEST_CASE("characters of several bytes before an error count as one", "[sql]") {
  const Diagnostic problem = problem_of("-- 🐘🐘 größer\nSELECT 'ü🐘漢' FRM a");
  REQUIRE(problem.location.has_value());
  CHECK(problem.location->line == 2);
  CHECK(problem.location->column == 18);
}

TEST_CASE("an end that comes too early is an error at the end", "[sql]") {
  const Diagnostic problem = problem_of("SELECT 1;\nCREATE TABLE a (");
  CHECK_THAT(problem.message, Contains("end of input"));
  REQUIRE(problem.location.has_value());
  CHECK(problem.location->line == 2);
}

TEST_CASE("what never ends is an error where it begins", "[sql]") {
  for (const char* sql : {"SELECT 1;\n 'never",
                          "SELECT 1;\n $$never",
                          "SELECT 1;\n /* never",
                          "SELECT 1;\n \"never"}) {
    const Diagnostic problem = problem_of(sql);
    CHECK_THAT(problem.message, Contains("unterminated"));
    REQUIRE(problem.location.has_value());
    CHECK(problem.location->line == 2);
    CHECK(problem.location->column == 2);
  }
}

TEST_CASE("a NUL byte is an error: the parser would stop reading there", "[sql]") {
  const std::string sql("SELECT 1;\nDROP\0TABLE a; SELECT 2", 32);
  const Diagnostic problem = problem_of(sql);
  REQUIRE(problem.location.has_value());
  CHECK(problem.location->line == 2);
  CHECK(problem.location->column == 5);
}

}  // namespace medusa
