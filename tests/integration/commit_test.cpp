// SPDX-License-Identifier: MIT
// The connection is lost before, at and after COMMIT; the program finds out what became of it, and
// what it says is what the database has.
#include <atomic>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include <catch2/catch.hpp>

#include "medusa/postgres/socket_address.hpp"

#include "postgres_fixture.hpp"
#include "protocol_proxy.hpp"
#include "running_program.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::eventually;
using medusa::Outcome;
using medusa::ProtocolMessage;
using medusa::ProtocolProxy;
using medusa::ProxyAction;
using medusa::RunningProgram;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TestDatabase;

namespace {

using Names = std::vector<std::string>;

const Names kTwo{"One1700000000001", "Two1700000000002"};

/// A database, a shop with two migrations, and a proxy before the server.
struct Wire {
  TestDatabase database = {};
  SmallShop shop{};
  std::unique_ptr<ProtocolProxy> proxy = {};

  explicit Wire(ProtocolProxy::Decision decision) {
    shop.add("p",
             "1700000000001-one.sql",
             sql_migration("CREATE TABLE one (id int);", "DROP TABLE one;"));
    shop.add("p",
             "1700000000002-two.sql",
             sql_migration("CREATE TABLE two (id int);", "DROP TABLE two;"));
    const auto folder = medusa::PostgresFixture::shared().log().parent_path().parent_path();
    proxy = std::make_unique<ProtocolProxy>(medusa::SocketAddress{.folder = folder}.socket(),
                                            std::move(decision));
  }

  [[nodiscard]] std::map<std::string, std::string> environment() const {
    return {{"DATABASE_URL",
             std::string("postgresql://") + medusa::SocketAddress::kUser + "@127.0.0.1:" +
                 std::to_string(proxy->port()) + "/" + database.name() + "?sslmode=disable"},
            {"CI", "true"}};
  }

  [[nodiscard]] Outcome run(Names arguments = {"run"}) const {
    return shop.migrations(std::move(arguments), environment());
  }
};

bool of_work(const ProtocolMessage& message) {
  return message.application == "medusa";
}

/// Cuts the work connection once, at its n-th COMMIT.
ProtocolProxy::Decision cut_commit(ProxyAction action, int which = 1) {
  return [action, which, seen = std::make_shared<std::atomic<int>>(0)](
             const ProtocolMessage& message) {
    const bool hit = of_work(message) && message.is_query("COMMIT") && ++*seen == which;
    return hit ? action : ProxyAction::Forward;
  };
}

/// Swallows the server's answer to the first COMMIT.
ProtocolProxy::Decision cut_answer() {
  return [seen = std::make_shared<std::atomic<int>>(0)](const ProtocolMessage& message) {
    const bool hit = of_work(message) && message.is_completion("COMMIT") && ++*seen == 1;
    return hit ? ProxyAction::Cut : ProxyAction::Forward;
  };
}

}  // namespace

TEST_CASE("COMMIT reached the server and its answer did not reach us: the run succeeds") {
  const Wire wire(cut_answer());
  const Outcome outcome = wire.run();
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.output, Contains("Applied 2 migrations"));
  CHECK_THAT(outcome.errors,
             Contains("warning: the connection was lost while 2 migrations were committed; asked "
                      "again, the database has them"));
  CHECK(wire.database.applied() == kTwo);
  CHECK(wire.database.column("SELECT outcome FROM medusa_upgrade") == Names{"done"});
}

TEST_CASE("COMMIT was sent and everything went silent: what happened is what is said") {
  const Wire wire(cut_commit(ProxyAction::ForwardCut));
  const Outcome outcome = wire.run();
  INFO(outcome.errors);
  // The server executes what it got, whether or not anybody listens.
  CHECK(outcome.exit_code == 0);
  CHECK(wire.database.applied() == kTwo);
}

TEST_CASE("COMMIT did not reach the server: the run says that nothing remains") {
  const Wire wire(cut_commit(ProxyAction::Cut));
  const std::string before = wire.database.dump();
  const Outcome outcome = wire.run();
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 6);
  CHECK(outcome.output.empty());
  CHECK_THAT(outcome.errors,
             Contains("error: the connection to the database was lost") &&
                 Contains("asked again, the database has nothing of the 2 migrations") &&
                 Contains("everything was rolled back: the database is as it was before") &&
                 Contains("Rolled back 2 migrations"));
  CHECK(wire.database.dump() == before);
  CHECK(wire.run().exit_code == 0);
  CHECK(wire.database.applied() == kTwo);
}

TEST_CASE("after a lost answer the rest of the upgrade is run") {
  const Wire wire(cut_answer());
  const Outcome outcome = wire.run({"run", "--transaction", "each"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.output, Contains("Applied 2 migrations"));
  CHECK(wire.database.applied() == kTwo);
  CHECK(wire.database.column("SELECT outcome FROM medusa_upgrade") == Names{"done"});
}

TEST_CASE("a later transaction that was lost leaves the earlier ones, and says so") {
  const Wire wire(cut_commit(ProxyAction::Cut, 2));
  const Outcome outcome = wire.run({"run", "--transaction", "each"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 6);
  CHECK_THAT(outcome.errors,
             Contains("its transaction was rolled back; 1 migration before it stays applied"));
  CHECK(wire.database.applied() == Names{kTwo[0]});
  CHECK(wire.database.column("SELECT outcome FROM medusa_upgrade") == Names{"failed"});
  CHECK(wire.run().exit_code == 0);
  CHECK(wire.database.applied() == kTwo);
}

TEST_CASE("a revert whose COMMIT was not answered is found out likewise") {
  const auto cut_second =
      [seen = std::make_shared<std::atomic<int>>(0)](const ProtocolMessage& message) {
        return of_work(message) && message.is_completion("COMMIT") && ++*seen == 2
                   ? ProxyAction::Cut
                   : ProxyAction::Forward;
      };
  const Wire wire(cut_second);
  REQUIRE(wire.run().exit_code == 0);
  const Outcome outcome = wire.run({"revert", "--steps", "2"});
  INFO(outcome.errors);
  CHECK(outcome.exit_code == 0);
  CHECK(wire.database.applied().empty());
  CHECK_FALSE(wire.database.has_relation("one"));
}

TEST_CASE("a server that is gone for good: the run says what is not known, and how to find out") {
  std::atomic<ProtocolProxy*> gone{nullptr};
  const Wire wire([&gone](const ProtocolMessage& message) {
    if (!of_work(message) || !message.is_completion("COMMIT")) {
      return ProxyAction::Forward;
    }
    gone.load()->refuse_connections();
    return ProxyAction::Cut;
  });
  gone = wire.proxy.get();
  RunningProgram run(medusa::medusa_program().string(),
                     wire.shop.root(),
                     {"migrations", "run", "--format", "json"},
                     wire.environment());
  // Neither a signal nor a second one takes the truth away.
  REQUIRE(eventually([&] { return wire.database.applied() == kTwo; }));
  run.signal(SIGINT);
  run.signal(SIGINT);
  const Outcome outcome = run.wait();
  INFO(outcome.output);
  CHECK(outcome.exit_code == 6);
  CHECK_THAT(
      outcome.output,
      Contains("\"commit-resolved\",\"outcome\":\"unknown\",\"steps\":2") &&
          Contains("\"done\":0,\"rolled_back\":0,\"failed\":0,\"not_run\":0,\"unknown\":2") &&
          Contains("whether its transaction was committed is not known") &&
          Contains("medusa migrations show tells"));
}

TEST_CASE("an upgrade that was killed between transactions is explained by the next run") {
  const Wire wire([](const ProtocolMessage& /*message*/) { return ProxyAction::Forward; });
  wire.shop.add("p", "1700000000002-two.sql", sql_migration("SELECT pg_sleep(600);"));
  RunningProgram run(medusa::medusa_program().string(),
                     wire.shop.root(),
                     {"migrations", "run", "--transaction", "each"},
                     wire.environment());
  REQUIRE(eventually([&] { return wire.database.applied().size() == 1; }));
  REQUIRE(eventually([&] {
    return wire.database.value(
               "SELECT count(*) FROM pg_stat_activity WHERE datname = "
               "current_database() AND query LIKE 'SELECT pg_sleep%'") == "1";
  }));
  run.signal(SIGKILL);
  CHECK(run.wait().exit_code == 137);
  CHECK(wire.database.column("SELECT outcome FROM medusa_upgrade") == Names{"running"});
  wire.database.execute(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
  wire.shop.add("p", "1700000000002-two.sql", sql_migration("CREATE TABLE two (id int);"));
  CHECK(wire.run().exit_code == 0);
  CHECK(wire.database.column("SELECT outcome FROM medusa_upgrade ORDER BY id") ==
        Names{"interrupted", "done"});
}
