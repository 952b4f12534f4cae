// SPDX-License-Identifier: MIT
// The symbolic schema against the real one: after every migration of the core and the shop, and
// after its down, both have the same objects.
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/database/transaction.hpp"
#include "medusa/execute/schema_reader.hpp"
#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"
#include "medusa/system/files.hpp"

#include "oracle/oracle.hpp"
#include "oracle/sent_migrations.hpp"

namespace medusa {

namespace {

using nlohmann::json;

std::string text_of(const SchemaProblem& problem) {
  std::string text = std::string(to_string(problem.kind)) + ": " +
                     std::string(to_string(problem.object.kind)) + ' ' + problem.object.text();
  for (const ObjectRef& dependent : problem.dependents) {
    text += " <- " + std::string(to_string(dependent.kind)) + ' ' + dependent.text();
  }
  return text + " (statement " + std::to_string(problem.statement) + ")";
}

/// What is wrong after the migration, a line each: our problems with what PostgreSQL did, and what
/// the schemas differ in.
std::vector<std::string> complaints(const std::string& label,
                                    const std::vector<SchemaProblem>& problems,
                                    const SchemaState& state,
                                    Connection& connection) {
  std::vector<std::string> lines;
  for (const SchemaProblem& problem : problems) {
    lines.push_back(label + ": " + text_of(problem));
  }
  for (const std::string& line : differences(state.snapshot(), read_schema(connection))) {
    lines.push_back(label + ": " + line);
  }
  return lines;
}

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Whether there are opaque statements; their reasons are added to `lines`.
bool is_opaque(const std::string& label,
               const MigrationFootprint& footprint,
               std::vector<std::string>& lines) {
  const std::size_t before = lines.size();
  for (const StatementFootprint& statement : footprint) {
    if (!statement.opaque.empty()) {
      lines.push_back(label + " is opaque: " + statement.opaque);
    }
  }
  return lines.size() != before;
}

/// Both databases' side by side: the real one, and what we believe of it.
class Twins {
 public:
  Twins() : connection_(DatabaseUrl::parse(database_.url(), "the test")) {
    const std::string extension = "CREATE EXTENSION \"uuid-ossp\"";
    connection_.execute(extension);
    CHECK(state_.apply(0, FootprintReader().read(extension)).empty());
  }

  /// Runs the migration in both.
  void up(const std::string& name, const json& statements) {
    const MigrationFootprint footprint = footprint_of(statements);
    Transaction transaction(connection_);
    execute(connection_, statements);
    transaction.commit();
    const std::vector<SchemaProblem> problems = state_.apply(++number_, footprint);
    if (compare(name + " up", footprint, problems, state_)) {
      // It cannot be known, so we go on with what is true.
      state_ = SchemaState("public", read_schema(connection_));
    }
  }

  /// Tries it in both, and takes it back.
  void down(const std::string& name, const json& statements) {
    const MigrationFootprint footprint = footprint_of(statements);
    const Transaction transaction(connection_);
    execute(connection_, statements);
    SchemaState reverted = state_;
    const std::vector<SchemaProblem> problems = reverted.apply(number_, footprint);
    (void)compare(name + " down", footprint, problems, reverted);
  }

  /// What should not be: a line each.
  [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }

  /// Opaque statements, and what is wrong after them.
  [[nodiscard]] const std::vector<std::string>& opaque() const { return opaque_; }

 private:
  /// Whether the migration is opaque.
  bool compare(const std::string& label,
               const MigrationFootprint& footprint,
               const std::vector<SchemaProblem>& problems,
               const SchemaState& state) {
    const bool opaque = is_opaque(label, footprint, opaque_);
    append(opaque ? opaque_ : wrong_, complaints(label, problems, state, connection_));
    return opaque;
  }

  TestDatabase database_;
  Connection connection_;
  SchemaState state_;
  MigrationNumber number_ = 0;
  std::vector<std::string> wrong_;
  std::vector<std::string> opaque_;
};

}  // namespace

TEST_CASE("after each migration the symbolic schema has what the database has", "[schema]") {
  const BuiltShop shop;
  const json migrations = sent_by_typeorm(shop.root());
  // 82 of the core, 5 of modules, 7 of the shop.
  REQUIRE(migrations.size() == 94);

  Twins twins;
  int downs = 0;
  for (const json& migration : migrations) {
    const auto name = migration.at("name").get<std::string>();
    REQUIRE_FALSE(migration.at("up").is_null());
    twins.up(name, migration.at("up"));
    if (!migration.at("down").is_null()) {
      twins.down(name, migration.at("down"));
      ++downs;
    }
  }
  INFO(join(twins.wrong(), "\n"));
  CHECK(twins.wrong().empty());
  // Some of the core's cannot be reverted.
  CHECK(downs == 88);
  CHECK(join(twins.opaque(), "\n") + '\n' ==
        read_file(project_root() / "tests/integration/oracle/opaque.txt"));
}

}  // namespace medusa
