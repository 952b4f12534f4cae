// SPDX-License-Identifier: MIT
// What is wrong with a file, and where.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/config/load.hpp"

#include "temporary_tree.hpp"

namespace medusa {

namespace {

std::vector<Diagnostic> problems_in(const std::string& text) {
  return test::problems_of([&] { (void)parse_config(text, "/shop/medusa.toml"); });
}

/// The only problem of a text.
Diagnostic problem_in(const std::string& text) {
  CAPTURE(text);
  const std::vector<Diagnostic> problems = problems_in(text);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Config);
  REQUIRE(problems[0].location.has_value());
  CHECK(problems[0].location->file == "/shop/medusa.toml");
  return problems[0];
}

std::string everything_said(const std::vector<Diagnostic>& problems) {
  std::string text;
  for (const Diagnostic& problem : problems) {
    text += problem.message + '\n' + problem.hint + '\n';
    text += problem.location ? problem.location->text + '\n' : std::string();
    for (const std::string& note : problem.notes) {
      text += note + '\n';
    }
  }
  return text;
}

}  // namespace

TEST_CASE("broken TOML is reported with line, column, the line and the reason", "[config]") {
  const Diagnostic problem = problem_in("[workspace]\nname = \"shop\"\nbackend = back end\n");
  CHECK_THAT(problem.message, Catch::StartsWith("'medusa.toml' is not valid TOML: "));
  CHECK_THAT(problem.message, Catch::Contains("could not determine value type"));
  CHECK(problem.location->line == 3);
  CHECK(problem.location->column == 11);
  CHECK(problem.location->text == "backend = back end");
}

TEST_CASE("a key or table that is there twice is broken TOML", "[config]") {
  CHECK_THAT(problem_in("[build]\ncommand = 'a'\ncommand = 'b'\n").message,
             Catch::Contains("cannot redefine"));
  CHECK(problem_in("[build]\n[database]\n[build]\n").location->line == 3);
}

TEST_CASE("a malformed table header is an error, not a failed assertion", "[config]") {
  for (const char* text :
       {"[,workspace]", "[ =a]", "[[,a]]", "[a.,b]", "[", "[]", "[a", "a.", "= 1"}) {
    CHECK_THAT(problem_in(text).message, Catch::Contains("is not valid TOML"));
  }
}

TEST_CASE("text that is not UTF-8 is broken TOML", "[config]") {
  CHECK(problem_in("[workspace]\nname = \"\xff\xfe\"\n").location->line == 2);
}

TEST_CASE("a file with Windows line ends and a byte order mark is read", "[config]") {
  CHECK(
      parse_config("\xEF\xBB\xBF[workspace]\r\nname = 'shop'\r\n", "m.toml").workspace.name.value ==
      "shop");
}

TEST_CASE("a mistyped key is an error that suggests the right one", "[config]") {
  const Diagnostic problem = problem_in("[workspace]\n  backnd = \"backend\"\n");
  CHECK(problem.message == "unknown key 'workspace.backnd'");
  CHECK(problem.hint == "did you mean 'backend'?");
  CHECK(problem.location->line == 2);
  CHECK(problem.location->column == 3);
  CHECK(problem.location->text == "  backnd = \"backend\"");
}

TEST_CASE("a mistyped table is an error that suggests the right one", "[config]") {
  const Diagnostic problem = problem_in("[databse]\nurl = 'x'\n");
  CHECK(problem.message == "unknown table 'databse'");
  CHECK(problem.hint == "did you mean 'database'?");
  CHECK(problem.location->line == 1);
}

TEST_CASE("a key in the wrong table is an error that names the right one", "[config]") {
  CHECK(problem_in("[database]\ntransaction = 'each'\n").hint ==
        "did you mean 'migrations.transaction'?");
  const Diagnostic at_top = problem_in("plugins = []\n");
  CHECK(at_top.message == "unknown key 'plugins'");
  CHECK(at_top.hint == "did you mean 'workspace.plugins'?");
}

TEST_CASE("a key without any likeness gets the list of what there is", "[config]") {
  CHECK(problem_in("[database]\nconnection_pool = 5\n").hint ==
        "known keys of [database]: url, schema, extensions");
  CHECK(problem_in("zzz = 5\n").hint ==
        "known tables: workspace, feature_flags, database, migrations, late, order, build");
}

TEST_CASE("a value of the wrong type is an error that says what was found", "[config]") {
  struct Case {
    const char* text;
    const char* message;
  };

  const std::vector<Case> cases{
      {"workspace = 5", "'workspace' must be a table, found an integer"},
      {"[[build]]", "'build' must be a table, found an array"},
      {"order.a = 5", "'order.a' must be a table, found an integer"},
      {"order.a.after = 'b'", "'order.a.after' must be an array of strings, found a string"},
      {"order.a.after = [1]", "'order.a.after[0]' must be a string, found an integer"},
      {"workspace.name = true", "'workspace.name' must be a string, found a boolean"},
      {"workspace.backend = ['a']", "'workspace.backend' must be a string, found an array"},
      {"workspace.core = 1.5", "'workspace.core' must be a string, found a float"},
      {"workspace.plugins = 'a'",
       "'workspace.plugins' must be an array of strings, found a string"},
      {"workspace.plugins = ['a', 2]", "'workspace.plugins[1]' must be a string, found an integer"},
      {"workspace.plugins = [{resolve = 'a'}]",
       "'workspace.plugins[0]' must be a string, found a table"},
      {"feature_flags.x = 1",
       "'feature_flags.x' must be a boolean, a string or a table of booleans, found an integer"},
      {"feature_flags.x.y = 'z'", "'feature_flags.x.y' must be a boolean, found a string"},
      {"database.url = 5432", "'database.url' must be a string, found an integer"},
      {"database.schema = 1979-05-27", "'database.schema' must be a string, found a date"},
      {"database.schema = 07:32:00", "'database.schema' must be a string, found a time"},
      {"database.schema = 1979-05-27T07:32:00Z",
       "'database.schema' must be a string, found a date-time"},
      {"database.extensions = true",
       "'database.extensions' must be an array of strings, found a boolean"},
      {"database.extensions = [[]]", "'database.extensions[0]' must be a string, found an array"},
      {"migrations.transaction = false",
       "'migrations.transaction' must be a string, found a boolean"},
      {"migrations.host_timeout = 1.5",
       "'migrations.host_timeout' must be a number of seconds or a string like '5m', found a "
       "float"},
      {"migrations.run_lock_timeout = []",
       "'migrations.run_lock_timeout' must be a number of seconds or a string like '5m', found an "
       "array"},
      {"build.command = ['npm']", "'build.command' must be a string, found an array"},
  };
  for (const Case& each : cases) {
    const Diagnostic problem = problem_in(each.text);
    CHECK(problem.message == each.message);
    CHECK_FALSE(problem.hint.empty());
  }
}

TEST_CASE("a wrong value is located where it is, not where its key is", "[config]") {
  const Diagnostic problem = problem_in("[workspace]\nplugins = [\n  'a',\n  42,\n]\n");
  CHECK(problem.location->line == 4);
  CHECK(problem.location->column == 3);
  CHECK(problem.location->text == "  42,");
  CHECK(problem.hint == "plugins = [\"...\"]");
}

TEST_CASE("an empty or unusable string is an error", "[config]") {
  CHECK(problem_in("workspace.backend = ''").message == "'workspace.backend' must not be empty");
  CHECK(problem_in("workspace.plugins = ['a', ' ']").message ==
        "'workspace.plugins[1]' must not be empty");
  CHECK(problem_in("build.command = \"a\\u0000b\"").message ==
        "'build.command' must not contain a NUL character");
}

TEST_CASE("an unknown transaction mode is an error that suggests one", "[config]") {
  const Diagnostic problem = problem_in("[migrations]\ntransaction = 'eech'\n");
  CHECK(problem.message ==
        "'migrations.transaction' must be 'all', 'each' or 'none', found 'eech'");
  CHECK(problem.hint == "did you mean 'each'?");
  CHECK(problem_in("migrations.transaction = 'serializable'").hint == "transaction = \"all\"");
}

TEST_CASE("a duration out of its range or form is an error", "[config]") {
  CHECK(problem_in("migrations.host_timeout = 0").message ==
        "'migrations.host_timeout' must be a duration from 1 second to one year, found '0'");
  CHECK(problem_in("migrations.run_lock_timeout = -1").message ==
        "'migrations.run_lock_timeout' must be a duration from 0 seconds to one year, found '-1'");
  CHECK(problem_in("migrations.run_lock_timeout = 'soon'").hint == "run_lock_timeout = \"5m\"");
  CHECK(problems_in("migrations.run_lock_timeout = 0").empty());
}

TEST_CASE("all problems of a file come together in the order of their places", "[config]") {
  const std::vector<Diagnostic> problems = problems_in(R"([migrations]
transaction = "never"
[workspace]
core = 1
plugin = []
[database]
url = "${SHOP_DB}"
extensions = [1, 2]
[zzz]
)");
  std::vector<int> found_lines;
  for (const Diagnostic& problem : problems) {
    found_lines.push_back(problem.location->line);
  }
  CHECK(found_lines == std::vector<int>{2, 4, 5, 7, 8, 8, 9});
  CHECK(problems[4].location->column < problems[5].location->column);
}

TEST_CASE("no error shows the database's password", "[config]") {
  for (const char* text : {"[database]\nurl = \"postgres://u:hunter2@h/db\" x\n",
                           "[database]\nurl = \"postgres://u:hun\"ter2@h/db\"\n",
                           "[database]\nurl = postgres://u:hunter2@h/db\n",
                           "[database]\nurl = \"postgres://u:hunter2\nschema = 's'\n",
                           "[database]\nurl = \"postgres://u:hunter2\\q@h/db\"\n",
                           "[database]\nurl = \"postgres://u:hunter2@h/${DB}\"\n",
                           "[database]\nurl = \"postgres://u:${hunter2 }@h/db\"\n",
                           "[database]\nurl = \"postgres://u:${hunter2@h/db\"\n",
                           "[database]\nurl = [\"postgres://u:hunter2@h/db\"]\n",
                           "[database]\nur = \"postgres://u:hunter2@h/db\"\n",
                           "[database]\nurl = \"host=h password=hunter2 dbname=${DB}\"\n",
                           "[database]\npassword = hunter2\n"}) {
    CAPTURE(text);
    const std::vector<Diagnostic> problems = problems_in(text);
    CHECK_FALSE(problems.empty());
    const std::string said = everything_said(problems);
    CHECK_THAT(said, !Catch::Contains("hunter2"));
    CHECK_THAT(said, !Catch::Contains("ter2"));
  }
}

}  // namespace medusa
