// SPDX-License-Identifier: MIT
// Others hold locks on the tables that an upgrade changes: it waits a little, gives way so that
// nobody queues behind it, names who is in the way, and runs again.
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa/database/connection.hpp"

#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::Connection;
using medusa::eventually;
using medusa::Outcome;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

std::unique_ptr<RunningProgram> start(const SmallShop& shop, std::vector<std::string> flags = {}) {
  flags.insert(flags.begin(), {"migrations", "run"});
  return std::make_unique<RunningProgram>(
      medusa::medusa_program().string(), shop.root(), flags, shop.environment());
}

void require_success(const Outcome& outcome) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

bool told(const RunningProgram& run, const std::string& text) {
  return eventually([&] { return run.errors().find(text) != std::string::npos; });
}

/// A session of the shop's own backend.
class Session {
 public:
  explicit Session(const TestDatabase& database)
      : connection_(medusa::DatabaseUrl::parse(database.url(), "the test"),
                    {.application_name = "shop backend"}) {}

  void execute(const std::string& sql) { connection_.execute(sql); }

  [[nodiscard]] std::string pid() const { return std::to_string(connection_.backend_pid()); }

 private:
  Connection connection_;
};

/// A database with a table `product`, and a migration pending that changes it, as its second step.
struct Shop {
  TestDatabase database = {};
  SmallShop shop{database.url()};

  explicit Shop(bool in_sql = true) {
    database.execute("CREATE TABLE product (id int)");
    shop.add("p", "1700000000001-one.sql", sql_migration("CREATE TABLE one (id int);"));
    const std::string change = "ALTER TABLE product ADD COLUMN note text";
    if (in_sql) {
      shop.add("p", "1700000000002-two.sql", sql_migration(change + ";"));
      return;
    }
    // Dynamic, because of the question. What it keeps in memory must not meet its second attempt.
    std::string text = typescript_migration("Two1700000000002", {change});
    text.insert(text.find("    await"),
                "    calls += 1\n    await queryRunner.query(`SELECT now()`).then(String)\n"
                "    if (calls > 1) throw new Error('not a fresh start')\n");
    shop.add("p", "1700000000002-two.ts", "let calls = 0\n" + text);
  }
};

}  // namespace

TEST_CASE("a lock on a table is waited for, its holder named, and nobody queues behind us") {
  const bool in_sql = GENERATE(true, false);
  const Shop made(in_sql);
  const SmallShop& shop = made.shop;
  shop.configure("[migrations]\nlock_timeout = 1\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const auto run = start(shop);
  REQUIRE(told(*run,
               "blocked by a lock on 'product' of pid " + blocker.pid() +
                   " (shop backend, idle in transaction for "));
  CHECK_THAT(run->errors(), Contains("Waiting [2/2] p/Two1700000000002: blocked by"));
  CHECK_THAT(run->errors(), Contains(": START TRANSACTION; SELECT * FROM product"));

  // The blocker still holds its lock. Without a time limit for us, this would wait as long as it.
  Session(made.database).execute("SELECT * FROM product");
  REQUIRE(told(*run,
               "Rolled back 1 migration, to let others through: blocked by a lock on "
               "'product' of pid " +
                   blocker.pid()));
  CHECK_FALSE(made.database.has_relation("one"));

  blocker.execute("COMMIT");
  const Outcome outcome = run->wait();
  require_success(outcome);
  CHECK_THAT(outcome.output, Contains("Applied 2 migrations"));
  CHECK(made.database.applied().size() == 2);
  CHECK(made.database.value("SELECT count(*) FROM medusa_upgrade") == "1");
}

TEST_CASE("the time for trying again ends, and the error names who is in the way") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\nlock_retry = 1\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const std::string before = made.database.dump();
  const Outcome outcome = made.shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("canceling statement due to lock timeout"));
  CHECK_THAT(outcome.errors, Contains("SQLSTATE 55P03"));
  CHECK_THAT(outcome.errors, Contains("note: blocked by pid " + blocker.pid() + " (shop backend"));
  CHECK_THAT(outcome.errors,
             Contains("hint: wait for it, or end it: SELECT pg_terminate_backend(" + blocker.pid() +
                      ");"));
  CHECK_THAT(outcome.errors, Contains("everything was rolled back"));
  CHECK(made.database.dump() == before);
}

TEST_CASE("with lock_retry 0 a lock that is not got is the end") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\nlock_retry = 0\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const Outcome outcome = made.shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("tried 1 time") && !Contains("to let others through"));
}

TEST_CASE("events of waiting and trying again") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const auto run = start(made.shop, {"--format", "json"});
  REQUIRE(eventually([&] { return run->output().find("group-retrying") != std::string::npos; }));
  blocker.execute("COMMIT");
  const Outcome outcome = run->wait();
  require_success(outcome);
  std::vector<std::string> types;
  for (std::size_t begin = 0; begin < outcome.output.size();) {
    const std::size_t end = outcome.output.find('\n', begin);
    const auto event = nlohmann::json::parse(outcome.output.substr(begin, end - begin));
    begin = end + 1;
    types.push_back(event.at("type"));
    if (types.back() == "statement-blocked" || types.back() == "group-retrying") {
      CHECK(event.at("relation") == "product");
      CHECK(event.at("blockers").at(0).at("pid") == std::stoi(blocker.pid()));
      CHECK(event.at("blockers").at(0).at("state") == "idle in transaction");
    }
    if (types.back() == "group-retrying") {
      CHECK(event.at("sqlstate") == "55P03");
      CHECK(event.at("rolled_back") == 1);
    }
    if (types.back() == "upgrade-finished") {
      CHECK(event.at("done") == 2);
      CHECK(event.at("rolled_back") == 0);
    }
  }
  CHECK(std::count(types.begin(), types.end(), "statement-blocked") >= 1);
  CHECK(std::count(types.begin(), types.end(), "group-retrying") >= 1);
}

TEST_CASE("a migration's own lock_timeout is the migration's") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\nlock_retry = 0\n");
  made.shop.add("p",
                "1700000000002-two.sql",
                sql_migration("SET LOCAL lock_timeout = 0;\n"
                              "ALTER TABLE product ADD COLUMN note text;"));
  CHECK(made.shop.migrations({"plan"}).exit_code == 0);
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const auto run = start(made.shop);
  REQUIRE(told(*run, "blocked by a lock on 'product'"));
  // Longer than lock_timeout: the server says how long it has been waiting.
  REQUIRE(eventually([&] {
    return made.database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE product%' AND "
               "wait_event_type = 'Lock' AND clock_timestamp() - query_start > '2 s'") == "1";
  }));
  blocker.execute("COMMIT");
  require_success(run->wait());
}

TEST_CASE("statement_timeout ends what takes too long, once") {
  const Shop made;
  made.shop.configure("[migrations]\nstatement_timeout = 1\n");
  made.shop.add("p", "1700000000002-two.sql", sql_migration("SELECT pg_sleep(600);"));
  const Outcome outcome = made.shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 7);
  CHECK_THAT(outcome.errors, Contains("canceling statement due to statement timeout"));
  CHECK_FALSE(made.database.has_relation("one"));
}

TEST_CASE("a deadlock is tried again") {
  const Shop made;
  made.database.execute("CREATE TABLE price (id int)");
  made.shop.add(
      "p", "1700000000002-two.sql", sql_migration("LOCK TABLE product;\nLOCK TABLE price;"));
  Session other(made.database);
  // It waits for the lock that we have, longer than we do: the server ends one of the two.
  other.execute("SET deadlock_timeout = '60s'; START TRANSACTION; LOCK TABLE price");
  const auto run = start(made.shop);
  REQUIRE(told(*run, "blocked by a lock on 'price' of pid " + other.pid()));
  other.execute("LOCK TABLE product");  // got when we give way
  REQUIRE(told(*run, "to let others through"));
  other.execute("COMMIT");
  require_success(run->wait());
}

TEST_CASE("a signal ends the pause before another attempt") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; SELECT * FROM product");
  const std::string before = made.database.dump();
  const auto run = start(made.shop);
  REQUIRE(told(*run, "to let others through"));
  run->signal(SIGINT);
  const Outcome outcome = run->wait();
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 130);
  CHECK_THAT(outcome.errors, Contains("everything was rolled back"));
  CHECK(made.database.dump() == before);
}

TEST_CASE("what holds an index up that is built concurrently is named, and no time limit ends it") {
  const Shop made;
  made.shop.configure("[migrations]\nlock_timeout = 1\nlock_retry = 0\n");
  made.database.execute("ALTER DATABASE " + made.database.name() + " SET lock_timeout = '1s'");
  made.shop.add("p",
                "1700000000002-two.sql",
                "-- migrate:up transaction:false\n"
                "CREATE INDEX CONCURRENTLY product_id ON product (id);\n");
  Session blocker(made.database);
  blocker.execute("START TRANSACTION; INSERT INTO product VALUES (1)");
  const auto run = start(made.shop);
  REQUIRE(told(*run, "Waiting [2/2] p/Two1700000000002: blocked by pid " + blocker.pid()));
  REQUIRE(eventually([&] {
    return made.database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND "
               "wait_event_type = 'Lock' AND clock_timestamp() - query_start > '2 s'") == "1";
  }));
  blocker.execute("COMMIT");
  require_success(run->wait());
  CHECK(made.database.value(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'product_id'::regclass") == "t");
}
