// SPDX-License-Identifier: MIT
// One run at a time: many at once, directly and through a pooler; runs that are paused, that lose
// their lock, that are killed; and CREATE INDEX CONCURRENTLY while others wait.
#include "medusa/database/run_lock.hpp"

#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include <catch2/catch.hpp>

#include "pg_bouncer.hpp"
#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::eventually;
using medusa::Outcome;
using medusa::PgBouncer;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace {

using Names = std::vector<std::string>;

std::unique_ptr<RunningProgram> start(const SmallShop& shop, Names arguments = {}) {
  arguments.insert(arguments.begin(), {"migrations", "run"});
  return std::make_unique<RunningProgram>(
      medusa::medusa_program().string(), shop.root(), arguments, shop.environment());
}

void require_success(const Outcome& outcome) {
  INFO("stdout: " << outcome.output << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

void add(const SmallShop& shop, int number, const std::string& up) {
  shop.add("p",
           "170000000000" + std::to_string(number) + "-m" + std::to_string(number) + ".sql",
           sql_migration(up + ";"));
}

/// Three migrations: two in SQL, one that asks the database and so runs in the host.
void add_three(const SmallShop& shop) {
  add(shop, 1, "CREATE TABLE one (id int)");
  std::string text = typescript_migration("M1700000000002", {"CREATE TABLE two (id int)"});
  text.insert(text.find("    await"), "    await queryRunner.query(`SELECT now()`).then(String)\n");
  shop.add("p", "1700000000002-m2.ts", text);
  add(shop, 3, "CREATE TABLE three (id int)");
}

const Names kThree{"M11700000000001", "M1700000000002", "M31700000000003"};

/// Holds a run up: a statement that waits for this advisory lock gets it when we let go.
class Gate {
 public:
  explicit Gate(const TestDatabase& database)
      : connection_(medusa::DatabaseUrl::parse(database.url(), "the test"),
                    {.application_name = "the gate"}) {
    connection_.execute("SELECT pg_advisory_lock(42)");
  }

  void open() { connection_.execute("SELECT pg_advisory_unlock(42)"); }

  static constexpr const char* kStatement = "SELECT pg_advisory_xact_lock(42)";

 private:
  medusa::Connection connection_;
};

bool waits_at_gate(const TestDatabase& database) {
  return database.value(
             "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND "
             "objid = 42") == "1";
}

constexpr const char* kLockBackends =
    "FROM pg_stat_activity WHERE datname = current_database() AND application_name = "
    "'medusa (lock)'";

/// Ends the connection of whoever holds the run lock, and with it the lock.
void end_lock(const TestDatabase& database) {
  REQUIRE(database.value("SELECT pg_terminate_backend(l.pid, 30000) FROM pg_locks l JOIN "
                         "pg_stat_activity a USING (pid) WHERE locktype = 'advisory' AND "
                         "mode = 'ExclusiveLock' AND granted AND application_name = "
                         "'medusa (lock)'") == "t");
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

}  // namespace

TEST_CASE("fifty runs at once: one upgrade, every migration once, all succeed") {
  constexpr std::size_t kRuns = 50;
  const std::string way = GENERATE("directly", "session", "transaction");
  const TestDatabase database;
  std::optional<PgBouncer> pooler;
  if (way != "directly") {
    pooler.emplace(way);
  }
  const SmallShop shop(pooler.has_value() ? pooler->url(database.name()) : database.url());
  add_three(shop);
  require_success(shop.medusa({"build"}));
  std::vector<std::unique_ptr<RunningProgram>> runs;
  for (std::size_t i = 0; i < kRuns; ++i) {
    runs.push_back(start(shop));
  }
  std::size_t applied = 0;
  std::size_t waited = 0;
  for (const auto& run : runs) {
    const Outcome outcome = run->wait();
    INFO(way);
    require_success(outcome);
    applied += outcome.output.find("Applied 3 migrations") == 0 ? 1U : 0U;
    waited += count(outcome.errors, "Waiting for ");
  }
  CHECK(applied == 1);
  CHECK(waited > 0);
  CHECK(database.applied() == kThree);
  CHECK(database.column("SELECT outcome FROM medusa_upgrade") == Names{"done"});
  CHECK(database.value("SELECT count(*) FROM medusa_migration") == "3");
}

TEST_CASE("a pool of two connections is enough for any number of runs") {
  const std::string mode = GENERATE("session", "transaction");
  const TestDatabase database;
  const PgBouncer pooler(mode, 2);
  const SmallShop shop(pooler.url(database.name()));
  add_three(shop);
  require_success(shop.medusa({"build"}));
  std::vector<std::unique_ptr<RunningProgram>> runs;
  for (int i = 0; i < 5; ++i) {
    runs.push_back(start(shop));
  }
  for (const auto& run : runs) {
    require_success(run->wait());
  }
  CHECK(database.applied() == kThree);
}

TEST_CASE("through a pooler, a schema and steps outside a transaction do not go together") {
  const TestDatabase database;
  const PgBouncer pooler("transaction");
  const SmallShop shop(pooler.url(database.name()));
  add_three(shop);
  shop.add("p",
           "1700000000004-m4.sql",
           "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY one_id ON one (id);\n");
  SECTION("without a schema it runs") {
    require_success(shop.migrations({"run"}));
    CHECK(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_id'::regclass") ==
          "t");
  }
  SECTION("with one it is refused before anything ran") {
    shop.configure("[database]\nschema = \"shop\"\n");
    const Outcome outcome = shop.migrations({"run"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 6);
    CHECK_THAT(outcome.errors,
               Contains("cannot run p/M41700000000004 outside a transaction through a connection "
                        "pooler"));
    CHECK_FALSE(database.has_relation("shop.one"));
    require_success(shop.migrations({"run"}, {{"DATABASE_URL", database.url()}}));
    CHECK(database.has_relation("shop.one_id"));
  }
}

TEST_CASE("a run that was paused between transactions cannot write once its lock is gone") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add(shop, 1, "CREATE TABLE one (id int)");
  // Outside a transaction, so that the run is paused while none of its transactions is open: it
  // waits for a file in its second migration.
  const std::string file = (shop.root() / "go").string();
  shop.add("p",
           "1700000000002-m2.ts",
           "import { existsSync } from \"fs\"\n\nexport class M1700000000002 {\n"
           "  transaction = false\n  async up(queryRunner) {\n"
           "    await queryRunner.query(`CREATE TABLE two (id int)`)\n"
           "    while (!existsSync(`" +
               file +
               "`)) await new Promise((resolve) => setTimeout(resolve, 20))\n"
               "    await queryRunner.query(`INSERT INTO two VALUES (1)`)\n  }\n"
               "  async down() {}\n}\n");
  add(shop, 3, "CREATE TABLE three (id int)");
  const auto paused = start(shop);
  REQUIRE(eventually([&] { return database.has_relation("two"); }));
  paused->signal(SIGSTOP);
  end_lock(database);
  shop.write("go", "");

  const Outcome second = start(shop)->wait();
  require_success(second);
  CHECK_THAT(second.errors, Contains("Going on"));
  const std::string before = database.dump();
  CHECK(database.applied().size() == 3);

  paused->signal(SIGCONT);
  const Outcome first = paused->wait();
  INFO(first.errors);
  CHECK(first.exit_code == 6);
  CHECK_THAT(first.errors, Contains("the run lock was lost"));
  CHECK(database.dump() == before);
  CHECK(database.column("SELECT id FROM two") == Names{"1"});
}

TEST_CASE("a run that was paused in a transaction is waited for by the next one") {
  const bool killed = GENERATE(false, true);
  const TestDatabase database;
  const SmallShop shop(database.url());
  add(shop, 1, "CREATE TABLE one (id int)");
  add(shop, 2, Gate::kStatement);
  Gate gate(database);
  const auto first = start(shop);
  REQUIRE(eventually([&] { return waits_at_gate(database); }));
  const std::string worker = database.value(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 42");
  if (killed) {
    first->signal(SIGKILL);
    REQUIRE(first->wait().exit_code == 137);
    REQUIRE(eventually(
        [&] { return database.value("SELECT count(*) " + std::string(kLockBackends)) == "0"; }));
  } else {
    first->signal(SIGSTOP);
    end_lock(database);
  }
  const auto second = start(shop);
  REQUIRE(eventually([&] { return second->errors().find("Waiting") != std::string::npos; }));
  CHECK_THAT(second->errors(),
             Contains("Waiting for an open transaction of a run that lost its lock: medusa (pid " +
                      worker + ", ") &&
                 Contains("its last statement began "));
  CHECK(database.applied().empty());
  gate.open();
  if (!killed) {
    first->signal(SIGCONT);
    // Its transaction began under the lock, and nobody else could begin since.
    require_success(first->wait());
  }
  const Outcome outcome = second->wait();
  require_success(outcome);
  CHECK(database.applied().size() == 2);
  // A killed run's transaction is rolled back once its statement ends.
  CHECK_THAT(outcome.output, Contains(killed ? "Applied 2 migrations" : "Nothing is pending"));
  CHECK(database.value("SELECT count(*) FROM medusa_upgrade") == "1");
}

TEST_CASE("waiting for a lost run's transaction ends with the time for waiting") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.configure("[migrations]\nrun_lock_timeout = 1\n");
  add(shop, 1, Gate::kStatement);
  Gate gate(database);
  const auto first = start(shop);
  REQUIRE(eventually([&] { return waits_at_gate(database); }));
  first->signal(SIGSTOP);
  end_lock(database);
  const Outcome outcome = shop.migrations({"run"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 6);
  CHECK_THAT(outcome.errors,
             Contains("a transaction of a run that lost its lock did not end within 1 second") &&
                 Contains("SELECT pg_terminate_backend("));
  first->signal(SIGKILL);
}

TEST_CASE("nobody holds the run lock while a killed run's index is still built") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  database.execute("CREATE TABLE one (id int)");
  shop.add(
      "p", "1700000000001-m1.sql", sql_migration("CREATE INDEX CONCURRENTLY one_id ON one (id);"));
  require_success(shop.medusa({"build"}));
  medusa::Connection writer(medusa::DatabaseUrl::parse(database.url(), "the test"));
  writer.execute("START TRANSACTION; INSERT INTO one VALUES (1)");
  const auto killed = start(shop);
  REQUIRE(eventually([&] { return killed->errors().find("Index [1/1]") != std::string::npos; }));
  killed->signal(SIGKILL);
  REQUIRE(killed->wait().exit_code == 137);
  const auto next = start(shop);
  REQUIRE(eventually([&] { return next->errors().find("Waiting for") != std::string::npos; }));
  // The build would wait for the end of every transaction that it once finds with a snapshot.
  REQUIRE(eventually([&] {
    return database.value("SELECT count(*) " + std::string(kLockBackends) +
                          " AND xact_start IS NULL") == "1";
  }));
  writer.execute("COMMIT");
  require_success(next->wait());
  CHECK(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_id'::regclass") ==
        "t");
}

TEST_CASE("an index is built concurrently while other runs wait") {
  const std::string way = GENERATE("directly", "transaction");
  const TestDatabase database;
  std::optional<PgBouncer> pooler;
  if (way != "directly") {
    pooler.emplace(way);
  }
  const SmallShop shop(pooler.has_value() ? pooler->url(database.name()) : database.url());
  add(shop, 1, "CREATE TABLE one AS SELECT generate_series(1, 1000) AS id");
  shop.add("p",
           "1700000000002-m2.sql",
           "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY one_id ON one (id);\n");
  add(shop, 3, "CREATE TABLE three (id int)");
  require_success(shop.medusa({"build"}));
  // A transaction that writes holds the build up until all others are waiting for the run.
  medusa::Connection writer(medusa::DatabaseUrl::parse(database.url(), "the test"));
  const auto first = start(shop, {"-v"});
  REQUIRE(eventually([&] { return database.has_relation("one"); }));
  bool held = false;
  try {
    writer.execute("START TRANSACTION; LOCK TABLE one IN ROW EXCLUSIVE MODE");
    held = true;
  } catch (const medusa::SqlError&) {
  }
  REQUIRE(held);
  std::vector<std::unique_ptr<RunningProgram>> others;
  for (int i = 0; i < 5; ++i) {
    others.push_back(start(shop));
  }
  for (const auto& run : others) {
    REQUIRE(eventually([&] {
      return run->errors().find("Waiting for medusa (lock)") != std::string::npos ||
             !run->output().empty();
    }));
  }
  writer.execute("COMMIT");
  require_success(first->wait());
  for (const auto& run : others) {
    require_success(run->wait());
  }
  CHECK(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_id'::regclass") ==
        "t");
  CHECK(database.applied().size() == 3);
}
