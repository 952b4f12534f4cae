// SPDX-License-Identifier: MIT
// The symbolic schema against PostgreSQL on random DDL: it refuses what PostgreSQL refuses over a
// name or a dependency, accepts what PostgreSQL accepts, and has the same objects after each
// statement.
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/database/transaction.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"

#include "oracle/random_ddl.hpp"
#include "postgres_fixture.hpp"
#include "test_database.hpp"

namespace medusa {

namespace {

/// Whether the error is about what is there, is not there, or is still needed.
bool is_about_names(const SqlErrorFields& error) {
  static constexpr std::array<std::string_view, 11> kStates{"42P01",
                                                            "42703",
                                                            "42704",
                                                            "42P07",
                                                            "42701",
                                                            "42710",
                                                            "2BP01",
                                                            "3F000",
                                                            "42P06",
                                                            "42883",
                                                            "42723"};
  return std::find(kStates.begin(), kStates.end(), error.sqlstate) != kStates.end() &&
         error.message.find("there is no primary key") == std::string::npos &&
         error.message.find("operator does not exist") == std::string::npos;
}

/// Runs the statement, or says why not and leaves no trace.
std::optional<SqlErrorFields> error_of(Connection& connection, const std::string& sql) {
  connection.execute("SAVEPOINT one");
  try {
    connection.execute(sql);
    connection.execute("RELEASE one");
    return std::nullopt;
  } catch (const SqlError& error) {
    connection.execute("ROLLBACK TO one; RELEASE one");
    return error.fields();
  }
}

/// Only what makes a statement fail.
std::vector<std::string> failures(const std::vector<SchemaProblem>& problems) {
  std::vector<std::string> found;
  for (const SchemaProblem& problem : problems) {
    if (problem.kind != SchemaProblemKind::HiddenDifference) {
      found.push_back(std::string(to_string(problem.kind)) + ' ' + problem.object.text());
    }
  }
  return found;
}

/// How often statements were judged right, or not judged.
struct Tally {
  int accepted = 0;
  int refused = 0;
  int other_errors = 0;  ///< PostgreSQL's other reasons to refuse.
};

/// One script, statement by statement; "" or the first thing that is wrong.
std::string run_script(Connection& connection, unsigned seed, Tally& tally) {
  RandomDdl ddl(seed);
  const Transaction transaction(connection);
  SchemaState state("public", read_schema(connection));
  FootprintReader reader;
  state.announce(reader.read("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"));
  std::vector<std::string> script;
  for (int i = 0; i < 60; ++i) {
    const std::string sql = ddl.statement();
    const MigrationFootprint footprint = reader.read(sql);
    const std::optional<SqlErrorFields> error = error_of(connection, sql);
    const std::vector<std::string> refusals = failures(state.check(1, footprint));
    const std::string context =
        "seed " + std::to_string(seed) + "\n" + join(script, ";\n") + ";\n-- here:\n" + sql + ";\n";
    if (error) {
      const bool about_names = is_about_names(*error);
      tally.refused += about_names ? 1 : 0;
      tally.other_errors += about_names ? 0 : 1;
      if (about_names && refusals.empty()) {
        return context + "PostgreSQL: " + error->sqlstate + ' ' + error->message;
      }
      continue;
    }
    if (!refusals.empty()) {
      return context + "PostgreSQL accepts it; we say: " + join(refusals, ", ");
    }
    ++tally.accepted;
    state.apply(1, footprint);
    script.push_back(sql);
    const std::vector<std::string> different =
        differences(state.snapshot(), read_schema(connection));
    if (!different.empty()) {
      return context + join(different, "\n");
    }
  }
  return "";
}

}  // namespace

TEST_CASE("random DDL: the symbolic schema judges and does as PostgreSQL", "[schema]") {
  const char* const wanted = std::getenv("MEDUSA_RANDOM_SCRIPTS");
  const unsigned scripts = wanted == nullptr ? 60 : static_cast<unsigned>(std::atoi(wanted));
  const TestDatabase database;
  Connection connection(DatabaseUrl::parse(database.url(), "the test"));
  Tally tally;
  int wrong = 0;
  for (unsigned seed = 1; seed <= scripts; ++seed) {
    const std::string complaint = run_script(connection, seed, tally);
    INFO(complaint);
    CHECK(complaint.empty());
    wrong += complaint.empty() ? 0 : 1;
  }
  WARN(scripts << " scripts: " << tally.accepted << " statements accepted, " << tally.refused
               << " refused over names, " << tally.other_errors << " for other reasons; " << wrong
               << " scripts wrong");
  CHECK(tally.accepted > static_cast<int>(scripts) * 10);
  CHECK(tally.refused > static_cast<int>(scripts) * 10);
}

}  // namespace medusa
