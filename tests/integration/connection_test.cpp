// SPDX-License-Identifier: MIT
// Connections, transactions and the run lock against a real server.
#include "medusa/database/connection.hpp"

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/database/run_lock.hpp"
#include "medusa/database/transaction.hpp"

#include "postgres_fixture.hpp"
#include "test_database.hpp"

#if defined(__SANITIZE_ADDRESS__)
// libpqxx 6.4 asks a lost connection for its encoding before it owns the result, and drops that.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpqxx\n";
}
#endif

namespace medusa {

namespace {

using Names = std::vector<std::string>;
using Values = std::vector<std::optional<std::string>>;
using Catch::Matchers::Contains;

DatabaseUrl parsed(const std::string& url) {
  return DatabaseUrl::parse(url, "the test");
}

/// Everything of an error that a person may see.
std::string shown(const Error& error) {
  std::string text = error.what();
  for (const Diagnostic& diagnostic : error.diagnostics()) {
    text += '\n' + diagnostic.message + '\n' + diagnostic.hint;
    for (const std::string& note : diagnostic.notes) {
      text += '\n' + note;
    }
  }
  return text;
}

/// The error that connecting to `url` gives.
Diagnostic refusal_of(const std::string& url, const std::string& secret) {
  try {
    const Connection connection(parsed(url));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Database);
    CHECK(shown(error).find(secret) == std::string::npos);
    return error.first();
  }
  FAIL("connected");
  return {};
}

SqlErrorFields sql_error_of(Connection& connection, const std::string& sql) {
  try {
    connection.execute(sql);
  } catch (const SqlError& error) {
    return error.fields();
  }
  FAIL("no error: " << sql);
  return {};
}

ErrorCode error_code_of(Connection& connection, const std::string& sql) {
  try {
    connection.execute(sql);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("no error: " << sql);
  return ErrorCode::Internal;
}

/// Ends the backend and returns when it is gone.
void terminate(const TestDatabase& database, int pid) {
  REQUIRE(database.value("SELECT pg_terminate_backend(" + std::to_string(pid) + ", 30000)") == "t");
}

/// Waits until the server runs the backend's statement; each look is a round trip.
void wait_until_active(const TestDatabase& database, int pid) {
  const std::string sql =
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event"
      " = 'PgSleep' AND pid = " +
      std::to_string(pid);
  while (database.value(sql) != "1") {
    std::this_thread::yield();
  }
}

/// Pids of all run locks' connections to the database.
Names lock_pids(const TestDatabase& database) {
  return database.column(
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'medusa (lock)'"
      " AND datname = current_database()");
}

}  // namespace

TEST_CASE("every statement of a text gives a result with its tag", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const std::vector<QueryResult> results = connection.execute(
      "SELECT 1 AS one, 'ü' AS two; CREATE TABLE t (x int, y text);"
      "INSERT INTO t VALUES (1, 'a'), (2, NULL); UPDATE t SET x = x + 1; DELETE FROM t WHERE x = 2;"
      "SELECT * FROM t; SET client_min_messages = warning");
  Names tags;
  for (const QueryResult& result : results) {
    tags.push_back(result.tag);
  }
  REQUIRE(
      tags ==
      Names{"SELECT 1", "CREATE TABLE", "INSERT 0 2", "UPDATE 2", "DELETE 1", "SELECT 1", "SET"});
  CHECK(results[0].fields.at(1).name == "two");
  CHECK(results[0].rows.at(0) == Values{"1", "ü"});
  CHECK(results[5].rows.at(0) == Values{"3", std::nullopt});
}

TEST_CASE("columns know their type and the table they come from", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  connection.execute("CREATE TABLE t (x int, y varchar(7))");
  const QueryResult result = connection.execute("SELECT y, x, x + 1 AS z FROM t").at(0);
  REQUIRE(result.fields.size() == 3);
  CHECK(result.rows.empty());
  CHECK(result.fields[0].type == 1043);
  CHECK(result.fields[0].modifier == 11);
  CHECK(result.fields[0].column == 2);
  CHECK(std::to_string(result.fields[1].table) == database.value("SELECT 't'::regclass::oid"));
  CHECK(result.fields[2].table == 0);
}

TEST_CASE("text without a statement gives nothing that matters", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  for (const char* sql : {"", " ", "-- nothing", ";"}) {
    for (const QueryResult& result : connection.execute(sql)) {
      CHECK(result.tag.empty());
    }
  }
}

TEST_CASE("several statements outside a transaction are one", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  CHECK(sql_error_of(connection, "CREATE TABLE t (); SELECT 1 / 0").sqlstate == "22012");
  CHECK_FALSE(database.has_relation("t"));
}

TEST_CASE("parameters arrive as they were given", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const QueryResult result =
      connection.execute("SELECT $1::text, $2::text, $3::bytea, $4::int, $5::text, $6::bytea",
                         {Parameter(std::nullopt),
                          std::string("it's ü 🐘 \\ $1"),
                          std::string("\\x00ff10"),
                          std::string("42"),
                          std::string(),
                          Parameter::binary(std::string("\0\xff\x10", 3))});
  CHECK(result.rows.at(0) ==
        Values{std::nullopt, "it's ü 🐘 \\ $1", "\\x00ff10", "42", "", "\\x00ff10"});
}

TEST_CASE("a statement with parameters may have none", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  CHECK(connection.execute("SELECT 7", {}).rows.at(0) == Values{"7"});
  CHECK(connection.execute("CREATE TABLE t ()", {}).tag == "CREATE TABLE");
}

TEST_CASE("megabytes come back whole", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const std::string large(5000000, 'x');
  CHECK(connection.execute("SELECT $1::text", {large}).rows.at(0).at(0) == large);
  CHECK(connection.execute("SELECT i FROM generate_series(1, 50000) i").at(0).rows.size() == 50000);
}

TEST_CASE("a violated constraint is named with its table and detail", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  connection.execute(
      "CREATE TABLE t (x int CONSTRAINT only_once UNIQUE); INSERT INTO t VALUES (1)");
  const SqlErrorFields fields = sql_error_of(connection, "INSERT INTO t VALUES (1)");
  CHECK(fields.severity == "ERROR");
  CHECK(fields.sqlstate == "23505");
  CHECK(fields.constraint == "only_once");
  CHECK(fields.table == "t");
  CHECK(fields.schema == "public");
  CHECK_THAT(fields.message, Contains("only_once"));
  CHECK_THAT(fields.detail, Contains("(x)=(1)"));
  CHECK(fields.position.empty());
}

TEST_CASE("an error's position counts characters, and its hint is kept", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const SqlErrorFields fields =
      sql_error_of(connection, "SELECT 'ü🐘', nam FROM (SELECT 1 AS name) AS t");
  CHECK(fields.sqlstate == "42703");
  CHECK(fields.position == "14");
  CHECK_THAT(fields.hint, Contains("t.name"));
}

TEST_CASE("an error inside a function says where", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const SqlErrorFields raised = sql_error_of(
      connection,
      "DO $$ BEGIN RAISE EXCEPTION 'no %', 1 USING DETAIL = 'd', HINT = 'h', COLUMN = 'c',"
      " DATATYPE = 'y'; END $$");
  CHECK(raised.sqlstate == "P0001");
  CHECK(raised.message == "no 1");
  CHECK(raised.detail == "d");
  CHECK(raised.hint == "h");
  CHECK(raised.column == "c");
  CHECK(raised.data_type == "y");
  CHECK_THAT(raised.where, Contains("inline_code_block line 1"));
  const SqlErrorFields inner = sql_error_of(connection, "DO $$ BEGIN PERFORM nope; END $$");
  CHECK(inner.internal_query == "SELECT nope");
  CHECK(inner.internal_position == "8");
}

TEST_CASE("an error of a statement with parameters has the same fields", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  try {
    connection.execute("SELECT nope, $1::int", {std::string("1")});
    FAIL("no error");
  } catch (const SqlError& error) {
    CHECK(error.sqlstate() == "42703");
    CHECK(error.fields().position == "8");
  }
}

TEST_CASE("after an error the connection goes on, and forgets it", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  CHECK(sql_error_of(connection, "SELECT nope").sqlstate == "42703");
  CHECK(connection.is_open());
  CHECK(connection.execute("SELECT 1").at(0).rows.at(0) == Values{"1"});
  CHECK(sql_error_of(connection, "SELEKT").sqlstate == "42601");
}

TEST_CASE("a connection knows the server and itself", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()), {.application_name = "my test"});
  CHECK(connection.execute("SHOW application_name").at(0).rows.at(0) == Values{"my test"});
  CHECK(connection.execute("SELECT pg_backend_pid()").at(0).rows.at(0) ==
        Values{std::to_string(connection.backend_pid())});
  CHECK(connection.execute("SHOW server_version_num").at(0).rows.at(0) ==
        Values{std::to_string(connection.server_version())});
  CHECK_THAT(database.value("SHOW server_version"),
             Catch::Matchers::StartsWith(connection.server_version_text()));
  CHECK(connection.execute("SHOW client_encoding").at(0).rows.at(0) == Values{"UTF8"});
}

TEST_CASE("a lost connection is an error, and stays lost", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()), {.application_name = "to be lost"});
  terminate(database, connection.backend_pid());
  CHECK(error_code_of(connection, "SELECT 1") == ErrorCode::Database);
  CHECK_FALSE(connection.is_open());
  CHECK(error_code_of(connection, "SELECT 1") == ErrorCode::Database);
  CHECK_THROWS_AS(connection.execute("SELECT $1::text", {std::string("a")}), Error);
  CHECK_FALSE(connection.is_open());
  CHECK(database.value(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'to be lost'") == "0");
}

TEST_CASE("a connection lost in the middle of a transaction loses the transaction", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  {
    Transaction transaction(connection);
    connection.execute("CREATE TABLE t ()");
    terminate(database, connection.backend_pid());
    CHECK_THROWS_AS(transaction.commit(), Error);
  }
  CHECK_NOTHROW(connection.roll_back());
  CHECK_FALSE(database.has_relation("t"));
}

TEST_CASE("a connection lost while a statement runs is lost", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const int pid = connection.backend_pid();
  std::future<void> end = std::async(std::launch::async, [&] {
    wait_until_active(database, pid);
    terminate(database, pid);
  });
  CHECK(error_code_of(connection, "SELECT pg_sleep(60)") == ErrorCode::Database);
  CHECK_FALSE(connection.is_open());
  end.get();
}

TEST_CASE("a cancelled statement is an error, the connection goes on", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  const int pid = connection.backend_pid();
  std::future<void> end = std::async(std::launch::async, [&] {
    wait_until_active(database, pid);
    connection.cancel();
  });
  CHECK(sql_error_of(connection, "SELECT pg_sleep(60)").sqlstate == "57014");
  end.get();
  CHECK(connection.execute("SELECT 1").at(0).rows.at(0) == Values{"1"});
}

TEST_CASE("cancelling nothing is harmless", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  CHECK_NOTHROW(connection.cancel());
  terminate(database, connection.backend_pid());
  CHECK(error_code_of(connection, "SELECT 1") == ErrorCode::Database);
  CHECK_NOTHROW(connection.cancel());
}

TEST_CASE("COPY with data of the client ends at once", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  connection.execute("CREATE TABLE t (x int)");
  CHECK(sql_error_of(connection, "COPY t FROM STDIN").sqlstate == "57014");
  CHECK(sql_error_of(connection, "INSERT INTO t VALUES (1); COPY t FROM STDIN").sqlstate ==
        "57014");
  CHECK(connection.execute("COPY (SELECT 1) TO STDOUT; SELECT count(*) FROM t").back().rows.at(0) ==
        Values{"0"});
}

TEST_CASE("a wrong password is told, the password is not", "[database]") {
  const TestDatabase database;
  const std::string user = PostgresFixture::kPasswordUser;
  database.execute("DO $$ BEGIN CREATE ROLE " + user +
                   " LOGIN; EXCEPTION WHEN OTHERS THEN NULL; END $$");
  database.execute("ALTER ROLE " + user + " PASSWORD 'right'");
  const Diagnostic problem = refusal_of(database.url_of(user, "hunter2"), "hunter2");
  CHECK_THAT(problem.message, Contains("'" + user + "'") && Contains("wrong password"));
  CHECK_THAT(problem.hint, Contains("user and password"));
  CHECK(Connection(parsed(database.url_of(user, "right"))).is_open());
}

TEST_CASE("an unknown role is told", "[database]") {
  const TestDatabase database;
  const Diagnostic problem = refusal_of(database.url_of("nobody_here", "hunter2"), "hunter2");
  CHECK_THAT(problem.message, Contains("'nobody_here'") && Contains("not allowed to log in"));
  CHECK_THAT(problem.notes.at(0), Contains("nobody_here"));
}

TEST_CASE("a missing database is told, with the command that makes it", "[database]") {
  const std::string url = PostgresFixture::shared().url("no'such");
  const Diagnostic problem = refusal_of(url, "hunter2");
  CHECK_THAT(problem.message, Contains("'no'such' does not exist"));
  CHECK_THAT(
      problem.hint,
      Contains("createdb") && Contains(R"('no'\''such')") && Contains("-h '") && Contains("-p '"));
}

TEST_CASE("a server that is not there cannot be reached", "[database]") {
  for (const char* url : {"postgres://u:hunter2@127.0.0.1:1/db",
                          "host=/no/such/folder password=hunter2",
                          "postgres://u:hunter2@no-such-host.invalid/db"}) {
    const Diagnostic problem = refusal_of(url, "hunter2");
    CHECK_THAT(problem.message, Contains("cannot reach the database server") && Contains("***"));
    CHECK_FALSE(problem.hint.empty());
  }
}

TEST_CASE("a transaction that is not committed rolls back", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  {
    const Transaction transaction(connection);
    connection.execute("CREATE TABLE t ()");
  }
  CHECK_FALSE(database.has_relation("t"));
  CHECK(connection.execute("CREATE TABLE t ()").at(0).tag == "CREATE TABLE");
  CHECK(database.has_relation("t"));
}

TEST_CASE("a committed transaction stays", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  Transaction transaction(connection);
  connection.execute("CREATE TABLE t ()");
  transaction.commit();
  transaction.rollback();
  CHECK(database.has_relation("t"));
}

TEST_CASE("a transaction that is rolled back is over", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  Transaction transaction(connection);
  connection.execute("CREATE TABLE t ()");
  transaction.rollback();
  connection.execute("CREATE TABLE u ()");
  CHECK_FALSE(database.has_relation("t"));
  CHECK(database.has_relation("u"));
}

TEST_CASE("a failed transaction cannot be committed", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  Transaction transaction(connection);
  connection.execute("CREATE TABLE t ()");
  CHECK(sql_error_of(connection, "SELECT nope").sqlstate == "42703");
  try {
    transaction.commit();
    FAIL("committed");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Database);
    CHECK_THAT(error.what(), Contains("rolled the transaction back"));
  }
  CHECK_FALSE(database.has_relation("t"));
}

TEST_CASE("a deferred constraint that fails at COMMIT is an SQL error", "[database]") {
  const TestDatabase database;
  Connection connection(parsed(database.url()));
  connection.execute("CREATE TABLE t (x int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  Transaction transaction(connection);
  connection.execute("INSERT INTO t VALUES (1), (1)");
  CHECK_THROWS_AS(transaction.commit(), SqlError);
  CHECK(database.value("SELECT count(*) FROM t") == "0");
}

TEST_CASE("a lock nobody holds is got at once", "[database]") {
  const TestDatabase database;
  RunLock lock(parsed(database.url()), {.timeout = std::chrono::seconds(0)});
  CHECK_FALSE(lock.waited());
  CHECK_NOTHROW(lock.check());
}

TEST_CASE("a lock that somebody holds is waited for", "[database]") {
  const TestDatabase database;
  auto first = std::make_unique<RunLock>(parsed(database.url()), RunLockOptions{});
  const Names holders = lock_pids(database);
  REQUIRE(holders.size() == 1);
  std::promise<LockHolder> waiting;
  std::future<bool> second = std::async(std::launch::async, [&] {
    const RunLock lock(parsed(database.url()),
                       {.on_wait = [&](const LockHolder& holder, RunLockWait /*reason*/) {
                         waiting.set_value(holder);
                       }});
    return lock.waited();
  });
  const LockHolder holder = waiting.get_future().get();
  CHECK(std::to_string(holder.pid) == holders.at(0));
  CHECK(holder.application == "medusa (lock)");
  CHECK_FALSE(holder.since.empty());
  first.reset();
  CHECK(second.get());
}

TEST_CASE("a lock that is not released in time is an error that names its holder", "[database]") {
  const TestDatabase database;
  const RunLock first(parsed(database.url()), {});
  const std::string pid = lock_pids(database).at(0);
  try {
    const RunLock second(parsed(database.url()), {.timeout = std::chrono::seconds(0)});
    FAIL("two locks");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Lock);
    CHECK_THAT(error.first().notes.at(0), Contains("pid " + pid) && Contains("medusa (lock)"));
    CHECK_THAT(error.first().hint, Contains("pg_terminate_backend(" + pid + ")"));
  }
}

TEST_CASE("the holder named at the end is the one of then", "[database]") {
  const TestDatabase database;
  auto first = std::make_unique<RunLock>(parsed(database.url()), RunLockOptions{});
  std::unique_ptr<RunLock> third;
  const auto change_hands = [&](const LockHolder& /*holder*/, RunLockWait /*reason*/) {
    first.reset();
    third = std::make_unique<RunLock>(parsed(database.url()), RunLockOptions{});
  };
  try {
    const RunLock second(parsed(database.url()),
                         {.timeout = std::chrono::seconds(1), .on_wait = change_hands});
    FAIL("two locks");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Lock);
    const Names holders = lock_pids(database);
    REQUIRE(holders.size() == 1);
    REQUIRE_FALSE(error.first().notes.empty());
    CHECK_THAT(error.first().notes.at(0), Contains("pid " + holders.at(0)));
  }
}

TEST_CASE("locks of different schemas and databases do not meet", "[database]") {
  const TestDatabase database;
  const TestDatabase other;
  const RunLock first(parsed(database.url()), {});
  CHECK_FALSE(RunLock(parsed(database.url()), {.schema = "shop"}).waited());
  CHECK_FALSE(RunLock(parsed(other.url()), {}).waited());
}

TEST_CASE("a lock ends with its object", "[database]") {
  const TestDatabase database;
  { const RunLock lock(parsed(database.url()), {}); }
  CHECK_FALSE(RunLock(parsed(database.url()), {.timeout = std::chrono::seconds(0)}).waited());
}

TEST_CASE("a lock that was lost with its connection is missed", "[database]") {
  const TestDatabase database;
  RunLock lock(parsed(database.url()), {});
  terminate(database, std::stoi(lock_pids(database).at(0)));
  try {
    lock.check();
    FAIL("not missed");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Lock);
    CHECK_THAT(error.what(), Contains("lock was lost"));
  }
}

}  // namespace medusa
