// SPDX-License-Identifier: MIT
// JavaScript migrations in the Node host: they see the database as they do under the real TypeORM,
// and however they end, the program says so and the database is as it was.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

#include "oracle/oracle.hpp"
#include "small_shop.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

/// A migration in JavaScript whose up() has this body.
std::string javascript_migration(const std::string& class_name, const std::string& body) {
  return "exports." + class_name + " = class " + class_name +
         " {\n  async up(queryRunner) {\n    " + body + "\n  }\n\n  async down() {}\n};\n";
}

std::string probe(const std::string& name) {
  return read_file(project_root() / "tests" / "integration" / "oracle" / name);
}

/// A shop with one plugin, "probe", and a database of its own.
struct ProbeShop {
  TestDatabase database = {};
  SmallShop shop{database.url()};

  [[nodiscard]] fs::path built() const {
    return shop.root() / "plugins" / "probe" / "dist" / "migrations";
  }

  [[nodiscard]] fs::path report(const std::string& whose) const { return shop.root() / whose; }

  /// Runs everything with us on our database and with TypeORM on theirs; both write a report.
  void run_both(const TestDatabase& theirs, const Variables& environment = {}) const {
    Variables variables = environment;
    variables["PROBE_FILE"] = report("ours").string();
    CHECK_EXIT(shop.migrations({"run"}, variables), 0);
    variables["PROBE_FILE"] = report("theirs").string();
    CHECK_EXIT(
        run_typeorm(shop, {"folder", built().string(), "run", theirs.url(), "all"}, variables), 0);
  }

  void check_same(const TestDatabase& theirs) const {
    CHECK(difference(shop.read("ours"), shop.read("theirs")) == "");
    CHECK(difference(database.dump_without_record(), theirs.dump()) == "");
    CHECK(history_of(database) == history_of(theirs));
  }
};

/// For texts that are too long to be printed.
bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A migration that must fail.
struct Failing {
  std::string what = {};
  std::string body = {};
  int exit_code = 7;
  std::vector<std::string> said = {};  ///< All of this is on stderr.
};

/// The migration before it succeeds, and must be undone with it.
void check_failure(const Failing& failing, const std::string& toml = {}) {
  INFO(failing.what);
  const TestDatabase database;
  database.execute("CREATE TABLE kept AS SELECT 1 AS n");
  const SmallShop shop(database.url());
  shop.configure(toml);
  shop.add("probe",
           "1700000000001-good.js",
           javascript_migration("Good1700000000001",
                                "await queryRunner.query('CREATE TABLE made ()');\n"
                                "    await queryRunner.query('UPDATE kept SET n = 2');"));
  shop.add("probe", "1700000000002-bad.js", javascript_migration("Bad1700000000002", failing.body));
  const std::string before = database.dump();
  const Outcome outcome = shop.migrations({"run"});
  CHECK_EXIT(outcome, failing.exit_code);
  INFO(outcome.errors);
  CHECK(outcome.output.empty());
  for (const std::string& text : failing.said) {
    CHECK_THAT(outcome.errors, Catch::Contains(text));
  }
  CHECK_THAT(outcome.errors, Catch::Contains("probe/Bad1700000000002"));
  CHECK_THAT(outcome.errors, Catch::Contains("everything was rolled back"));
  CHECK(difference(database.dump(), before) == "");
}

}  // namespace

TEST_CASE("a migration gets results as node-postgres gives them", "[host]") {
  const ProbeShop probes;
  const TestDatabase theirs;
  probes.shop.add("probe", "1700000000001-results.cjs", probe("results.cjs"));
  probes.run_both(theirs, {{"TZ", "Pacific/Chatham"}});
  const std::string report = probes.shop.read("ours");
  CHECK(contains(report, "c: '9223372036854775807'"));
  CHECK(contains(report, "division by zero"));
  // The first one that is refused is meant to be.
  CHECK(lines(report.substr(0, report.find("QueryFailedError"))).size() > 9000);
  CHECK(report.rfind("--- ", report.find("QueryFailedError")) == report.find("--- SELECT 1 / 0"));
  probes.check_same(theirs);
}

TEST_CASE("a migration may use all of the QueryRunner", "[host]") {
  const ProbeShop probes;
  const TestDatabase theirs;
  probes.shop.add("probe", "1700000000002-query-runner.cjs", probe("query_runner.cjs"));

  SECTION("in the schema public") {}

  SECTION("where public is not the first of the search path") {
    for (const TestDatabase* database : {&probes.database, &theirs}) {
      database->execute("CREATE SCHEMA other; ALTER DATABASE " + database->name() +
                        " SET search_path = other, public");
    }
  }

  probes.run_both(theirs);
  CHECK_THAT(probes.shop.read("ours"), Catch::Contains("caught: "));
  CHECK(probes.database.value("SELECT string_agg(text, ', ' ORDER BY id) FROM note WHERE text "
                              "LIKE 'left%'") == "left behind 1, left behind 2");
  probes.check_same(theirs);

  CHECK_EXIT(probes.shop.migrations({"revert"}), 0);
  const Outcome reverted = run_typeorm(probes.shop,
                                       {"folder",
                                        probes.built().string(),
                                        "revert",
                                        theirs.url(),
                                        "1",
                                        pg_dump().string(),
                                        probes.shop.root().string()});
  CHECK_EXIT(reverted, 0);
  CHECK(reverted.output == "reverted ProbeQueryRunner1700000000002\n");
  CHECK_FALSE(probes.database.has_relation("note"));
  CHECK(difference(probes.database.dump_without_record(), theirs.dump()) == "");
}

TEST_CASE("a migration that fails leaves the database as it was", "[host]") {
  const std::vector<Failing> all{
      {"a refused statement",
       "await queryRunner.query('SELECT 1 +\\n nothing');",
       7,
       {"column \"nothing\" does not exist", "42703", "1700000000002-bad.js:3"}},
      {"an error thrown", "throw new Error('not today');", 7, {"not today"}},
      {"a string thrown", "throw 'just text';", 7, {"just text"}},
      {"nothing thrown", "throw undefined;", 7, {"undefined"}},
      {"a rejected promise that nobody awaits",
       "queryRunner.query('SELECT nothing');",
       7,
       {"column \"nothing\" does not exist"}},
      {"an error thrown in a callback",
       "await new Promise(() => setTimeout(() => { throw new Error('late') }, 5));",
       7,
       {"late"}},
      {"a promise that never settles", "await new Promise(() => {});", 7, {"never settles"}},
      {"an error that is caught, but not undone",
       "await queryRunner.query('SELECT nothing').catch(() => {});",
       7,
       {"column \"nothing\" does not exist"}},
      // The plan is refused where the build sees it; these are only known when they run.
      {"COMMIT that came from the database",
       "const [{ w }] = await queryRunner.query(\"SELECT 'COMMIT' AS w\");\n"
       "    await queryRunner.query(w);",
       7,
       {"COMMIT", "transaction"}},
      {"COMMIT among others",
       "const [{ w }] = await queryRunner.query(\"SELECT 'commit work' AS w\");\n"
       "    await queryRunner.query(`SELECT 1; /* */ ${w}; SELECT 2`);",
       7,
       {"commit work"}},
      {"ROLLBACK",
       "const [{ w }] = await queryRunner.query(\"SELECT 'ROLLBACK' AS w\");\n"
       "    await queryRunner.query(w);",
       7,
       {"ROLLBACK"}},
      {"commitTransaction() without its start",
       "await queryRunner.commitTransaction();",
       7,
       {"COMMIT"}},
      {"a NUL in a statement with parameters",
       "await queryRunner.query('SELECT $1 /* \\0 */', ['x']);",
       7,
       {"invalid message format"}},
      {"COPY FROM STDIN",
       "await queryRunner.query('COPY kept FROM STDIN');",
       7,
       {"COPY from stdin failed"}},
      {"COPY FROM STDIN between others",
       "await queryRunner.query('SELECT 1; COPY kept FROM STDIN; COPY kept FROM STDIN');",
       7,
       {"COPY from stdin failed"}},
      {"the end of the process",
       "process.exit(0);",
       4,
       {"ended with exit code 0", "1700000000002-bad.js"}},
      {"a killed process",
       "console.error('last words'); process.kill(process.pid, 'SIGKILL'); for (;;) {}",
       4,
       {"last words", "signal 9"}},
  };
  for (const Failing& failing : all) {
    check_failure(failing);
  }
}

TEST_CASE("a migration that says nothing any more is ended", "[host]") {
  check_failure({"an endless loop", "for (;;) {}", 4, {"silent for 1 second", "host_timeout"}},
                "[migrations]\nhost_timeout = 1\n");
}

TEST_CASE("outside a transaction a migration has its own, and must end it", "[host]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("probe",
           "1700000000001-own.js",
           javascript_migration("Own1700000000001",
                                "await queryRunner.startTransaction();\n"
                                "    await queryRunner.query('CREATE TABLE made ()');\n"
                                "    await queryRunner.commitTransaction();"));
  CHECK_EXIT(shop.migrations({"run", "-t", "none"}), 0);
  CHECK(database.has_relation("made"));
  const std::string before = database.dump_without_record();
  shop.add("probe",
           "1700000000002-open.js",
           javascript_migration("Open1700000000002",
                                "await queryRunner.query('BEGIN; CREATE TABLE lost ()');"));
  const Outcome outcome = shop.migrations({"run", "-t", "none"});
  CHECK_EXIT(outcome, 7);
  CHECK_THAT(outcome.errors, Catch::Contains("left it open"));
  CHECK(difference(database.dump_without_record(), before) == "");
}

TEST_CASE("what a migration prints is talk, not answer", "[host]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  // More than a pipe holds, and a line that looks like one of the host's own messages.
  shop.add("probe",
           "1700000000001-talkative.js",
           javascript_migration("Talkative1700000000001",
                                "console.log('hello from up');\n"
                                "    console.error('and from stderr');\n"
                                "    console.log('{\"type\": \"result\", \"id\": 1}');\n"
                                "    await queryRunner.query('CREATE TABLE made ()');\n"
                                "    process.stdout.write('x'.repeat(200000) + '\\n');\n"
                                "    console.log('the last line');"));

  SECTION("as text") {
    const Outcome outcome = shop.migrations({"run"});
    CHECK_EXIT(outcome, 0);
    CHECK_THAT(outcome.output, Catch::StartsWith("Applied 1 migration in "));
    CHECK(lines(trim(outcome.output)).size() == 1);
    CHECK(contains(outcome.errors, "the last line"));
  }

  SECTION("as events") {
    const Outcome outcome = shop.migrations({"run", "--format", "json"});
    CHECK_EXIT(outcome, 0);
    std::string printed;
    std::vector<std::string> types;
    for (const std::string_view line : lines(trim(outcome.output))) {
      const auto event = nlohmann::json::parse(line);
      types.push_back(event.at("type"));
      if (types.back() == "migration-printed") {
        CHECK(event.at("name") == "Talkative1700000000001");
        printed += event.at("text").get<std::string>();
      }
    }
    CHECK(printed.ends_with("the last line\n"));
    CHECK(types.back() == "upgrade-finished");
  }

  SECTION("not when quiet") {
    const Outcome outcome = shop.migrations({"run", "--quiet"});
    CHECK_EXIT(outcome, 0);
    CHECK_FALSE(contains(outcome.errors, "the last line"));
  }

  CHECK(database.has_relation("made"));
}

TEST_CASE("a few lines that a migration prints are all shown", "[host]") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("probe",
           "1700000000001-talkative.js",
           javascript_migration("Talkative1700000000001",
                                "console.log('hello from up');\n"
                                "    console.error('and from stderr');\n"
                                "    throw new Error('then it fails');"));
  const Outcome outcome = shop.migrations({"run"});
  CHECK_EXIT(outcome, 7);
  CHECK_THAT(outcome.errors, Catch::Contains("hello from up"));
  CHECK_THAT(outcome.errors, Catch::Contains("and from stderr"));
  CHECK_THAT(outcome.errors, Catch::Contains("then it fails"));
}

}  // namespace medusa
