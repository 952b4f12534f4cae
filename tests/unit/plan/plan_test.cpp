// SPDX-License-Identifier: MIT
#include "medusa/plan/plan.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using test::catalog_of;
using test::history_of;
using test::Names;
using test::shape;
using test::Spec;
using test::step_names;

const std::vector<Spec> kThree{{"A", 1}, {"B", 2}, {"C", 3}};

Plan upgrade(const std::vector<Spec>& resolved,
             const std::vector<Spec>& applied = {},
             TransactionMode mode = TransactionMode::All) {
  return make_upgrade_plan(catalog_of(resolved), history_of(applied), mode);
}

Plan revert(const std::vector<Spec>& resolved,
            const std::vector<Spec>& applied,
            const RevertTarget& target,
            TransactionMode mode = TransactionMode::All) {
  return make_revert_plan(catalog_of(resolved), history_of(applied), mode, target);
}

std::vector<Diagnostic> problems_of(const std::vector<Spec>& resolved,
                                    const std::vector<Spec>& applied,
                                    const RevertTarget& target) {
  try {
    static_cast<void>(revert(resolved, applied, target));
  } catch (const Error& error) {
    return error.diagnostics();
  }
  FAIL("no error");
  return {};
}

Names order_of(const std::vector<Spec>& specs) {
  const Catalog catalog = catalog_of(specs);
  Names names;
  for (const Migration* migration : order(catalog)) {
    names.push_back(migration->name);
  }
  return names;
}

/// TypeORM's order without a sort: again and again the first of the earliest that are left.
Names typeorm_order(std::vector<Spec> specs) {
  Names names;
  while (!specs.empty()) {
    std::size_t earliest = 0;
    for (std::size_t i = 1; i < specs.size(); ++i) {
      earliest = specs[i].timestamp < specs[earliest].timestamp ? i : earliest;
    }
    if (specs[earliest].enabled) {
      names.push_back(specs[earliest].name);
    }
    specs.erase(specs.begin() + static_cast<std::ptrdiff_t>(earliest));
  }
  return names;
}

/// A part of the migrations, as if applied in any order.
std::vector<Spec> random_part(std::vector<Spec> specs, std::mt19937& random) {
  std::shuffle(specs.begin(), specs.end(), random);
  specs.resize(std::uniform_int_distribution<std::size_t>(0, specs.size())(random));
  return specs;
}

}  // namespace

TEST_CASE("migrations are ordered by timestamp, ties as collected", "[plan]") {
  CHECK(order_of({{"C", 3}, {"A", 1}, {"B", 2}}) == Names{"A", "B", "C"});
  CHECK(order_of({{"Z", 1}, {"A", 1}, {"Y", 0}, {"B", 1}}) == Names{"Y", "Z", "A", "B"});
  CHECK(order_of({{"A", 1, {}, false}, {"B", 2}}) == Names{"B"});
  CHECK(order_of({}).empty());
}

TEST_CASE("the order of any catalog is TypeORM's", "[plan]") {
  for (unsigned int seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    REQUIRE(order_of(specs) == typeorm_order(specs));
  }
}

TEST_CASE("an upgrade has what is enabled and not recorded, in order", "[plan]") {
  CHECK(step_names(upgrade(kThree)) == Names{"A", "B", "C"});
  CHECK(step_names(upgrade(kThree, {{"A", 1}})) == Names{"B", "C"});
  CHECK(upgrade(kThree, kThree).empty());
  CHECK(upgrade({}).empty());
  CHECK(upgrade({{"A", 1, {}, false}}).empty());
}

TEST_CASE("a name is all that is compared, as in TypeORM", "[plan]") {
  CHECK(upgrade({{"A", 1}}, {{"A", 999}}).empty());
  CHECK(step_names(upgrade({{"A", 1}}, {{"a", 1}})) == Names{"A"});
}

TEST_CASE("what is recorded and not resolved does not matter to an upgrade", "[plan]") {
  CHECK(step_names(upgrade({{"B", 2}}, {{"Gone", 1}})) == Names{"B"});
}

TEST_CASE("a migration older than something recorded is late", "[plan]") {
  const Plan plan = upgrade(kThree, {{"B", 2}});
  REQUIRE(step_names(plan) == Names{"A", "C"});
  const std::vector<PlanStep>& steps = plan.groups.at(0).steps;
  CHECK(steps[0].state == MigrationState::Late);
  CHECK_THAT(steps[0].reason, Contains("late"));
  CHECK(steps[1].state == MigrationState::Pending);
}

TEST_CASE("a timestamp equal to the newest recorded one is not late", "[plan]") {
  CHECK(upgrade({{"A", 1}, {"B", 1}}, {{"A", 1}}).groups.at(0).steps.at(0).state ==
        MigrationState::Pending);
}

TEST_CASE("what is recorded but gone makes older ones late, too", "[plan]") {
  CHECK(upgrade({{"A", 1}}, {{"Gone", 5}}).groups.at(0).steps.at(0).state == MigrationState::Late);
}

TEST_CASE("a step says why it stands where it stands, unless that is plain", "[plan]") {
  const Plan plan = upgrade({{"A", 1}, {"B", 2}, {"C", 2}});
  const std::vector<PlanStep>& steps = plan.groups.at(0).steps;
  CHECK(steps[0].reason.empty());
  CHECK(steps[1].reason.empty());
  CHECK(steps[2].reason == "same timestamp, collected later");
}

TEST_CASE("in mode all one transaction holds everything", "[plan]") {
  CHECK(shape(upgrade(kThree)) == "(A B C)");
  CHECK(upgrade(kThree).warnings.empty());
}

TEST_CASE("in mode each every migration has its own transaction", "[plan]") {
  CHECK(shape(upgrade(kThree, {}, TransactionMode::Each)) == "(A)(B)(C)");
  CHECK(upgrade(kThree, {}, TransactionMode::Each).warnings.empty());
}

TEST_CASE("in mode none no migration has a transaction", "[plan]") {
  CHECK(shape(upgrade(kThree, {}, TransactionMode::None)) == "[A][B][C]");
}

TEST_CASE("a migration's own word on transactions counts in every mode", "[plan]") {
  const std::vector<Spec> specs{
      {"A", 1}, {"B", 2, false}, {"C", 3}, {"D", 4, true}, {"E", 5, false}, {"F", 6, false}};
  CHECK(shape(upgrade(specs)) == "(A)[B](C D)[E][F]");
  CHECK(shape(upgrade(specs, {}, TransactionMode::Each)) == "(A)[B](C)(D)[E][F]");
  CHECK(shape(upgrade(specs, {}, TransactionMode::None)) == "[A][B][C](D)[E][F]");
}

TEST_CASE("a split of the one transaction is announced", "[plan]") {
  const Plan plan = upgrade({{"A", 1}, {"B", 2, false}, {"C", 3}, {"D", 4, false}});
  REQUIRE(plan.warnings.size() == 2);
  CHECK_THAT(plan.warnings[0], Contains("m/B"));
  CHECK_THAT(plan.warnings[1], Contains("m/D"));
}

TEST_CASE("a migration that opts out with nothing before it splits nothing off", "[plan]") {
  for (const Plan& plan : {upgrade({{"A", 1, false}}), upgrade({{"A", 1, false}, {"B", 2}})}) {
    REQUIRE(plan.warnings.size() == 1);
    CHECK_THAT(plan.warnings[0], Contains("if it fails, what it did stays"));
    CHECK_THAT(plan.warnings[0], !Contains("committed first"));
  }
}

TEST_CASE("a plan counts its steps", "[plan]") {
  CHECK(upgrade({{"A", 1}, {"B", 2, false}, {"C", 3}}).step_count() == 3);
  CHECK(Plan{}.step_count() == 0);
  CHECK(Plan{}.empty());
}

TEST_CASE("groups never reorder, lose or double a step", "[plan]") {
  for (unsigned int seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    const Names expected = step_names(upgrade(specs));
    REQUIRE(expected == order_of(specs));
    REQUIRE(step_names(upgrade(specs, {}, TransactionMode::Each)) == expected);
    REQUIRE(step_names(upgrade(specs, {}, TransactionMode::None)) == expected);
  }
}

TEST_CASE("a group has one step unless all of it shares a transaction in mode all", "[plan]") {
  for (unsigned int seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    for (const auto mode : {TransactionMode::All, TransactionMode::Each, TransactionMode::None}) {
      for (const PlanGroup& group : upgrade(specs, {}, mode).groups) {
        REQUIRE_FALSE(group.steps.empty());
        const bool alone = group.steps.size() == 1;
        REQUIRE((alone || (mode == TransactionMode::All && group.transactional)));
        for (const PlanStep& step : group.steps) {
          REQUIRE(step.migration.transaction.value_or(mode != TransactionMode::None) ==
                  group.transactional);
        }
      }
    }
  }
}

TEST_CASE("after any upgrade there is nothing left to upgrade", "[plan]") {
  for (unsigned int seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    std::vector<Spec> applied = random_part(specs, random);
    const Names pending = step_names(upgrade(specs, applied));
    for (const std::string& name : pending) {
      applied.push_back({.name = name, .timestamp = 1});
    }
    REQUIRE(upgrade(specs, applied).empty());
  }
}

TEST_CASE("what is applied and what is pending is all that is enabled", "[plan]") {
  for (unsigned int seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    const std::vector<Spec> applied = random_part(specs, random);
    std::multiset<std::string> found;
    for (const std::string& name : step_names(upgrade(specs, applied))) {
      found.insert(name);
    }
    for (const Spec& spec : applied) {
      found.insert(spec.name);
    }
    std::multiset<std::string> expected;
    for (const Spec& spec : specs) {
      const bool is_applied = history_of(applied).contains(spec.name);
      if (spec.enabled || is_applied) {
        expected.insert(spec.name);
      }
    }
    REQUIRE(found == expected);
  }
}

TEST_CASE("a revert takes back what was executed last", "[plan]") {
  const std::vector<Spec> executed{{"C", 3}, {"A", 1}, {"B", 2}};
  CHECK(step_names(revert(kThree, executed, {})) == Names{"B"});
  CHECK(step_names(revert(kThree, executed, {.steps = 2})) == Names{"B", "A"});
  CHECK(step_names(revert(kThree, executed, {.steps = 3})) == Names{"B", "A", "C"});
}

TEST_CASE("a revert cannot take back more than there is", "[plan]") {
  CHECK(step_names(revert(kThree, {{"A", 1}}, {.steps = 100})) == Names{"A"});
  CHECK(revert(kThree, {}, {.steps = 1}).empty());
  CHECK(revert(kThree, kThree, {.steps = 0}).empty());
}

TEST_CASE("a step of a revert is the row it deletes", "[plan]") {
  const Plan plan = revert(kThree, kThree, {.steps = 2});
  CHECK(plan.direction == Direction::Down);
  const std::vector<PlanStep>& steps = plan.groups.at(0).steps;
  CHECK(steps[0].id == 3);
  CHECK(steps[1].id == 2);
  CHECK(steps[0].state == MigrationState::Applied);
}

TEST_CASE("a revert to a migration keeps it and takes back what came after", "[plan]") {
  CHECK(step_names(revert(kThree, kThree, {.to = "A"})) == Names{"C", "B"});
  CHECK(revert(kThree, kThree, {.to = "C"}).empty());
  const std::vector<Spec> executed{{"C", 3}, {"A", 1}, {"B", 2}};
  CHECK(step_names(revert(kThree, executed, {.to = "C"})) == Names{"B", "A"});
}

TEST_CASE("a target wins over a number of steps", "[plan]") {
  CHECK(step_names(revert(kThree, kThree, {.steps = 1, .to = "A"})) == Names{"C", "B"});
}

TEST_CASE("the kept migration need not be on disk any more", "[plan]") {
  CHECK(step_names(revert({{"B", 2}}, {{"Gone", 1}, {"B", 2}}, {.to = "Gone"})) == Names{"B"});
}

TEST_CASE("a revert honours transactions as an upgrade does", "[plan]") {
  const std::vector<Spec> specs{{"A", 1}, {"B", 2, false}, {"C", 3}};
  const Plan plan = revert(specs, specs, {.steps = 3});
  CHECK(shape(plan) == "(C)[B](A)");
  CHECK(plan.warnings.size() == 1);
  CHECK(shape(revert(specs, specs, {.steps = 3}, TransactionMode::Each)) == "(C)[B](A)");
}

TEST_CASE("an unknown target is refused with a suggestion", "[plan]") {
  const auto problems =
      problems_of({{"AddReviews1", 1}}, {{"AddReviews1", 1}}, {.to = "AddReview1"});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Usage);
  CHECK_THAT(problems[0].message, Contains("no migration is called 'AddReview1'"));
  CHECK_THAT(problems[0].hint, Contains("'AddReviews1'"));
}

TEST_CASE("an unknown target like nothing else gets the list named", "[plan]") {
  const auto problems = problems_of(kThree, kThree, {.to = "SomethingElse"});
  CHECK_THAT(problems.at(0).hint, Contains("migrations show"));
}

TEST_CASE("a target that is not applied is told apart from an unknown one", "[plan]") {
  const auto problems = problems_of(kThree, {{"A", 1}}, {.to = "C"});
  CHECK(problems.at(0).code == ErrorCode::Plan);
  CHECK_THAT(problems.at(0).message, Contains("'C' is not applied"));
}

TEST_CASE("a revert of what was renamed names the migration, and how it gets its old name back",
          "[plan]") {
  const auto problems = problems_of({{"New2", 2}, {"B", 3}}, {{"Old2", 2}, {"B", 3}}, {.steps = 2});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "cannot revert 'Old2': no member has it under that name");
  CHECK_THAT(problems[0].notes.at(0),
             Contains("m/New2 has its timestamp: it may have been renamed"));
  CHECK(problems[0].hint == "rename the class back to 'Old2'");
}

TEST_CASE("a revert of what is not on disk is refused, all of it named", "[plan]") {
  const auto problems =
      problems_of({{"B", 2}}, {{"Gone1", 1}, {"B", 2}, {"Gone2", 3}}, {.steps = 3});
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].code == ErrorCode::Plan);
  CHECK_THAT(problems[0].message, Contains("'Gone2'"));
  CHECK_THAT(problems[1].message, Contains("'Gone1'"));
  CHECK_THAT(problems[1].notes.at(0), Contains("row 1"));
}

TEST_CASE("what is missing below the last step does not stop a revert", "[plan]") {
  CHECK(step_names(revert({{"B", 2}}, {{"Gone", 1}, {"B", 2}}, {})) == Names{"B"});
}

TEST_CASE("reverting everything takes back every row, last first", "[plan]") {
  for (unsigned int seed = 1; seed <= 100; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<Spec> specs = test::random_specs(random);
    const std::vector<Spec> applied = random_part(specs, random);
    Names expected;
    for (auto spec = applied.rbegin(); spec != applied.rend(); ++spec) {
      expected.push_back(spec->name);
    }
    REQUIRE(step_names(revert(specs, applied, {.steps = applied.size()})) == expected);
  }
}

}  // namespace medusa
