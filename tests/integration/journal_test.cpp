// SPDX-License-Identifier: MIT
// Migrations outside a transaction: what is kept of each statement, and how the next run goes on
// when one did not come to its end.
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"

#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::eventually;
using medusa::Outcome;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;

namespace {

using Names = std::vector<std::string>;

void require_exit(const Outcome& outcome, int code) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == code);
}

std::string plain_sql(const std::string& up, const std::string& down = "") {
  return "-- migrate:up transaction:false\n" + up + "\n\n-- migrate:down\n" + down + "\n";
}

/// A class that opts out, with this as the body of `up`.
std::string plain_script(const std::string& name, const std::string& up) {
  return "import type { QueryRunner } from \"typeorm\"\n\nexport class " + name +
         " {\n  transaction = false\n  async up(queryRunner: QueryRunner) {\n" + up +
         "  }\n  async down() {}\n}\n";
}

bool is_valid(const TestDatabase& database, const std::string& index) {
  return database.value("SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid = '" + index +
                        "'::regclass") == "t";
}

/// An index that nobody finished, as a cancelled or refused CREATE INDEX CONCURRENTLY leaves it.
void leave_invalid_index(const TestDatabase& database) {
  try {
    database.execute("CREATE UNIQUE INDEX CONCURRENTLY one_n ON one ((n / 1000))");
  } catch (const std::exception&) {
  }
  REQUIRE(database.has_relation("one_n"));
  REQUIRE_FALSE(is_valid(database, "one_n"));
}

constexpr const char* kThousand = "CREATE TABLE one AS SELECT generate_series(1, 999) AS n";

}  // namespace

TEST_CASE("a migration that failed outside a transaction goes on behind what it did") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const std::string mode = GENERATE("all", "none");
  const auto write = [&](const std::string& third) {
    shop.add("p",
             "1700000000001-one.sql",
             plain_sql("CREATE TABLE one (n int);\nINSERT INTO one VALUES (1);\n" + third));
  };
  write("SELECT 1 / 0;");
  const Outcome failed = shop.migrations({"run", "-t", mode});
  require_exit(failed, 7);
  CHECK_THAT(
      failed.errors,
      Contains("1700000000001-one.sql:4:1") && Contains("division by zero") &&
          Contains("what its first 2 statements did stays, and the next run goes on behind"));
  CHECK(database.value("SELECT outcome FROM medusa_upgrade") == "failed");

  const Outcome show = shop.migrations({"show"});
  require_exit(show, 1);
  CHECK_THAT(show.output,
             Contains("failed") && Contains("upgrade 1 did 2 statements of it") &&
                 Contains("0 applied, 1 pending (1 failed)"));
  const Outcome verified = shop.migrations({"verify", "--format", "json"});
  require_exit(verified, 1);
  const auto problem = nlohmann::json::parse(verified.output).at("problems").at(0);
  CHECK(problem.at("state") == "failed");
  CHECK(problem.at("begun").at("done") == 2);
  CHECK(problem.at("begun").at("open").is_null());
  CHECK_THAT(shop.migrations({"explain", "One1700000000001"}).output,
             Contains("upgrade 1 did 2 statements of it"));
  CHECK_THAT(shop.migrations({"plan"}).output, Contains("begun: upgrade 1 did 2 statements of it"));

  write("CREATE TABLE two (n int);");
  // The journal is believed in every mode.
  const Outcome mended = shop.migrations({"run"});
  require_exit(mended, 0);
  CHECK_THAT(mended.errors, Contains("Going on [1/1] p/One1700000000001: upgrade 1 did 2"));
  CHECK(database.column("SELECT n FROM one") == Names{"1"});
  CHECK(database.has_relation("two"));
  CHECK(database.value("SELECT count(*) FROM medusa_journal") == "0");
  require_exit(shop.migrations({"verify"}), 0);
  require_exit(shop.migrations({"show"}), 0);
}

TEST_CASE("what was done already must not be something else: refused before anything runs") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-one.sql", plain_sql("CREATE TABLE one (n int);\nSELECT 1 / 0;"));
  require_exit(shop.migrations({"run"}), 7);
  shop.add("p", "1700000000000-zero.sql", sql_migration("CREATE TABLE zero (n int);"));
  shop.add("p", "1700000000001-one.sql", plain_sql("CREATE TABLE one (n bigint);\nSELECT 1;"));
  shop.configure("[migrations]\nforesight = \"warn\"\n");  // that helps nobody here
  const std::string command = GENERATE("plan", "run");
  const Outcome refused = shop.migrations({command});
  require_exit(refused, 5);
  CHECK_FALSE(database.has_relation("zero"));
  const std::string hint = "DELETE FROM \"public\".medusa_journal WHERE name = 'One1700000000001';";
  CHECK_THAT(refused.errors,
             Contains("p/One1700000000001 cannot go on: its statement 1, which is done, was edited "
                      "since") &&
                 Contains("1700000000001-one.sql:2:1") &&
                 Contains("upgrade 1 sent: CREATE TABLE one (n int)") &&
                 Contains("it is now: CREATE TABLE one (n bigint)") && Contains(hint));

  const Outcome verified = shop.migrations({"verify"});
  require_exit(verified, 1);
  CHECK_THAT(verified.output,
             Contains("upgrade 1 did 1 statement of it, and its statement 1 was edited since") &&
                 Contains("sent then: CREATE TABLE one (n int)") &&
                 Contains("it is now: CREATE TABLE one (n bigint)"));
  CHECK_THAT(verified.errors,
             Contains("p/One1700000000001 cannot go on: give it back that statement; or undo") &&
                 Contains(hint));
  const auto begun = nlohmann::json::parse(shop.migrations({"verify", "--format", "json"}).output)
                         .at("problems")
                         .at(0)
                         .at("begun");
  CHECK(begun.at("command").is_null());
  CHECK(begun.at("edited").at("statement") == 1);
  CHECK(begun.at("edited").at("now") == "CREATE TABLE one (n bigint)");
  CHECK(begun.at("edited").at("line") == 2);
  require_exit(shop.migrations({"show"}), 1);
  CHECK_THAT(shop.migrations({"explain", "One1700000000001"}).output,
             Contains("refused") && Contains("was edited since"));

  SECTION("what the hint says does what it says") {
    database.execute("DROP TABLE one");
    database.execute(hint);
    require_exit(shop.migrations({"run"}), 0);
    CHECK(database.value("SELECT data_type FROM information_schema.columns WHERE table_name = "
                         "'one'") == "bigint");
  }
  SECTION("and it can have the statement back") {
    shop.add("p", "1700000000001-one.sql", plain_sql("CREATE TABLE one (n int);\nSELECT 1;"));
    require_exit(shop.migrations({"run"}), 0);
  }
  SECTION("a statement that was taken out is missed") {
    shop.add("p", "1700000000001-one.sql", plain_sql("-- nothing\n"));
    const Outcome gone = shop.migrations({"plan"});
    require_exit(gone, 5);
    CHECK_THAT(gone.errors, Contains("its statement 1, which is done, was taken out since"));
  }
}

TEST_CASE("a half done JavaScript migration is compared along the way that it took") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& other, const std::string& taken) {
    shop.add("p",
             "1700000000001-one.ts",
             plain_script("One1700000000001",
                          "    if (await queryRunner.hasTable('one')) {\n"
                          "      await queryRunner.query('" +
                              other + "')\n    } else {\n      await queryRunner.query('" + taken +
                              "')\n    }\n    await queryRunner.query('SELECT 1 / 0')\n"));
  };
  write("SELECT 1", "CREATE TABLE one (n int)");
  CHECK_THAT(shop.migrations({"plan", "--sql"}).output, Contains("asks"));  // it is lowered
  require_exit(shop.migrations({"run"}), 7);
  CHECK(database.has_relation("one"));
  write("SELECT 2", "CREATE TABLE one (n int)");
  require_exit(shop.migrations({"plan"}), 0);
  write("SELECT 1", "CREATE TABLE one (n bigint)");
  const Outcome refused = shop.migrations({"plan"});
  require_exit(refused, 5);
  CHECK_THAT(refused.errors,
             Contains("its statement 2, which is done, was edited since") &&
                 Contains("1700000000001-one.ts:"));
}

TEST_CASE("an edited down of what is half reverted is refused, too") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& down) {
    shop.add("p", "1700000000001-one.sql", plain_sql("CREATE TABLE one (n int);", down));
  };
  write("DROP TABLE one;\nSELECT 1 / 0;");
  require_exit(shop.migrations({"run"}), 0);
  require_exit(shop.migrations({"revert"}), 7);
  write("DROP TABLE IF EXISTS one;\nSELECT 1;");
  const Outcome refused = shop.migrations({"revert"});
  require_exit(refused, 5);
  CHECK_THAT(refused.errors,
             Contains("upgrade 2 sent: DROP TABLE one") &&
                 Contains("it is now: DROP TABLE IF EXISTS one"));
  require_exit(shop.migrations({"run"}), 0);  // which has nothing to do with it, and says so
  CHECK(database.applied().size() == 1);
}

TEST_CASE("what PostgreSQL runs in no transaction splits the upgrade by itself") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-one.sql", sql_migration(std::string(kThousand) + ";"));
  shop.add("p",
           "1700000000002-two.sql",
           sql_migration("CREATE TABLE two (n int);\nCREATE INDEX CONCURRENTLY one_n ON one (n);",
                         "DROP INDEX CONCURRENTLY one_n;\nDROP TABLE two;"));
  shop.add("p", "1700000000003-three.sql", sql_migration("CREATE TABLE three (n int);"));
  const Outcome plan = shop.migrations({"plan"});
  require_exit(plan, 0);
  CHECK_THAT(
      plan.output,
      Contains("p/Two1700000000002 sends CREATE INDEX CONCURRENTLY, which PostgreSQL runs in "
               "no transaction; what runs before it is committed first") &&
          Contains("3 migrations to apply in 2 transactions, 1 outside"));
  const auto json = nlohmann::json::parse(shop.migrations({"plan", "--format", "json"}).output);
  CHECK(json.at("groups").size() == 3);
  CHECK(json.at("groups").at(1).at("transactional") == false);
  CHECK(json.at("hazards").empty());
  require_exit(shop.migrations({"run"}), 0);
  CHECK(is_valid(database, "one_n"));
  CHECK(database.applied().size() == 3);
  CHECK(database.value("SELECT outcome FROM medusa_upgrade") == "done");
  require_exit(shop.migrations({"revert", "--steps", "2", "--yes"}), 0);
  CHECK_FALSE(database.has_relation("one_n"));
  CHECK_FALSE(database.has_relation("two"));
}

TEST_CASE("an index that was left INVALID is dropped and built again") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  database.execute(kThousand);
  leave_invalid_index(database);
  const std::string condition = GENERATE("", "IF NOT EXISTS ");
  shop.add("p",
           "1700000000002-two.sql",
           sql_migration("CREATE INDEX CONCURRENTLY " + condition + "one_n ON one (n);"));
  // The plan knows it.
  const std::string told = "index one_n of one was left INVALID: it is dropped, and built again";
  CHECK_THAT(shop.migrations({"plan"}).output, Contains("note: " + told + " (step 1)"));
  CHECK_THAT(shop.migrations({"plan", "--sql"}).output, Contains("-- " + told));
  const auto step = nlohmann::json::parse(shop.migrations({"plan", "--format", "json"}).output)
                        .at("groups")
                        .at(0)
                        .at("steps")
                        .at(0);
  CHECK(step.at("leftovers").at(0).at("index") == "one_n");
  CHECK(step.at("leftovers").at(0).at("table") == "one");
  const Outcome outcome = shop.migrations({"run"});
  require_exit(outcome, 0);
  CHECK_THAT(outcome.errors, Contains("Dropping [1/1] one_n of one, which was left INVALID"));
  CHECK(is_valid(database, "one_n"));
  CHECK_THAT(shop.migrations({"plan"}).output, !Contains("INVALID"));
}

TEST_CASE("an index that could not be built is not left behind, and may be another one next time") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  database.execute(kThousand);
  const std::string name = GENERATE("one_n ", "");
  const auto write = [&](const std::string& expression) {
    shop.add("p",
             "1700000000002-two.sql",
             sql_migration("CREATE TABLE two (n int);\nCREATE UNIQUE INDEX CONCURRENTLY " + name +
                           "ON one ((" + expression + "));"));
  };
  write("n / 1000");
  const Outcome failed = shop.migrations({"run"});
  require_exit(failed, 7);
  CHECK_THAT(failed.errors, Contains("1700000000002-two.sql:3:1") && Contains("SQLSTATE 23505"));
  // Read from top to bottom it makes sense.
  const std::size_t dropping = failed.errors.find("Dropping [1/1] ");
  CHECK_THAT(failed.errors.substr(dropping),
             Contains("of one: building it failed, and left it INVALID"));
  CHECK(dropping < failed.errors.find("Failed [1/1] "));
  CHECK(database.value("SELECT count(*) FROM pg_index WHERE indrelid = 'one'::regclass") == "0");
  write("n / 1");
  require_exit(shop.migrations({"run"}), 0);
  CHECK(database.value("SELECT bool_and(indisvalid) FROM pg_index WHERE indrelid = "
                       "'one'::regclass") == "t");
}

TEST_CASE("a dynamic migration is replayed: what is done is not sent again, its results are kept") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& end) {
    shop.add("p",
             "1700000000001-one.ts",
             plain_script("One1700000000001",
                          R"(
    await queryRunner.query('CREATE TABLE one (n int, at timestamptz, word text, bytes bytea)')
    const [{ at, word }] = await queryRunner.query("SELECT clock_timestamp() AS at, 'Maß' AS word")
    await queryRunner.query('INSERT INTO one VALUES (1, $1, $2, $3)', [at, word, Buffer.from([0, 255])])
    await queryRunner.startTransaction('SERIALIZABLE')
    await queryRunner.query('INSERT INTO one VALUES (2)')
    await queryRunner.rollbackTransaction()
    await queryRunner.startTransaction()
    await queryRunner.query('INSERT INTO one VALUES (3)')
    await queryRunner.query('INSERT INTO one VALUES (4)')
    await queryRunner.commitTransaction()
    await queryRunner.query('DO $$ BEGIN INSERT INTO one VALUES (5); COMMIT; INSERT INTO one VALUES (6); END $$')
    const { n } = (await queryRunner.query('SELECT count(*)::int AS n FROM one'))[0]
    await queryRunner.query('INSERT INTO one VALUES ($1 + 2)', [n])
)" + end));
  };
  write("    throw new Error('not yet')\n");
  const Outcome failed = shop.migrations({"run"});
  require_exit(failed, 7);
  CHECK_THAT(failed.errors, Contains("not yet") && Contains("did stays"));
  const Names rows = database.column("SELECT one::text FROM one ORDER BY n");
  CHECK(database.column("SELECT n FROM one ORDER BY n") == Names{"1", "3", "4", "5", "6", "7"});
  write("    await queryRunner.query('INSERT INTO one VALUES (8)')\n");
  require_exit(shop.migrations({"run"}), 0);
  CHECK(database.column("SELECT one::text FROM one WHERE n < 8 ORDER BY n") == rows);
  CHECK(database.column("SELECT n FROM one ORDER BY n") ==
        Names{"1", "3", "4", "5", "6", "7", "8"});
}

TEST_CASE("settings of the session are made again by the run that goes on") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& third) {
    shop.add("p",
             "1700000000001-one.sql",
             plain_sql("CREATE SCHEMA other;\nSET search_path = other;\n" + third));
  };
  write("SELECT 1 / 0;");
  require_exit(shop.migrations({"run"}), 7);
  write("CREATE TABLE one (n int);");
  require_exit(shop.migrations({"run"}), 0);
  CHECK(database.has_relation("other.one"));
}

TEST_CASE("a temporary table of an earlier run is not there for the one that goes on") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-one.sql",
           plain_sql("CREATE TEMPORARY TABLE one (n int);\nSELECT 1 / 0;"));
  require_exit(shop.migrations({"run"}), 7);
  const Outcome outcome = shop.migrations({"run"});
  require_exit(outcome, 7);
  CHECK_THAT(outcome.errors,
             Contains("it used a temporary table in an earlier run, which is gone") &&
                 Contains("DELETE FROM \"public\".medusa_journal"));
}

TEST_CASE("a statement whose end nobody saw") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  // Commits, then waits: what it did stays, and nobody can tell whether it was all.
  shop.add("p",
           "1700000000001-one.sql",
           plain_sql("CREATE TABLE one (n int);\n"
                     "DO $$ BEGIN INSERT INTO one VALUES (1); COMMIT; "
                     "PERFORM pg_advisory_xact_lock(42); END $$;\n"
                     "CREATE TABLE two (n int);"));
  medusa::Connection gate(medusa::DatabaseUrl::parse(database.url(), "the test"));
  gate.execute("SELECT pg_advisory_lock(42)");
  const auto waits = [&] {
    return database.value(
               "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT "
               "granted AND objid = 42") == "1";
  };
  RunningProgram first(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually(waits));
  first.signal(SIGKILL);
  CHECK(first.wait().exit_code == 137);

  SECTION("is waited for as long as it runs, then a person has to say") {
    RunningProgram second(
        medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
    REQUIRE(eventually([&] { return second.errors().find("Waiting for") != std::string::npos; }));
    gate.execute("SELECT pg_advisory_unlock(42)");
    const Outcome outcome = second.wait();
    require_exit(outcome, 7);
    CHECK_THAT(outcome.errors,
               Contains("an earlier run ended in its statement 2, and it is not known whether that "
                        "was done: DO $$ BEGIN"));
    SECTION("that it was done") {
      const std::string hint =
          "UPDATE \"public\".medusa_journal SET state = 'confirmed' WHERE name = "
          "'One1700000000001' AND "
          "ordinal = 2;";
      CHECK_THAT(outcome.errors, Contains("if it was done: " + hint));
      database.execute(hint);
      require_exit(shop.migrations({"run"}), 0);
      CHECK(database.column("SELECT n FROM one") == Names{"1"});
    }
    SECTION("or that it was not") {
      const std::string hint =
          "DELETE FROM \"public\".medusa_journal WHERE name = 'One1700000000001' AND ordinal = 2;";
      CHECK_THAT(outcome.errors, Contains("if it was not: " + hint));
      database.execute(hint);
      require_exit(shop.migrations({"run"}), 0);
      CHECK(database.column("SELECT n FROM one") == Names{"1", "1"});
    }
    CHECK(database.has_relation("two"));
  }
}

TEST_CASE("a block that commits and then fails is not simply done once more") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& end) {
    shop.add("p",
             "1700000000001-one.sql",
             plain_sql("CREATE TABLE one (n int);\n"
                       "DO $$ BEGIN INSERT INTO one VALUES (1); COMMIT; " +
                       end + " END $$;"));
  };
  write("PERFORM 1 / 0;");
  const Outcome failed = shop.migrations({"run"});
  require_exit(failed, 7);
  CHECK_THAT(failed.errors, Contains("found out what became of statement 2"));
  const Outcome again = shop.migrations({"run"});
  require_exit(again, 7);
  CHECK_THAT(again.errors, Contains("it is not known whether that was done: DO $$ BEGIN"));
  CHECK(database.column("SELECT n FROM one") == Names{"1"});
  write("PERFORM 1;");
  const Outcome mended = shop.migrations({"run"});
  require_exit(mended, 5);
  const std::string hint =
      "DELETE FROM \"public\".medusa_journal WHERE name = 'One1700000000001' AND ordinal = 2;";
  CHECK_THAT(mended.errors,
             Contains("its statement 2, which began, was edited since") &&
                 Contains("undo what that did, then: " + hint));
  database.execute("DELETE FROM one");
  database.execute(hint);
  require_exit(shop.migrations({"run"}), 0);
  CHECK(database.column("SELECT n FROM one") == Names{"1"});
}

TEST_CASE("a run that is killed while an index is built concurrently") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  database.execute(kThousand);
  const std::string name = GENERATE("one_n ", "");
  shop.add("p",
           "1700000000002-two.sql",
           sql_migration("CREATE INDEX CONCURRENTLY " + name + "ON one (n);"));
  // The build waits for everybody who writes to the table.
  medusa::Connection writer(medusa::DatabaseUrl::parse(database.url(), "the test"));
  writer.execute("START TRANSACTION; LOCK TABLE one IN ROW EXCLUSIVE MODE");
  RunningProgram first(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  const std::string building =
      "SELECT count(*) FROM pg_stat_progress_create_index WHERE relid = 'one'::regclass";
  REQUIRE(eventually([&] { return database.value(building) == "1"; }));
  first.signal(SIGKILL);
  CHECK(first.wait().exit_code == 137);
  CHECK_THAT(shop.migrations({"show"}).output,
             Contains("upgrade 1 did none of it and ended in CREATE INDEX CONCURRENTLY"));
  bool ended_by_server = false;
  SECTION("its server process goes on: the next run waits for that, and finds the index") {}
  SECTION("and its server process too: the next run builds it again") {
    database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index");
    ended_by_server = true;
  }
  RunningProgram second(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  if (!ended_by_server) {
    REQUIRE(eventually([&] { return second.errors().find("Waiting for") != std::string::npos; }));
  } else {
    REQUIRE(eventually([&] { return second.errors().find("Dropping") != std::string::npos; }));
  }
  writer.execute("COMMIT");
  const Outcome outcome = second.wait();
  require_exit(outcome, 0);
  CHECK_THAT(outcome.errors, Contains("Going on"));
  CHECK(
      database.value("SELECT count(*) || ' ' || bool_and(indisvalid) FROM pg_index WHERE indrelid "
                     "= 'one'::regclass") == "1 true");
  CHECK(database.applied().size() == 1);
}

TEST_CASE("taking back goes on where it ended, and only for the row it was about") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const auto write = [&](const std::string& down) {
    shop.add("p",
             "1700000000001-one.sql",
             plain_sql("CREATE TABLE one (n int);\nCREATE TABLE two (n int);", down));
  };
  write("DROP TABLE one;\nSELECT 1 / 0;\nDROP TABLE two;");
  require_exit(shop.migrations({"run"}), 0);
  require_exit(shop.migrations({"revert", "--yes"}), 7);
  CHECK_FALSE(database.has_relation("one"));
  CHECK(database.applied().size() == 1);
  CHECK_THAT(shop.migrations({"show"}).output,
             Contains("half reverted: upgrade 2 did 1 statement of taking it back"));
  SECTION("by us") {
    write("DROP TABLE one;\nDROP TABLE two;");
    require_exit(shop.migrations({"revert", "--yes"}), 0);
    CHECK_FALSE(database.has_relation("two"));
  }
  SECTION("but not if somebody else took it back and applied it again") {
    database.execute(
        "CREATE TABLE one (n int); DELETE FROM migrations; INSERT INTO migrations "
        "(timestamp, name) VALUES (1700000000001, 'One1700000000001')");
    write("DROP TABLE one;\nDROP TABLE two;");
    require_exit(shop.migrations({"revert", "--yes"}), 0);
    CHECK_FALSE(database.has_relation("one"));
  }
  CHECK(database.applied().empty());
}

TEST_CASE("what is half reverted is neither applied nor pending, and every command says so") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p",
           "1700000000001-one.sql",
           plain_sql("CREATE TABLE one (n int);", "DROP TABLE one;\nSELECT 1 / 0;"));
  require_exit(shop.migrations({"run"}), 0);
  require_exit(shop.migrations({"revert"}), 7);

  const Outcome show = shop.migrations({"show"});
  require_exit(show, 1);
  CHECK_THAT(show.output,
             Contains("[X]  failed   1  One1700000000001") &&
                 Contains("half reverted: upgrade 2 did 1 statement of taking it back") &&
                 Contains("0 applied, nothing pending, 1 failed"));
  const auto shown = nlohmann::json::parse(shop.migrations({"show", "--format", "json"}).output);
  CHECK(shown.at("migrations").at(0).at("state") == "failed");
  CHECK(shown.at("migrations").at(0).at("begun").at("command") == "medusa migrations revert");
  CHECK(shown.at("summary").at("failed") == 1);
  CHECK(shown.at("summary").at("applied") == 0);
  CHECK(shown.at("summary").at("pending") == 0);

  const Outcome verified = shop.migrations({"verify"});
  require_exit(verified, 1);
  CHECK_THAT(verified.output,
             Contains("failed p/One1700000000001: half reverted: ") &&
                 Contains("0 applied; 1 half done outside a transaction"));
  CHECK_THAT(verified.errors,
             Contains("p/One1700000000001 goes on behind what is done of it: medusa migrations "
                      "revert"));

  // Nothing is pending, and yet all is not well.
  const std::string told =
      "p/One1700000000001 is half reverted (upgrade 2 did 1 statement of taking it back); no run "
      "changes that: medusa migrations revert goes on with it";
  const Outcome plan = shop.migrations({"plan"});
  require_exit(plan, 0);
  CHECK_THAT(plan.output, Contains("warning: " + told));
  CHECK(
      nlohmann::json::parse(shop.migrations({"plan", "--format", "json"}).output).at("warnings") ==
      Names{told});
  const Outcome run = shop.migrations({"run"});
  require_exit(run, 0);
  CHECK_THAT(run.errors, Contains("warning: " + told));
  CHECK_THAT(run.output, Contains("Nothing is pending"));
  CHECK_THAT(shop.migrations({"run", "--format", "json"}).output, Contains(told));

  // Reverting goes back from what was executed last.
  shop.add("p", "1700000000002-two.sql", sql_migration("CREATE TABLE two (n int);"));
  require_exit(shop.migrations({"run"}), 0);
  CHECK_THAT(shop.migrations({"run"}).errors,
             Contains("medusa migrations revert --steps 2 goes on with it"));
  shop.add("p",
           "1700000000001-one.sql",
           plain_sql("CREATE TABLE one (n int);", "DROP TABLE one;\nSELECT 1;"));
  require_exit(shop.migrations({"revert", "--steps", "2", "--yes"}), 0);
  CHECK(database.applied().empty());
  CHECK_THAT(shop.migrations({"plan"}).output, !Contains("half reverted"));
}

TEST_CASE("what is half done is still listed when its file is gone") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-one.sql", plain_sql("CREATE TABLE one (n int);\nSELECT 1 / 0;"));
  shop.add("p", "1700000000002-two.sql", sql_migration("CREATE TABLE two (n int);"));
  require_exit(shop.migrations({"run"}), 7);
  shop.remove(shop.source("p", "1700000000001-one.sql"));
  SECTION("while something else is pending") {}
  SECTION("and with nothing pending") {
    require_exit(shop.migrations({"run"}), 0);
  }
  const Outcome show = shop.migrations({"show"});
  require_exit(show, 1);
  CHECK_THAT(show.output,
             Contains("[ ]  failed") &&
                 Contains("One1700000000001  -       -     in no member of the workspace, half "
                          "done: upgrade 1 did 1 statement of it") &&
                 Contains(", 1 failed"));
  const Outcome verified = shop.migrations({"verify"});
  require_exit(verified, 1);
  CHECK_THAT(verified.output,
             Contains("failed One1700000000001: in no member, half done: upgrade 1 did 1"));
  const std::string forgetting =
      "DELETE FROM \"public\".medusa_journal WHERE name = 'One1700000000001';";
  CHECK_THAT(verified.errors,
             Contains("One1700000000001 cannot go on: bring back the file (or the plugin) that "
                      "ships it; or undo what it did, then have it forgotten: " +
                      forgetting));
  const auto problem = nlohmann::json::parse(shop.migrations({"verify", "--format", "json"}).output)
                           .at("problems")
                           .at(0);
  CHECK(problem.at("state") == "failed");
  CHECK(problem.at("member").is_null());
  CHECK(problem.at("timestamp") == 1700000000001);
  CHECK(problem.at("begun").at("command").is_null());
  const std::string told =
      "One1700000000001 is half done (upgrade 1 did 1 statement of it) and in no member: bring "
      "back the file";
  CHECK_THAT(shop.migrations({"plan"}).output, Contains("warning: " + told));
  CHECK_THAT(shop.migrations({"explain", "One1700000000001"}).output,
             Contains("failed") && Contains("upgrade 1 did 1 statement of it"));
  // What the hint says does what it says.
  database.execute(forgetting);
  CHECK_THAT(shop.migrations({"show"}).output, !Contains("One1700000000001"));
}

TEST_CASE("what a half done migration stands on is not taken back, nor is it recorded as done") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add(
      "p", "1700000000001-one.sql", sql_migration("CREATE TABLE one (n int);", "DROP TABLE one;"));
  shop.add("p",
           "1700000000002-two.sql",
           plain_sql("ALTER TABLE one ADD COLUMN extra text;\nSELECT 1 / 0;"));
  require_exit(shop.migrations({"run"}), 7);
  const std::string before = database.dump();

  const Outcome reverted = shop.migrations({"revert"});
  require_exit(reverted, 5);
  CHECK_THAT(
      reverted.errors,
      Contains("cannot revert anything while p/Two1700000000002 is half done") &&
          Contains("medusa migrations run goes on with it; or undo what it did, then have it "
                   "forgotten: DELETE FROM"));
  const Outcome recorded = shop.migrations({"baseline"});
  require_exit(recorded, 5);
  CHECK_THAT(recorded.errors,
             Contains("p/Two1700000000002 is half done: upgrade 1 did 1 statement of it"));
  CHECK(database.dump() == before);

  shop.add("p",
           "1700000000002-two.sql",
           plain_sql("ALTER TABLE one ADD COLUMN extra text;\nSELECT 1;",
                     "ALTER TABLE one DROP COLUMN extra;"));
  require_exit(shop.migrations({"run"}), 0);
  require_exit(shop.migrations({"revert", "--steps", "2", "--yes"}), 0);
  CHECK_FALSE(database.has_relation("one"));
}

TEST_CASE("a lock that is never got is told as what it is, outside a transaction too") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nlock_timeout = 1\nlock_retry = 0\n");
  database.execute("CREATE TABLE one (n int)");
  shop.add("p", "1700000000001-two.sql", plain_sql("ALTER TABLE one ADD COLUMN m int;"));
  medusa::Connection reader(medusa::DatabaseUrl::parse(database.url(), "the test"));
  reader.execute("START TRANSACTION; LOCK TABLE one IN ACCESS SHARE MODE");
  const Outcome outcome = shop.migrations({"run"});
  require_exit(outcome, 7);
  CHECK_THAT(outcome.errors,
             Contains("cannot apply p/Two1700000000001: ") && Contains("SQLSTATE 55P03") &&
                 Contains("1700000000001-two.sql"));
}

TEST_CASE("a lock that is not got in time is tried again, outside a transaction too") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nlock_timeout = 1\n");
  database.execute("CREATE TABLE one (n int)");
  shop.add("p", "1700000000001-two.sql", plain_sql("ALTER TABLE one ADD COLUMN m int;"));
  medusa::Connection reader(medusa::DatabaseUrl::parse(database.url(), "the test"));
  reader.execute("START TRANSACTION; LOCK TABLE one IN ACCESS SHARE MODE");
  RunningProgram run(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] { return run.errors().find("again in") != std::string::npos; }));
  CHECK_THAT(run.errors(), Contains("Rolled back to let others through: blocked by"));
  reader.execute("COMMIT");
  require_exit(run.wait(), 0);
}
