// SPDX-License-Identifier: MIT
// Signals while JavaScript runs: the first one decides, more of them change nothing, and no process
// is left.
#include <csignal>
#include <cstdlib>

#include <catch2/catch.hpp>

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
using medusa::typescript_migration;

namespace {

/// A migration that leaves the number of its process in the file host.pid, and then does `rest`.
void add_telling(const SmallShop& shop, const std::string& rest) {
  std::string text = typescript_migration("Slow1700000000002", {"SELECT 1"});
  text.insert(text.find("    await"),
              "    require('node:fs').writeFileSync('" + (shop.root() / "host.pid").string() +
                  "', String(process.pid))\n    " + rest + "\n");
  shop.add("p", "1700000000001-one.sql", sql_migration("CREATE TABLE one (id int);"));
  shop.add("p", "1700000000002-slow.ts", text);
}

bool is_there(const SmallShop& shop) {
  return ::kill(std::atoi(shop.read("host.pid").c_str()), 0) == 0;
}

}  // namespace

TEST_CASE("several signals while a migration's code runs end it, and leave nothing") {
  const auto [rest, first, second, exit_code] = GENERATE(table<std::string, int, int, int>(
      {{"await queryRunner.query('SELECT pg_sleep(600)')", SIGINT, SIGINT, 130},
       {"await queryRunner.query('SELECT pg_sleep(600)')", SIGTERM, SIGTERM, 143},
       {"await new Promise((resolve) => setTimeout(resolve, 600000))", SIGINT, SIGTERM, 130}}));
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_telling(shop, rest);
  const std::string before = database.dump();
  RunningProgram run(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] { return shop.exists("host.pid") && !shop.read("host.pid").empty(); }));
  REQUIRE(is_there(shop));
  run.signal(first);
  run.signal(second);
  const Outcome outcome = run.wait();
  INFO(outcome.errors);
  CHECK(outcome.exit_code == exit_code);
  CHECK_THAT(outcome.errors,
             Contains("everything was rolled back: the database is as it was before") &&
                 Contains("Rolled back 1 migration"));
  CHECK_FALSE(is_there(shop));
  CHECK(database.dump() == before);
}

TEST_CASE("the host does not outlive a killed run") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  add_telling(shop, "await new Promise((resolve) => setTimeout(resolve, 600000))");
  RunningProgram run(
      medusa::medusa_program().string(), shop.root(), {"migrations", "run"}, shop.environment());
  REQUIRE(eventually([&] { return shop.exists("host.pid") && !shop.read("host.pid").empty(); }));
  run.signal(SIGKILL);
  CHECK(run.wait().exit_code == 137);
  CHECK(eventually([&] { return !is_there(shop); }));
}
