// SPDX-License-Identifier: MIT
#include "subject.hpp"

#include <stdexcept>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/postgres/socket_address.hpp"

#include "postgres_fixture.hpp"

namespace medusa::fault {

namespace {

/// What happens twice is seen: no key keeps an effect from being there two times.
constexpr const char* kEffects = "CREATE TABLE effects (step text, seen bigint)";
constexpr const char* kEmpty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; ";

/// What the way back writes: how much was written before.
std::string back(const std::string& step) {
  return "INSERT INTO effects SELECT '" + step + "', count(*) FROM effects";
}

constexpr const char* kTwo = "Two1700000000002";
constexpr const char* kThree = "Three1700000000003";

/// The only one that is another in each plan: the second.
void add_second(const SmallShop& shop, Code code) {
  const std::string effect = "INSERT INTO effects SELECT 'two', count(*) FROM one";
  if (code == Code::Concurrent) {
    shop.add("p",
             "1700000000002-two.sql",
             sql_migration("CREATE INDEX CONCURRENTLY one_name ON one (name);\n" + effect + ";",
                           "DROP INDEX CONCURRENTLY one_name;\n" + back("two") + ";"));
    return;
  }
  const std::vector<std::string> down{"DROP TABLE two", back("two")};
  std::string text = typescript_migration(kTwo, {"CREATE TABLE two (id int)", effect}, down);
  if (code == Code::Dynamic) {
    text = typescript_migration(kTwo, {"CREATE TABLE two (id int)"}, {"DROP TABLE two"});
    const std::string ask =
        "    const [{ n }] = await queryRunner.query(\"SELECT count(*) AS n FROM one\")\n"
        "    await queryRunner.query(\"INSERT INTO effects VALUES ('two', $1)\", [n])\n";
    text.insert(text.rfind("    await"), ask);
    text.insert(text.find("    await"), ask);
  }
  shop.add("p", "1700000000002-two.ts", text);
}

/// After a dynamic one it is short: each of its statements is a point at which Node must start.
void add_third(const SmallShop& shop, Code code) {
  std::vector<std::string> statements{"INSERT INTO effects SELECT 'three', count(*) FROM one"};
  if (code != Code::Dynamic) {
    statements = {"ALTER TABLE one ADD COLUMN age int NOT NULL DEFAULT 1",
                  "CREATE INDEX one_age ON one (age)",
                  "UPDATE one SET age = age + 1",
                  "INSERT INTO effects SELECT 'three', sum(age) FROM one"};
  }
  std::vector<std::string> down{back("three")};
  if (code != Code::Dynamic) {
    down.insert(down.begin(), "ALTER TABLE one DROP COLUMN age");
  }
  std::string text = typescript_migration(kThree, statements, down);
  if (code == Code::Concurrent) {
    text.insert(text.find("  public async up"), "  transaction = false\n\n");
  }
  shop.add("p", "1700000000003-three.ts", text);
}

void add_migrations(const SmallShop& shop, Code code) {
  shop.add("p",
           "1700000000001-one.sql",
           sql_migration("CREATE TABLE one (id int PRIMARY KEY, name text NOT NULL);\n"
                         "INSERT INTO one VALUES (1, 'a'), (2, 'b');\n"
                         "INSERT INTO effects SELECT 'one', count(*) FROM one;",
                         "DROP TABLE one;\n" + back("one") + ";"));
  add_second(shop, code);
  add_third(shop, code);
}

/// As statements that any connection can run, with data and sequences.
std::string script_of(const TestDatabase& database) {
  const Outcome dumped = run_program((PostgresFixture::shared().binaries() / "pg_dump").string(),
                                     "/",
                                     {"--dbname", database.url(), "--inserts", "--schema=public"});
  if (dumped.exit_code != 0) {
    throw std::runtime_error("pg_dump: " + dumped.errors);
  }
  std::string script = "DROP SCHEMA public CASCADE; ";
  for (const std::string_view line : lines(dumped.output)) {
    if (!line.starts_with('\\')) {
      script.append(line).append("\n");
    }
  }
  return script + "; RESET ALL";
}

void require_success(const char* what, const Outcome& outcome) {
  if (outcome.exit_code != 0) {
    throw std::runtime_error(std::string(what) + ": " + outcome.errors + outcome.output);
  }
}

}  // namespace

Subject::Subject(Code code, std::string mode, Direction direction)
    : code_(code),
      mode_(std::move(mode)),
      direction_(direction),
      connection_(DatabaseUrl::parse(database_.url(), "the test"), {.application_name = "test"}),
      beginning_(std::string(kEmpty) + kEffects) {
  // A crash must not take what was committed: that is what the runs are judged by.
  connection_.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on");
  add_migrations(shop_, code_);
  require_success("the shop cannot be built", shop_.medusa({"build"}, environment()));
  if (direction_ == Direction::Down) {
    reset();
    require_success("the shop cannot be migrated",
                    shop_.medusa({"migrations", "run", "--transaction", mode_}, environment()));
    connection_.execute("DELETE FROM effects");
    beginning_ = script_of(database_);
  }
}

const std::vector<std::string>& Subject::names() {
  static const std::vector<std::string> names{"One1700000000001", kTwo, kThree};
  return names;
}

void Subject::reset() {
  connection().execute(beginning_);
}

std::vector<std::string> Subject::arguments(std::size_t steps) const {
  if (direction_ == Direction::Up) {
    return {"migrations", "run", "--transaction", mode_, "--format", "json"};
  }
  return {"migrations",
          "revert",
          "--steps",
          std::to_string(steps),
          "--yes",
          "--transaction",
          mode_,
          "--format",
          "json"};
}

std::map<std::string, std::string> Subject::environment(int port) const {
  return {{"DATABASE_URL",
           std::string("postgresql://") + SocketAddress::kUser +
               "@127.0.0.1:" + std::to_string(port) + "/" + database_.name() + "?sslmode=disable"},
          {"CI", "true"}};
}

std::map<std::string, std::string> Subject::environment() const {
  return {{"DATABASE_URL", database_.url()}, {"CI", "true"}};
}

}  // namespace medusa::fault
