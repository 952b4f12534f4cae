// SPDX-License-Identifier: MIT
#include "sql_class.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "medusa_program.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;

/// What Node finds in the module: its exports, the instance, and the queries up and down send.
Json evaluated(const std::string& module) {
  const TemporaryWorkspace folder;
  folder.write("module.js", module);
  const std::string script = R"js(
    const run = async (migration, direction) => {
      const queries = [];
      try {
        await migration[direction]({ query: async (text) => { queries.push(text); } });
        return { queries };
      } catch (error) {
        return { queries, error: error.message };
      }
    };
    (async () => {
      const exported = require("./module.js");
      const migration = new (Object.values(exported)[0])();
      console.log(JSON.stringify({
        keys: Object.keys(exported),
        name: migration.name,
        transaction: "transaction" in migration ? migration.transaction : null,
        up: await run(migration, "up"),
        down: await run(migration, "down"),
      }));
    })();
  )js";
  const Outcome outcome = run_program("node", folder.root(), {"-e", script});
  INFO(outcome.errors);
  INFO(module);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.output);
}

std::vector<Statement> statements(const Texts& texts) {
  std::vector<Statement> result;
  for (const std::string& text : texts) {
    result.push_back({.text = text});
  }
  return result;
}

const SqlMigrationName kName{.name = "AddA1700000000000", .timestamp = 1700000000000};
const std::string kFile = "1700000000000-add-a.sql";

}  // namespace

TEST_CASE("every statement comes back byte for byte", "[build]") {
  const Texts nasty{"SELECT 1",
                    "SELECT `a`",
                    "SELECT '${process.exit(1)}'",
                    "SELECT '$${a}$' || '$' || '{' || '$'",
                    "SELECT '\\', E'\\n\\\\', '\\u0041', '\\x41'",
                    "SELECT '\\`', '\\${a}'",
                    "SELECT 'a\r\nb\rc\n\rd'",
                    "SELECT 'a\u2028b\u2029c'",
                    "SELECT 'ü 漢 🐘 \u00a0 \ufeff'",
                    "SELECT '\t\v\f\b\x01\x7f'",
                    "SELECT '*/ // <!-- --> </script>'",
                    "SELECT \"it's\", 'a\"b'",
                    "$",
                    "\\",
                    "`",
                    "${",
                    "\\\r\n",
                    ""};
  const Json found = evaluated(sql_class({.up = statements(nasty),
                                          .down = statements({nasty.rbegin(), nasty.rend()}),
                                          .has_down = true},
                                         kName,
                                         kFile));
  CHECK(found["up"]["queries"].get<Texts>() == nasty);
  CHECK(found["down"]["queries"].get<Texts>() == Texts{nasty.rbegin(), nasty.rend()});
  CHECK_FALSE(found["up"].contains("error"));
}

TEST_CASE("the class is exported under its name and has it as a property", "[build]") {
  const Json found = evaluated(sql_class({}, kName, kFile));
  CHECK(found["keys"] == Json{"AddA1700000000000"});
  CHECK(found["name"] == "AddA1700000000000");
}

TEST_CASE("a name that is no identifier is exported all the same", "[build]") {
  const std::string odd = "Add.\"a\"\\-b\n1700000000000";
  const Json found = evaluated(sql_class({}, {.name = odd, .timestamp = 1700000000000}, kFile));
  CHECK(found["keys"] == Json{odd});
  CHECK(found["name"] == odd);
}

TEST_CASE("the transaction property is there only if the file has one", "[build]") {
  CHECK(evaluated(sql_class({}, kName, kFile))["transaction"].is_null());
  CHECK(evaluated(sql_class({.transaction = false}, kName, kFile))["transaction"] == false);
  CHECK(evaluated(sql_class({.transaction = true}, kName, kFile))["transaction"] == true);
}

TEST_CASE("without a down section down fails and says why", "[build]") {
  const Json found = evaluated(sql_class({.up = statements({"SELECT 1"})}, kName, kFile));
  CHECK(found["down"]["queries"].empty());
  CHECK(found["down"]["error"] == kFile + " has no '-- migrate:down' section");
}

TEST_CASE("an empty down section does nothing", "[build]") {
  const Json found = evaluated(sql_class({.has_down = true}, kName, kFile));
  CHECK(found["down"] == Json{{"queries", Json::array()}});
}

TEST_CASE("a file name cannot break out of the first line", "[build]") {
  for (const std::string breaking : {"a\nthrow 1;.sql", "a\rthrow 1;.sql", "a\u2028throw 1;.sql"}) {
    const Json found = evaluated(sql_class({.up = statements({"SELECT 1"})}, kName, breaking));
    CHECK(found["up"]["queries"] == Json{"SELECT 1"});
    CHECK(found["down"]["error"] == breaking + " has no '-- migrate:down' section");
  }
}

}  // namespace medusa
