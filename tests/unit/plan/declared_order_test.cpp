// SPDX-License-Identifier: MIT
#include "medusa/plan/declared_order.hpp"

#include <catch2/catch.hpp>

#include "medusa/plan/plan.hpp"
#include "medusa/plan/status.hpp"

#include "catalogs.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;
using test::Names;
using test::Spec;
using test::step_names;

/// a1 b2 a3 b4 c5, of members of those names and of version 1.2.3.
const std::vector<Spec> kShop{{"A1", 1, {}, true, "a"},
                              {"B2", 2, {}, true, "b"},
                              {"A3", 3, {}, true, "a"},
                              {"B4", 4, {}, true, "b"},
                              {"C5", 5, {}, true, "c"}};

OrderDeclaration after(const std::string& subject, const std::string& other, int line = 1) {
  return {.subject = subject, .other = other, .place = {.file = "/shop/medusa.toml", .line = line}};
}

OrderDeclaration before(const std::string& subject, const std::string& other) {
  return {.subject = subject,
          .relation = OrderRelation::Before,
          .other = other,
          .place = {.file = "/shop/plugins/a/package.json", .line = 7}};
}

/// Members in the order of their first migrations, each with all of its own.
Catalog declared(const std::vector<OrderDeclaration>& declarations,
                 const std::vector<Spec>& specs = kShop) {
  std::vector<DescribedMember> members;
  for (const Spec& spec : specs) {
    auto member = std::find_if(members.begin(), members.end(), [&](const DescribedMember& one) {
      return one.member.name == spec.member;
    });
    if (member == members.end()) {
      members.push_back({.member = {.name = spec.member,
                                    .version = spec.member == "c" ? "" : "1.2.3",
                                    .installed = spec.member == "b"}});
      member = std::prev(members.end());
    }
    ManifestEntry entry{.source = spec.name + ".sql", .output = spec.name + ".js"};
    entry.migrations = {{.name = spec.name, .timestamp = spec.timestamp}};
    if (!spec.enabled) {
      entry.condition.all_of = {"off"};
    }
    member->manifest.entries.push_back(entry);
  }
  return Catalog::collect(members, FeatureFlags({}, {}, Environment()), declarations);
}

Plan plan_of(const std::vector<OrderDeclaration>& declarations,
             const std::vector<Spec>& applied = {},
             const std::vector<Spec>& specs = kShop) {
  return make_upgrade_plan(
      declared(declarations, specs), test::history_of(applied), TransactionMode::All);
}

Names order_of(const std::vector<OrderDeclaration>& declarations) {
  return step_names(plan_of(declarations));
}

std::vector<Diagnostic> problems_of(const std::vector<OrderDeclaration>& declarations) {
  try {
    static_cast<void>(plan_of(declarations));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Plan);
    return error.diagnostics();
  }
  return {};
}

Diagnostic problem_of(const OrderDeclaration& declaration) {
  const std::vector<Diagnostic> problems = problems_of({declaration});
  REQUIRE(problems.size() == 1);
  REQUIRE(problems[0].location.has_value());
  CHECK(problems[0].location->line == declaration.place.line);
  return problems[0];
}

std::string reason_of(const Plan& plan, const std::string& name) {
  for (const PlanStep& step : plan.groups.at(0).steps) {
    if (step.migration.name == name) {
      return step.reason;
    }
  }
  return "no such step";
}

}  // namespace

TEST_CASE("with nothing declared the order is TypeORM's", "[plan]") {
  CHECK(order_of({}) == Names{"A1", "B2", "A3", "B4", "C5"});
}

TEST_CASE("a member runs after all of another", "[plan]") {
  const Plan plan = plan_of({after("a", "b", 12)});
  CHECK(step_names(plan) == Names{"B2", "B4", "A1", "A3", "C5"});
  CHECK(reason_of(plan, "A1") == "after b: declared in medusa.toml:12");
  CHECK(reason_of(plan, "A3") == "after b: declared in medusa.toml:12");
  CHECK(reason_of(plan, "B2").empty());
  CHECK(reason_of(plan, "C5").empty());
}

TEST_CASE("before is after, seen from the other side", "[plan]") {
  const Plan plan = plan_of({before("b", "a")});
  CHECK(step_names(plan) == Names{"B2", "B4", "A1", "A3", "C5"});
  CHECK(reason_of(plan, "A1") == "after b: declared in a/package.json:7");
}

TEST_CASE("single migrations can be meant on either side", "[plan]") {
  CHECK(order_of({after("a", "b/B2")}) == Names{"B2", "A1", "A3", "B4", "C5"});
  CHECK(order_of({after("a/A3", "b")}) == Names{"A1", "B2", "B4", "A3", "C5"});
  CHECK(order_of({after("b/B2", "a/A3")}) == Names{"A1", "A3", "B2", "B4", "C5"});
  CHECK(order_of({before("c/C5", "a/A3")}) == Names{"A1", "B2", "B4", "C5", "A3"});
}

TEST_CASE("what waits takes the rest of its member along, and says so", "[plan]") {
  const Plan plan = plan_of({after("a/A1", "b/B4")});
  CHECK(step_names(plan) == Names{"B2", "B4", "A1", "A3", "C5"});
  CHECK(reason_of(plan, "A1") == "after b/B4: declared in medusa.toml:1");
  CHECK(reason_of(plan, "A3") == "after A1: same member");
  const PlanStep& last = plan.groups.at(0).steps.at(3);
  REQUIRE(last.causes.size() == 2);
  CHECK(last.causes[0].migration == "a/A1");
  CHECK(last.causes[1].migration == "b/B4");
  CHECK(last.causes[1].reason.kind == OrderReason::Kind::Declared);
}

TEST_CASE("what holds anyway moves nothing", "[plan]") {
  CHECK(order_of({after("c", "a"), after("c", "b"), after("b/B4", "a")}) == order_of({}));
}

TEST_CASE("an optional side that is not there declares nothing", "[plan]") {
  CHECK(order_of({after("a", "?x"), after("?x", "a"), after("a", "?b/B9")}) == order_of({}));
  CHECK(order_of({after("a", "?b")}) == order_of({after("a", "b")}));
}

TEST_CASE("a version in the range is like no range", "[plan]") {
  CHECK(order_of({after("a", "b@^1.2")}) == order_of({after("a", "b")}));
  CHECK(order_of({after("a", "b@>=1 <2/B2")}) == order_of({after("a", "b/B2")}));
}

TEST_CASE("a version outside of the range is refused, and told", "[plan]") {
  const Diagnostic installed = problem_of(after("a", "b@>=2", 3));
  CHECK(installed.message ==
        "'a' is declared to run after 'b@>=2': that needs 'b@>=2', but version 1.2.3 is installed");
  CHECK(installed.hint == "npm install 'b@>=2'");
  CHECK_THAT(problem_of(after("b", "a@2")).hint, Contains("change the range"));
  CHECK_THAT(problem_of(after("a", "c@*")).message, Contains("its package.json has no version"));
  CHECK_THAT(problem_of(after("a", "?b@2")).message, Contains("version 1.2.3 is installed"));
  CHECK(problem_of(after("a", "b@two")).message == "'two' is not a version range");
}

TEST_CASE("names that do not exist are refused with what was meant", "[plan]") {
  const std::vector<Spec> shop{{"AddReviews1", 1, {}, true, "medusa-plugin-reviews"},
                               {"AddPoints2", 2, {}, true, "medusa-plugin-loyalty"}};
  const auto hint_of = [&](const OrderDeclaration& declaration) -> std::string {
    try {
      static_cast<void>(plan_of({declaration}, {}, shop));
    } catch (const Error& error) {
      return error.first().hint;
    }
    return "no error";
  };
  CHECK(hint_of(after("medusa-plugin-loyalty", "medusa-plugin-review")) ==
        "did you mean 'medusa-plugin-reviews'?");
  CHECK(hint_of(after("medusa-plugin-loyality", "medusa-plugin-reviews")) ==
        "did you mean 'medusa-plugin-loyalty'?");
  CHECK(hint_of(after("medusa-plugin-loyalty", "medusa-plugin-reviews/AddReview1")) ==
        "did you mean 'medusa-plugin-reviews/AddReviews1'?");
  CHECK(hint_of(after("medusa-plugin-loyalty", "nobody")) ==
        "if it need not be there: \"?nobody\"");
  CHECK(problem_of(after("a", "@x")).message == "'@x' names neither a member nor a migration");
}

TEST_CASE("nothing runs after itself", "[plan]") {
  CHECK(problem_of(after("a", "a")).message == "'a' is declared to run after itself");
  CHECK(problem_of(before("a/A3", "a")).message == "'a/A3' is declared to run before itself");
  CHECK(problem_of(after("a/A3", "a/A3")).message == "'a/A3' is declared to run after itself");
}

TEST_CASE("all problems come at once, in the order of their places", "[plan]") {
  const auto problems = problems_of({after("a", "y", 9), after("a", "b@3", 4), after("x", "z", 5)});
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].location->line == 4);
  CHECK(problems[1].location->line == 5);
  CHECK(problems[2].location->line == 5);
  CHECK(problems[3].location->line == 9);
}

TEST_CASE("a circle is told as a path with reasons", "[plan]") {
  const auto problems =
      problems_of({after("a", "b", 2), after("b", "c", 3), after("c", "a/A3", 4)});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "the declared order of a, c, b goes in a circle");
  CHECK(problems[0].notes == Names{"a/A3 runs after a/A1: earlier in the same member",
                                   "c/C5 runs after a/A3: declared in medusa.toml:4",
                                   "b/B4 runs after c/C5: declared in medusa.toml:3",
                                   "a/A1 runs after b/B4: declared in medusa.toml:2"});
  REQUIRE(problems[0].location.has_value());
  CHECK(problems[0].location->line == 4);
}

TEST_CASE("a member's own order counts in a circle", "[plan]") {
  const auto problems = problems_of({after("a/A1", "b/B2"), after("b/B2", "a/A3")});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].notes.size() == 3);
}

TEST_CASE("a circle is refused although all of it is applied", "[plan]") {
  CHECK_THROWS_AS(plan_of({after("a", "b"), after("b", "a")}, kShop), Error);
}

TEST_CASE("what is applied satisfies a declaration", "[plan]") {
  const Plan plan = plan_of({after("a", "b")}, {kShop[1], kShop[3]});
  CHECK(step_names(plan) == Names{"A1", "A3", "C5"});
  CHECK(plan.warnings.empty());
  CHECK(reason_of(plan, "C5").empty());
}

TEST_CASE("a history that goes against a declaration is warned about while it matters", "[plan]") {
  const Plan plan = plan_of({after("a", "b", 8)}, {kShop[0]});
  CHECK(step_names(plan) == Names{"B2", "B4", "A3", "C5"});
  REQUIRE(plan.warnings.size() == 1);
  CHECK(plan.warnings[0] ==
        "a is declared to run after b (medusa.toml:8), but A1 is applied already and B2 is not: a "
        "new database would have another order");
  CHECK(plan_of({after("a", "b", 8)}, {kShop[0], kShop[1], kShop[3]}).warnings.empty());
}

TEST_CASE("a disabled migration can be named and moves nothing", "[plan]") {
  std::vector<Spec> specs = kShop;
  specs[3].enabled = false;
  CHECK(step_names(plan_of({after("a", "b/B4")}, {}, specs)) == Names{"A1", "B2", "A3", "C5"});
  CHECK(step_names(plan_of({after("a", "b")}, {}, specs)) == Names{"B2", "A1", "A3", "C5"});
}

TEST_CASE("show lists what is pending in the order in which it would run", "[plan]") {
  Names names;
  for (const StatusRow& row :
       make_status(declared({after("a/A3", "b/B4")}), test::history_of({kShop[0]}))) {
    names.push_back(row.name);
  }
  CHECK(names == Names{"A1", "B2", "B4", "A3", "C5"});
}

TEST_CASE("after any upgrade with declarations nothing is left", "[plan]") {
  const Plan plan = plan_of({after("a", "b"), after("b", "c")});
  std::vector<Spec> applied;
  for (const std::string& name : step_names(plan)) {
    applied.push_back(*std::find_if(
        kShop.begin(), kShop.end(), [&](const Spec& spec) { return spec.name == name; }));
  }
  CHECK(applied.size() == kShop.size());
  CHECK(plan_of({after("a", "b"), after("b", "c")}, applied).empty());
}

TEST_CASE("a late migration that waits says both", "[plan]") {
  CHECK(reason_of(plan_of({after("a", "b")}, {kShop[4]}), "A1") ==
        "after b: declared in medusa.toml:1; late: older than what is applied");
}

TEST_CASE("any declarations that are not refused hold, and an upgrade can go on anywhere",
          "[plan]") {
  std::mt19937 random(9);
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  int refused = 0;
  int moved = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Spec> specs;
    for (std::size_t count = 2 + below(8); count > 0; --count) {
      specs.push_back({.name = "M" + std::to_string(specs.size()),
                       .timestamp = static_cast<std::int64_t>(below(6)),
                       .member = std::string(1, "abcd"[below(4)])});
    }
    const auto side = [&] {
      const Spec& spec = specs[below(specs.size())];
      return below(3) == 0 ? spec.member : spec.member + '/' + spec.name;
    };
    std::vector<OrderDeclaration> declarations;
    for (std::size_t count = below(4); count > 0; --count) {
      declarations.push_back(below(2) == 0 ? after(side(), side()) : before(side(), side()));
    }
    const Catalog catalog = declared(declarations, specs);
    Names names;
    try {
      names = step_names(make_upgrade_plan(catalog, History(), TransactionMode::All));
    } catch (const Error&) {
      ++refused;
      continue;
    }
    const auto position = [&](const Migration& migration) {
      return std::find(names.begin(), names.end(), migration.name);
    };
    for (const DeclaredOrder& one : resolve_declarations(catalog)) {
      for (const Migration& a : catalog.migrations()) {
        for (const Migration& b : catalog.migrations()) {
          if (one.earlier.includes(a) && one.later.includes(b)) {
            REQUIRE(position(a) < position(b));
          }
        }
      }
    }
    Names default_order;
    for (const Migration* migration : order(catalog)) {
      default_order.push_back(migration->name);
    }
    moved += names == default_order ? 0 : 1;
    REQUIRE(std::is_permutation(
        names.begin(), names.end(), default_order.begin(), default_order.end()));
    // What is left after any part of the upgrade is the rest of it; after all of it, nothing.
    for (std::size_t done = 0; done <= names.size(); ++done) {
      std::vector<Spec> applied;
      for (std::size_t i = 0; i < done; ++i) {
        applied.push_back({.name = names[i], .timestamp = 3});
      }
      const Plan rest = make_upgrade_plan(catalog, test::history_of(applied), TransactionMode::All);
      REQUIRE(step_names(rest) ==
              Names(names.begin() + static_cast<std::ptrdiff_t>(done), names.end()));
      REQUIRE(rest.warnings.empty());
    }
  }
  CHECK(refused > 100);
  CHECK(moved > 300);
}

}  // namespace medusa
