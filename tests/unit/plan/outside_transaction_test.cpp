// SPDX-License-Identifier: MIT
// Steps that run outside the upgrade's transactions: because of what they send, or because they
// began so in an earlier run.
#include <catch2/catch.hpp>

#include "medusa/plan/plan.hpp"
#include "medusa/plan/status.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using test::catalog_of;
using test::history_of;
using test::shape;
using test::Spec;

const std::vector<Spec> kThree{{.name = "A", .timestamp = 1},
                               {.name = "B",
                                .timestamp = 2,
                                .outside_up = "CREATE INDEX CONCURRENTLY",
                                .outside_down = "DROP INDEX CONCURRENTLY"},
                               {.name = "C", .timestamp = 3}};

}  // namespace

TEST_CASE("what sends a statement that runs in no transaction has none, in every mode", "[plan]") {
  const Catalog catalog = catalog_of(kThree);
  const Plan plan = make_upgrade_plan(catalog, {}, TransactionMode::All);
  CHECK(shape(plan) == "(A)[B](C)");
  REQUIRE(plan.warnings.size() == 1);
  CHECK_THAT(
      plan.warnings[0],
      Contains("m/B sends CREATE INDEX CONCURRENTLY, which PostgreSQL runs in no transaction"));
  CHECK(plan.groups[1].reason ==
        "sends CREATE INDEX CONCURRENTLY, which PostgreSQL runs in no transaction");
  CHECK(shape(make_upgrade_plan(catalog, {}, TransactionMode::Each)) == "(A)[B](C)");
  const Plan none = make_upgrade_plan(catalog, {}, TransactionMode::None);
  CHECK(shape(none) == "[A][B][C]");
  CHECK(none.warnings.empty());
}

TEST_CASE("taking back looks at what `down` sends", "[plan]") {
  const Plan plan =
      make_revert_plan(catalog_of(kThree), history_of(kThree), TransactionMode::All, {.steps = 3});
  CHECK(shape(plan) == "(C)[B](A)");
  CHECK_THAT(plan.warnings.at(0), Contains("m/B sends DROP INDEX CONCURRENTLY"));
}

TEST_CASE("what began outside a transaction goes on there, and is called failed", "[plan]") {
  const std::vector<Spec> specs{{.name = "A", .timestamp = 1}, {.name = "B", .timestamp = 2}};
  const Catalog catalog = catalog_of(specs);
  const Journal journal({{.name = "B", .done = 2, .open = "VACUUM", .upgrade = 7}});
  const Plan plan = make_upgrade_plan(catalog, {}, TransactionMode::All, journal);
  CHECK(shape(plan) == "(A)[B]");
  const PlanStep& step = plan.groups.at(1).steps.at(0);
  CHECK(step.state == MigrationState::Failed);
  CHECK(step.reason == "begun: upgrade 7 did 2 statements of it and ended in VACUUM");
  const std::vector<StatusRow> rows = make_status(catalog, {}, {}, journal);
  CHECK(rows.at(0).state == MigrationState::Pending);
  CHECK(rows.at(1).state == MigrationState::Failed);
  CHECK(rows.at(1).begun.has_value());
}

TEST_CASE("nothing is taken back while something is half done that may stand on it", "[plan]") {
  const std::vector<Spec> specs{{.name = "A", .timestamp = 1}, {.name = "B", .timestamp = 2}};
  const auto revert = [&](const History& history) {
    return make_revert_plan(catalog_of(specs),
                            history,
                            TransactionMode::All,
                            {},
                            Journal({{.name = "B", .done = 1, .upgrade = 7}}));
  };
  CHECK_THROWS_WITH(revert(history_of({specs[0]})),
                    Contains("cannot revert anything while m/B is half done"));
  // Medusa's own command line brought it to its end.
  CHECK(shape(revert(history_of(specs))) == "(B)");
}

TEST_CASE("what began to be taken back is known by its row, and nothing else is", "[plan]") {
  const std::vector<Spec> specs{{.name = "A", .timestamp = 1}, {.name = "B", .timestamp = 2}};
  const Catalog catalog = catalog_of(specs);
  const History history = history_of(specs);  // B has row 2
  const auto begun = [&](std::int64_t id) {
    const Journal journal({{.name = "B", .up = false, .id = id, .done = 1, .upgrade = 7}});
    return make_revert_plan(catalog, history, TransactionMode::All, {}, journal)
        .groups.at(0)
        .steps.at(0)
        .begun.has_value();
  };
  CHECK(begun(2));
  CHECK_FALSE(begun(1));
  const auto state = [&](std::int64_t id) {
    const Journal journal({{.name = "B", .up = false, .id = id, .done = 1, .upgrade = 7}});
    return make_status(catalog, history, {}, journal).at(1);
  };
  CHECK(state(2).state == MigrationState::Failed);
  CHECK_FALSE(is_pending(state(2)));
  CHECK(state(2).begun->command == "medusa migrations revert");
  CHECK(state(1).state == MigrationState::Applied);
  const Journal applying({{.name = "B", .done = 1, .upgrade = 7}});
  CHECK(make_status(catalog, history, {}, applying).at(1).state == MigrationState::Applied);
}

TEST_CASE("a plan says what is half reverted, and how that comes to its end", "[plan]") {
  const std::vector<Spec> specs{
      {.name = "A", .timestamp = 1}, {.name = "B", .timestamp = 2}, {.name = "C", .timestamp = 3}};
  const auto warnings = [&](const std::vector<Spec>& resolved, std::int64_t id) {
    const Journal journal({{.name = "A", .up = false, .id = id, .done = 1, .upgrade = 7}});
    return make_upgrade_plan(catalog_of(resolved),
                             history_of({specs[0], specs[1]}),
                             TransactionMode::All,
                             journal)
        .warnings;
  };
  CHECK(warnings(specs, 1) ==
        test::Names{"m/A is half reverted (upgrade 7 did 1 statement of taking it back); no run "
                    "changes that: medusa migrations revert --steps 2 goes on with it"});
  CHECK(warnings(specs, 5).empty());
  CHECK_THAT(warnings({specs[1]}, 1).at(0),
             Contains("bring back the file (or the plugin) that ships it"));
}

TEST_CASE("what began and is in no member, or disabled by now, is failed too", "[plan]") {
  const Catalog catalog = catalog_of({{"Off1700000000003", 3, {}, false}});
  const Journal journal({{.name = "Gone1700000000002", .done = 1, .upgrade = 7},
                         {.name = "Off1700000000003", .done = 1, .upgrade = 7}});
  const std::vector<StatusRow> rows = make_status(catalog, {}, {}, journal);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].name == "Off1700000000003");
  CHECK(rows[0].state == MigrationState::Failed);
  CHECK(rows[1].timestamp == 1700000000002);
  CHECK(rows[1].state == MigrationState::Failed);
  for (const StatusRow& row : rows) {
    CHECK_FALSE(is_pending(row));
    CHECK(row.begun->command.empty());
  }
  const std::vector<std::string> warnings =
      make_upgrade_plan(catalog, {}, TransactionMode::All, journal).warnings;
  REQUIRE(warnings.size() == 2);
  CHECK_THAT(warnings[0], Contains("Gone1700000000002 is half done") && Contains("in no member"));
  CHECK_THAT(warnings[1], Contains("m/Off1700000000003 is half done") && Contains("flag is off"));
  CHECK(status_of("Gone1700000000002", catalog, {}, {}, journal).state == MigrationState::Failed);
}

}  // namespace medusa
