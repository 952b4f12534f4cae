// SPDX-License-Identifier: MIT
// run, show, plan and revert on a real database, alone and at the same time.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa/database/run_lock.hpp"

#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using medusa::eventually;
using medusa::Outcome;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

using Json = nlohmann::json;
using Names = std::vector<std::string>;

const std::map<std::string, std::string> kNoNode{{"PATH", medusa::path_without_node()}};

void add_table(const SmallShop& shop,
               const std::string& plugin,
               const std::string& timestamp,
               const std::string& table) {
  shop.add(plugin,
           timestamp + "-" + table + ".sql",
           sql_migration("CREATE TABLE " + table + " (id int);", "DROP TABLE " + table + ";"));
}

/// Three migrations in two plugins, SQL and TypeScript; a, c: first, b: second.
void add_three(const SmallShop& shop) {
  add_table(shop, "first", "1700000000001", "a");
  shop.add("second",
           "1700000000002-b.ts",
           typescript_migration("B1700000000002", {"CREATE TABLE b (id int)"}, {"DROP TABLE b"}));
  add_table(shop, "first", "1700000000003", "c");
}

const Names kThree{"A1700000000001", "B1700000000002", "C1700000000003"};

std::vector<Json> lines_of(const std::string& output) {
  std::vector<Json> lines;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = output.find('\n', begin);
    REQUIRE(end != std::string::npos);
    lines.push_back(Json::parse(output.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

void require_success(const Outcome& outcome) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

medusa::DatabaseUrl url_of(const TestDatabase& database) {
  return medusa::DatabaseUrl::parse(database.url(), "the test");
}

/// Adds a migration that runs until somebody ends it.
void add_endless(const SmallShop& shop, bool in_sql = true) {
  const std::string statement = "SELECT pg_sleep(600)";
  if (in_sql) {
    shop.add("slow", "1700000000009-slow.sql", sql_migration(statement + ";"));
  } else {
    shop.add(
        "slow", "1700000000009-slow.ts", typescript_migration("Slow1700000000009", {statement}));
  }
}

bool runs_endless(const TestDatabase& database) {
  return database.value(
             "SELECT count(*) FROM pg_stat_activity WHERE datname = "
             "current_database() AND state = 'active' AND query LIKE "
             "'SELECT pg_sleep(600)%'") == "1";
}

/// Backends of our program.
std::string backends(const TestDatabase& database) {
  return database.value(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
      "application_name LIKE 'medusa%'");
}

}  // namespace

TEST_CASE("run applies everything once") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const Outcome first = shop.migrations({"run"});
  require_success(first);
  REQUIRE_THAT(first.output, StartsWith("Applied 3 migrations in "));
  REQUIRE(std::count(first.output.begin(), first.output.end(), '\n') == 1);
  REQUIRE(database.applied() == kThree);
  REQUIRE(database.column("SELECT timestamp FROM migrations ORDER BY id") ==
          Names{"1700000000001", "1700000000002", "1700000000003"});

  // Neither is anything built again, nor is Node needed to find that out.
  const std::string before = database.dump();
  const Outcome second = shop.migrations({"run"}, kNoNode);
  require_success(second);
  REQUIRE(second.output == "Nothing is pending: 3 migrations are applied.\n");
  REQUIRE(database.dump() == before);

  // An SQL migration needs no Node either.
  add_table(shop, "first", "1700000000004", "d");
  require_success(shop.migrations({"run"}, kNoNode));
  REQUIRE(database.applied().back() == "D1700000000004");
}

TEST_CASE("a workspace without any migration") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  const std::string before = database.dump();
  const Outcome run = shop.migrations({"run"});
  require_success(run);
  REQUIRE(run.output == "Nothing is pending: 0 migrations are applied.\n");
  require_success(shop.migrations({"show"}));
  require_success(shop.migrations({"plan", "--check"}));
  const Outcome revert = shop.migrations({"revert"});
  require_success(revert);
  REQUIRE(revert.output == "Nothing to revert.\n");
  REQUIRE(database.dump() == before);
}

TEST_CASE("show") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);

  SECTION("tells what is pending, and exits with 1 then") {
    const std::string before = database.dump();
    const Outcome pending = shop.migrations({"show"});
    REQUIRE(pending.exit_code == 1);
    REQUIRE_THAT(pending.output, Contains("[ ]  pending"));
    REQUIRE_THAT(pending.output, Contains("0 applied, 3 pending"));
    REQUIRE(database.dump() == before);
    require_success(shop.migrations({"run"}));
    const Outcome applied = shop.migrations({"show"});
    require_success(applied);
    REQUIRE_THAT(applied.output, Contains("[X]  applied"));
    REQUIRE_THAT(applied.output, Contains("3 applied, nothing pending"));
  }
  SECTION("as JSON") {
    require_success(shop.migrations({"run"}));
    add_table(shop, "second", "1700000000000", "late");
    const Outcome outcome = shop.migrations({"show", "--format", "json"});
    REQUIRE(outcome.exit_code == 1);
    REQUIRE(outcome.errors.empty());
    const Json answer = Json::parse(outcome.output);
    REQUIRE(answer.at("migrations").size() == 4);
    const Json& a = answer.at("migrations").at(0);
    REQUIRE(a.at("member") == "first");
    REQUIRE(a.at("name") == "A1700000000001");
    REQUIRE(a.at("timestamp") == 1700000000001);
    REQUIRE(a.at("kind") == "sql");
    REQUIRE(a.at("state") == "applied");
    REQUIRE(a.at("id") == 1);
    REQUIRE(a.at("source") ==
            (shop.root() / "plugins/first/src/migrations/1700000000001-a.sql").string());
    REQUIRE(answer.at("migrations").at(1).at("kind") == "typeorm");
    const Json& late = answer.at("migrations").at(3);
    REQUIRE(late.at("name") == "Late1700000000000");
    REQUIRE(late.at("state") == "late");
    REQUIRE(late.at("id").is_null());
    REQUIRE(answer.at("summary").at("applied") == 3);
    REQUIRE(answer.at("summary").at("pending") == 1);
    REQUIRE(answer.at("summary").at("late") == 1);
  }
}

TEST_CASE("states that are neither applied nor simply pending") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const auto state_of = [&](const std::string& name,
                            const std::map<std::string, std::string>& environment = {}) {
    const Json answer =
        Json::parse(shop.migrations({"show", "--format", "json"}, environment).output);
    for (const Json& row : answer.at("migrations")) {
      if (row.at("name") == name) {
        return row.at("state").get<std::string>();
      }
    }
    return std::string();
  };

  SECTION("late: older than what is applied, and run all the same") {
    require_success(shop.migrations({"run"}));
    add_table(shop, "new", "1600000000000", "late");
    REQUIRE(state_of("Late1600000000000") == "late");
    const Outcome plan = shop.migrations({"plan"});
    REQUIRE_THAT(plan.output, Contains("late: older than what is applied"));
    require_success(shop.migrations({"run"}));
    REQUIRE(database.applied().back() == "Late1600000000000");
    REQUIRE(state_of("Late1600000000000") == "applied");
  }
  SECTION("missing: applied, but in no member") {
    require_success(shop.migrations({"run"}));
    shop.remove("plugins/second");
    REQUIRE(state_of("B1700000000002") == "missing");
    const Outcome show = shop.migrations({"show"});
    require_success(show);
    REQUIRE_THAT(show.output, Contains("in no member of the workspace"));
    require_success(shop.migrations({"run"}));
    REQUIRE(database.applied() == kThree);
  }
  SECTION("disabled: its feature flag is off") {
    shop.write("node_modules/@medusajs/medusa/dist/loaders/feature-flags/gifts.js",
               "exports.default = { key: \"gifts\", default_val: false, "
               "env_key: \"MEDUSA_FF_GIFTS\" }\n");
    shop.add("second",
             "1700000000002-b.ts",
             "export const featureFlag = \"gifts\"\n" +
                 typescript_migration("B1700000000002", {"CREATE TABLE b (id int)"}));
    require_success(shop.migrations({"run"}));
    REQUIRE(database.applied() == Names{"A1700000000001", "C1700000000003"});
    REQUIRE(state_of("B1700000000002") == "disabled");
    const Outcome show = shop.migrations({"show"});
    require_success(show);
    REQUIRE_THAT(show.output, Contains("needs gifts"));
    // Medusa's own switch, then ours.
    REQUIRE(state_of("B1700000000002", {{"MEDUSA_FF_GIFTS", "true"}}) == "late");
    REQUIRE(state_of("B1700000000002", {{"MEDUSA_FF_GIFTS", "1"}}) == "disabled");
    shop.configure("[feature_flags]\ngifts = true\n");
    REQUIRE(state_of("B1700000000002") == "late");
    REQUIRE(state_of("B1700000000002", {{"MEDUSA_FF_GIFTS", "false"}}) == "disabled");
    require_success(shop.migrations({"run"}));
    REQUIRE(database.has_relation("b"));
  }
}

TEST_CASE("plan shows what run would do, and does nothing") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const std::string before = database.dump();

  SECTION("as text") {
    const Outcome plan = shop.migrations({"plan"});
    require_success(plan);
    REQUIRE_THAT(plan.output, Contains("3 migrations to apply in 1 transaction\n"));
    std::size_t at = 0;
    for (const std::string& name : kThree) {
      at = plan.output.find(name, at);
      REQUIRE(at != std::string::npos);
    }
  }
  SECTION("as JSON") {
    const Outcome plan = shop.migrations({"plan", "--format", "json", "-t", "each"});
    require_success(plan);
    const Json answer = Json::parse(plan.output);
    REQUIRE(answer.at("direction") == "up");
    REQUIRE(answer.at("mode") == "each");
    REQUIRE(answer.at("groups").size() == 3);
    REQUIRE(answer.at("groups").at(1).at("steps").at(0).at("name") == "B1700000000002");
    REQUIRE(answer.at("groups").at(1).at("steps").at(0).at("position") == 2);
  }
  SECTION("with --check, whether there is anything to do") {
    REQUIRE(shop.migrations({"plan", "--check"}).exit_code == 1);
  }
  REQUIRE(database.dump() == before);
  require_success(shop.migrations({"run"}));
  const Outcome nothing = shop.migrations({"plan", "--check"});
  require_success(nothing);
  REQUIRE_THAT(nothing.output, Contains("nothing to apply"));
}

TEST_CASE("revert takes back what was executed last") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  require_success(shop.migrations({"run"}));
  // Executed last, although it is the oldest.
  add_table(shop, "first", "1600000000000", "late");
  require_success(shop.migrations({"run"}));

  SECTION("one by default") {
    const Outcome outcome = shop.migrations({"revert"});
    require_success(outcome);
    REQUIRE_THAT(outcome.output, StartsWith("Reverted 1 migration in "));
    REQUIRE_FALSE(database.has_relation("late"));
    REQUIRE(database.applied() == kThree);
  }
  SECTION("--steps") {
    require_success(shop.migrations({"revert", "--steps", "3"}));
    REQUIRE(database.applied() == Names{"A1700000000001"});
    REQUIRE(database.has_relation("a"));
    REQUIRE_FALSE(database.has_relation("b"));
  }
  SECTION("more --steps than there are") {
    require_success(shop.migrations({"revert", "--steps", "9"}));
    REQUIRE(database.applied().empty());
    REQUIRE(shop.migrations({"revert"}).output == "Nothing to revert.\n");
  }
  SECTION("--to a migration, which stays") {
    require_success(shop.migrations({"revert", "--to", "B1700000000002"}));
    REQUIRE(database.applied() == Names{"A1700000000001", "B1700000000002"});
    const Outcome again = shop.migrations({"revert", "--to", "B1700000000002"});
    require_success(again);
    REQUIRE(again.output == "Nothing to revert.\n");
  }
  SECTION("and run applies it again") {
    require_success(shop.migrations({"revert", "--steps", "2"}));
    require_success(shop.migrations({"run"}));
    REQUIRE(database.applied() ==
            Names{"A1700000000001", "B1700000000002", "Late1600000000000", "C1700000000003"});
  }
}

TEST_CASE("who says no is told that nothing was done, and so is who reads the exit status") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("p", "1700000000001-one.sql", sql_migration("SELECT 1;"));
  shop.add("p", "1700000000002-two.sql", sql_migration("SELECT 1;"));
  // script(1) is the terminal.
  const auto answered = [&](const std::string& answer, const std::string& command) {
    return medusa::run_program(
        "sh",
        shop.root(),
        {"-c",
         "printf '%s\\n' \"$1\" | script -qec \"$2 migrations $3\" /dev/null",
         "sh",
         answer,
         medusa::medusa_program().string(),
         command},
        shop.environment());
  };
  const Outcome nothing = answered("no", "baseline");
  INFO(nothing.output << nothing.errors);
  CHECK(nothing.exit_code == 1);
  CHECK_THAT(nothing.output, Contains("Nothing was recorded"));
  require_success(shop.migrations({"run"}));

  const Outcome declined = answered("no", "revert --steps 2");
  INFO(declined.output << declined.errors);
  CHECK(declined.exit_code == 1);
  CHECK_THAT(declined.output,
             Contains("Revert 2 migrations? Type yes:") && Contains("Nothing was reverted."));
  CHECK(database.applied().size() == 2);
  const Outcome confirmed = answered("yes", "revert --steps 2");
  CHECK(confirmed.exit_code == 0);
  CHECK(database.applied().empty());
}

TEST_CASE("runs at once on an empty database apply everything exactly once") {
  constexpr std::size_t kRuns = 5;
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  std::vector<std::unique_ptr<RunningProgram>> runs;
  for (std::size_t i = 0; i < kRuns; ++i) {
    runs.push_back(std::make_unique<RunningProgram>(medusa::medusa_program().string(),
                                                    shop.root(),
                                                    Names{"migrations", "run"},
                                                    shop.environment()));
  }
  std::size_t applied = 0;
  for (const auto& run : runs) {
    const Outcome outcome = run->wait();
    require_success(outcome);
    applied += outcome.output.find("Applied 3 migrations") == 0 ? 1U : 0U;
  }
  REQUIRE(applied == 1);
  REQUIRE(database.applied() == kThree);
}

TEST_CASE("a run waits for the one that holds the lock") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  REQUIRE(shop.medusa({"build"}).exit_code == 0);
  auto lock = std::make_unique<medusa::RunLock>(url_of(database), medusa::RunLockOptions{});
  const std::string holder = database.value(
      "SELECT pid FROM pg_stat_activity WHERE application_name LIKE "
      "'medusa (lock)%' AND datname = current_database()");

  SECTION("and says so, until it is its turn") {
    RunningProgram run(
        medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
    const std::string told = "Waiting for medusa (lock) (pid " + holder + ", since ";
    REQUIRE(eventually([&] { return run.errors().find(told) != std::string::npos; }));
    REQUIRE(database.applied().empty());
    lock.reset();
    require_success(run.wait());
    REQUIRE(database.applied() == kThree);
  }
  SECTION("but no longer than run_lock_timeout") {
    shop.configure("[migrations]\nrun_lock_timeout = 1\n");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 6);
    REQUIRE(outcome.output.empty());
    REQUIRE_THAT(outcome.errors,
                 Contains("error: another run holds the lock and did not finish within 1 second"));
    REQUIRE_THAT(outcome.errors, Contains("held by pid " + holder + " (medusa (lock)"));
    REQUIRE_THAT(
        outcome.errors,
        Contains("hint: wait for it, or end it: SELECT pg_terminate_backend(" + holder + ");"));
  }
  SECTION("as an event in JSON") {
    shop.configure("[migrations]\nrun_lock_timeout = 1\n");
    const Outcome outcome = shop.migrations({"run", "--format", "json"});
    REQUIRE(outcome.exit_code == 6);
    REQUIRE(outcome.errors.empty());
    const std::vector<Json> events = lines_of(outcome.output);
    const Json& waiting = events.at(events.size() - 2);
    REQUIRE(waiting.at("type") == "lock-waiting");
    REQUIRE(waiting.at("holder").at("pid") == std::stoi(holder));
    REQUIRE(waiting.at("timeout_ms") == 1000);
    REQUIRE(events.back().at("type") == "error");
    REQUIRE(events.back().at("code") == "lock");
  }
  SECTION("and can be interrupted meanwhile") {
    RunningProgram run(
        medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
    REQUIRE(eventually([&] { return run.errors().find("Waiting") != std::string::npos; }));
    run.signal(SIGINT);
    const Outcome outcome = run.wait();
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 130);
    REQUIRE(database.applied().empty());
  }
  SECTION("while show and plan need no lock") {
    REQUIRE(shop.migrations({"show"}).exit_code == 1);
    REQUIRE(shop.migrations({"plan"}).exit_code == 0);
  }
}

TEST_CASE("a lock of another schema is another lock") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  shop.configure("[database]\nschema = \"shop\"\n");
  const medusa::RunLock lock(url_of(database), medusa::RunLockOptions{});
  require_success(shop.migrations({"run"}));
}

TEST_CASE("a signal ends a run at once, and leaves nothing behind") {
  const auto [number, exit_code, word] = GENERATE(
      table<int, int, std::string>({{SIGINT, 130, "interrupted"}, {SIGTERM, 143, "terminated"}}));
  const bool in_sql = GENERATE(true, false);
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const std::string before = database.dump();
  add_endless(shop, in_sql);
  RunningProgram run(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] { return runs_endless(database); }));
  run.signal(number);
  const Outcome outcome = run.wait();
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == exit_code);
  REQUIRE(outcome.output.empty());
  REQUIRE_THAT(outcome.errors, Contains("error: " + word));
  REQUIRE_THAT(outcome.errors,
               Contains("everything was rolled back: the database is as it was before"));
  REQUIRE_THAT(outcome.errors, Contains("Rolled back 3 migrations"));
  REQUIRE(eventually([&] { return backends(database) == "0"; }));
  REQUIRE(database.dump() == before);
  // The lock is free again.
  shop.remove("plugins/slow");
  require_success(shop.migrations({"run"}));
  REQUIRE(database.applied() == kThree);
}

TEST_CASE("a killed run leaves nothing behind") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const std::string before = database.dump();
  add_endless(shop);
  RunningProgram run(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] { return runs_endless(database); }));
  run.signal(SIGKILL);
  REQUIRE(run.wait().exit_code == 137);
  // The server notices when it next talks to the dead: here that is made to be now.
  database.execute(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = "
      "current_database() AND application_name LIKE 'medusa%'");
  REQUIRE(eventually([&] { return backends(database) == "0"; }));
  REQUIRE(database.dump() == before);
}

TEST_CASE("schema and extensions") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[database]\nschema = \"shop\"\nextensions = [\"uuid-ossp\"]\n");
  add_table(shop, "first", "1700000000001", "a");
  shop.add("second",
           "1700000000002-b.ts",
           typescript_migration("B1700000000002",
                                {"CREATE TABLE b (id uuid DEFAULT uuid_generate_v4())",
                                 "INSERT INTO b DEFAULT VALUES"},
                                {"DROP TABLE b"}));
  require_success(shop.migrations({"run"}));
  REQUIRE(
      database.column("SELECT nspname || '.' || relname FROM pg_class c JOIN pg_namespace n "
                      "ON n.oid = relnamespace WHERE relkind = 'r' AND nspname IN "
                      "('shop', 'public') ORDER BY 1") ==
      Names{"shop.a", "shop.b", "shop.medusa_migration", "shop.medusa_upgrade", "shop.migrations"});
  REQUIRE(database.value("SELECT count(*) FROM pg_extension WHERE extname = 'uuid-ossp'") == "1");
  REQUIRE(database.value("SELECT count(*) FROM shop.migrations") == "2");
  REQUIRE(shop.migrations({"run"}, kNoNode).output ==
          "Nothing is pending: 2 migrations are applied.\n");
  require_success(shop.migrations({"show"}));
  require_success(shop.migrations({"revert"}));
  REQUIRE_FALSE(database.has_relation("shop.b"));
  REQUIRE(database.value("SELECT count(*) FROM shop.migrations") == "1");
}

TEST_CASE("an extension that the server does not have") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[database]\nschema = \"shop\"\nextensions = [\"no-such-extension\"]\n");
  add_three(shop);
  const std::string before = database.dump();
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  REQUIRE(outcome.exit_code == 6);
  REQUIRE_THAT(outcome.errors, Contains("error: cannot create extension 'no-such-extension'"));
  REQUIRE_THAT(outcome.errors, Contains("CREATE EXTENSION \"no-such-extension\";"));
  REQUIRE(database.dump() == before);
}

TEST_CASE("what run prints") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);

  SECTION("events in JSON, a line each") {
    const Outcome outcome = shop.migrations({"run", "--format", "json"});
    require_success(outcome);
    REQUIRE(outcome.errors.empty());
    const std::vector<Json> events = lines_of(outcome.output);
    REQUIRE(events.front().at("type") == "version");
    REQUIRE(events.front().at("tool") == "medusa");
    REQUIRE(events.back().at("type") == "upgrade-finished");
    REQUIRE(events.back().at("done") == 3);
    REQUIRE(events.back().at("rolled_back") == 0);
    REQUIRE(events.back().at("not_run") == 0);
    Names finished;
    for (const Json& event : events) {
      if (event.at("type") == "migration-finished") {
        finished.push_back(event.at("name"));
        REQUIRE(event.at("total") == 3);
        REQUIRE(event.at("position") == finished.size());
      }
    }
    REQUIRE(finished == kThree);
    const Outcome again = shop.migrations({"run", "--format", "json"});
    require_success(again);
    REQUIRE(lines_of(again.output).front().at("type") == "version");
    REQUIRE(lines_of(again.output).back().at("type") == "upgrade-finished");
    REQUIRE(lines_of(again.output).back().at("done") == 0);
  }
  SECTION("no escape sequences into a pipe, unless they are asked for") {
    const Outcome plain = shop.migrations({"run"});
    require_success(plain);
    REQUIRE_THAT(plain.output + plain.errors, !Contains("\x1b"));
    REQUIRE_THAT(plain.output + plain.errors, !Contains("\r"));
    const Outcome forced = shop.migrations({"show", "--color", "always"});
    REQUIRE_THAT(forced.output, Contains("\x1b["));
    const Outcome variable = shop.migrations({"show"}, {{"CLICOLOR_FORCE", "1"}});
    REQUIRE_THAT(variable.output, Contains("\x1b["));
    const Outcome never = shop.migrations({"show"}, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}});
    REQUIRE_THAT(never.output, !Contains("\x1b"));
  }
  SECTION("with -q only the answer") {
    const Outcome outcome = shop.migrations({"run", "-q"});
    require_success(outcome);
    REQUIRE(outcome.errors.empty());
    REQUIRE_THAT(outcome.output, StartsWith("Applied 3 migrations in "));
  }
  SECTION("without a word of the password") {
    const Outcome outcome =
        shop.migrations({"run", "-v"}, {{"DATABASE_URL", database.url_of("postgres", "s3cret")}});
    INFO(outcome.errors);
    REQUIRE_THAT(outcome.output + outcome.errors, !Contains("s3cret"));
    REQUIRE_THAT(outcome.errors, Contains(":***@"));
  }
}

TEST_CASE("which database: the flag, then DATABASE_URL, then the file") {
  const TestDatabase of_file;
  const TestDatabase of_environment;
  const TestDatabase of_flag;
  const SmallShop shop;
  add_three(shop);
  shop.configure("[database]\nurl = \"${SHOP_URL:-" + of_file.url() + "}\"\n");
  const auto applied = [&] {
    return std::vector<std::size_t>{
        of_file.applied().size(), of_environment.applied().size(), of_flag.applied().size()};
  };
  const std::map<std::string, std::string> environment{{"DATABASE_URL", of_environment.url()}};

  require_success(shop.migrations({"run", "--database-url", of_flag.url()}, environment));
  REQUIRE(applied() == std::vector<std::size_t>{0, 0, 3});
  require_success(shop.migrations({"run"}, environment));
  REQUIRE(applied() == std::vector<std::size_t>{0, 3, 3});
  require_success(shop.migrations({"run"}, {{"DATABASE_URL", ""}}));
  REQUIRE(applied() == std::vector<std::size_t>{3, 3, 3});
  // A variable in the file's URL.
  require_success(shop.migrations({"revert"}, {{"SHOP_URL", of_flag.url()}}));
  REQUIRE(applied() == std::vector<std::size_t>{3, 3, 2});
}

TEST_CASE("global flags stand anywhere, and -C leads to the workspace") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  const auto from = [&](const std::vector<std::string>& arguments) {
    return medusa::run_medusa("/", arguments, shop.environment());
  };
  require_success(from({"-C", shop.root().string(), "-q", "migrations", "run"}));
  REQUIRE(database.applied() == kThree);
  require_success(from({"migrations", "show", "-C", (shop.root() / "plugins/first").string()}));
  require_success(from({"migrations", "--config", (shop.root() / "medusa.toml").string(), "show"}));
}

TEST_CASE("revert creates no extension") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_three(shop);
  require_success(shop.migrations({"run"}));
  shop.configure("[database]\nextensions = [\"no-such-extension\"]\n");
  require_success(shop.migrations({"revert"}));
  REQUIRE(database.applied().size() == 2);
}

TEST_CASE("the database in use, in JSON and without its password") {
  const SmallShop shop("postgresql://me:hunter2@127.0.0.1:1/shop");
  const Outcome outcome = shop.medusa({"database", "url", "--format", "json"});
  require_success(outcome);
  REQUIRE(outcome.output == "{\"url\":\"postgresql://me:***@127.0.0.1:1/shop\"}\n");
  REQUIRE(shop.medusa({"database", "url"}).output == "postgresql://me:***@127.0.0.1:1/shop\n");
}

TEST_CASE("an empty DATABASE_URL is said to be ignored where the private server is chosen") {
  const SmallShop shop;
  const std::map<std::string, std::string> environment{{"CI", "false"}, {"DATABASE_URL", ""}};
  const Outcome outcome = shop.medusa({"database", "url"}, environment);
  const Outcome unset = shop.medusa({"database", "url"}, {{"CI", "false"}});
  require_success(shop.medusa({"database", "stop"}, environment));
  require_success(outcome);
  REQUIRE_THAT(outcome.errors, Contains("warning: DATABASE_URL is set but empty, and so ignored"));
  require_success(unset);
  REQUIRE_THAT(unset.errors, !Contains("warning"));
}

TEST_CASE("the workspace's own server can be stopped whatever is configured by now") {
  const SmallShop shop;
  const std::map<std::string, std::string> without{{"CI", "false"}};
  const std::map<std::string, std::string> with{{"DATABASE_URL", "postgresql://me@127.0.0.1:1/x"}};
  require_success(shop.medusa({"database", "start"}, without));
  const Outcome stopped = shop.medusa({"database", "stop"}, with);
  const Outcome again = shop.medusa({"database", "stop"}, with);
  require_success(stopped);
  REQUIRE_THAT(stopped.errors, Contains("Stopped the workspace's own PostgreSQL"));
  require_success(again);
  REQUIRE_THAT(again.errors,
               Contains("was not running") && Contains("(DATABASE_URL); only who runs its server"));
}
