// SPDX-License-Identifier: MIT
#include "subject.hpp"

#include <stdexcept>
#include <utility>

#include "medusa/postgres/socket_address.hpp"

namespace medusa::fault {

namespace {

/// What happens twice is seen: no key keeps an effect from being there two times.
constexpr const char* kEffects = "CREATE TABLE effects (step text, seen bigint)";

std::string dynamic_migration() {
  std::string text = typescript_migration("Two1700000000002", {"CREATE TABLE two (id int)"});
  text.insert(text.find("    await"),
              "    const [{ n }] = await queryRunner.query(\"SELECT count(*) AS n FROM one\")\n"
              "    await queryRunner.query(\"INSERT INTO effects VALUES ('two', $1)\", [n])\n");
  return text;
}

void add_migrations(const SmallShop& shop, Code code) {
  shop.add("p",
           "1700000000001-one.sql",
           sql_migration("CREATE TABLE one (id int PRIMARY KEY, name text NOT NULL);\n"
                         "INSERT INTO one VALUES (1, 'a'), (2, 'b');\n"
                         "INSERT INTO effects SELECT 'one', count(*) FROM one;"));
  shop.add("p",
           "1700000000002-two.ts",
           code == Code::Dynamic
               ? dynamic_migration()
               : typescript_migration("Two1700000000002",
                                      {"CREATE TABLE two (id int)",
                                       "INSERT INTO effects SELECT 'two', count(*) FROM one"}));
  shop.add("p",
           "1700000000003-three.sql",
           sql_migration("ALTER TABLE one ADD COLUMN age int NOT NULL DEFAULT 1;\n"
                         "CREATE INDEX one_name ON one (name);\n"
                         "UPDATE one SET age = age + 1;\n"
                         "INSERT INTO effects SELECT 'three', sum(age) FROM one;"));
}

}  // namespace

Subject::Subject(Code code, std::string mode)
    : code_(code),
      mode_(std::move(mode)),
      connection_(DatabaseUrl::parse(database_.url(), "the test"), {.application_name = "test"}) {
  // A crash must not take what was committed: that is what the runs are judged by.
  connection_.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on");
  add_migrations(shop_, code_);
  const Outcome built = shop_.medusa({"build"}, environment());
  if (built.exit_code != 0) {
    throw std::runtime_error("the shop cannot be built: " + built.errors);
  }
}

const std::vector<std::string>& Subject::names() {
  static const std::vector<std::string> names{
      "One1700000000001", "Two1700000000002", "Three1700000000003"};
  return names;
}

void Subject::empty() {
  connection().execute(std::string("DROP SCHEMA public CASCADE; CREATE SCHEMA public; ") +
                       kEffects);
}

std::vector<std::string> Subject::arguments() const {
  return {"migrations", "run", "--transaction", mode_, "--format", "json"};
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
