// SPDX-License-Identifier: MIT
#include "medusa/sql/hazard_allowance.hpp"

#include <catch2/catch.hpp>

#include "medusa/sql/migration_file.hpp"

using namespace medusa;

using Codes = std::vector<std::string>;

TEST_CASE("a comment of an SQL migration allows hazards, anywhere in it") {
  const SqlMigration migration = parse_sql_migration(
      "-- medusa:after reviews\n-- migrate:up\n"
      "CREATE INDEX a ON b (c); -- medusa:allow index-blocks-writes: small\n"
      "--medusa:allow drops-table, drops-column : nobody uses them\n"
      "SELECT '-- medusa:allow check-scans: a text';\n");
  CHECK(migration.allowed_hazards == Codes{"index-blocks-writes", "drops-table", "drops-column"});
  CHECK(migration.order.size() == 1);
}

TEST_CASE("an allowance that is wrong is refused with its place") {
  const auto problem = [](std::string_view comment) {
    try {
      (void)parse_sql_migration("-- migrate:up\nSELECT 1;\n" + std::string(comment) + '\n');
      return std::string("accepted");
    } catch (const Error& error) {
      return std::to_string(error.first().location->line) + ": " + error.first().message + " / " +
             error.first().hint;
    }
  };
  CHECK(problem("-- medusa:allow index-blocks-write: x") ==
        "3: no hazard is called 'index-blocks-write' / did you mean 'index-blocks-writes'?");
  CHECK(problem("-- medusa:allow drops-table") ==
        "3: 'medusa:allow' does not say why / -- medusa:allow drops-table: <reason>");
  CHECK(problem("-- medusa:allow") ==
        "3: 'medusa:allow' names no hazard / medusa explain lists all hazards");
  CHECK(problem("-- medusa:allowance of sweets").starts_with("3: a declaration behind"));
}

TEST_CASE("a line comment of a script allows hazards") {
  const HazardAllowances found = script_allowances(
      "// medusa:allow index-blocks-writes: small\r\n"
      "await runner.query(`...`) //medusa:allow drops-table: gone\n"
      "/* medusa:allow check-scans: no line comment */\n"
      "// see medusa:allow check-scans: not at the beginning\n"
      "// medusa:allow nothing: x\n");
  CHECK(found.codes == Codes{"index-blocks-writes", "drops-table"});
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].location->line == 5);
}
