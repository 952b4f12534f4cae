// SPDX-License-Identifier: MIT
#include "medusa/report/plan_report.hpp"

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

PlanStep step(const std::string& member, const std::string& name, const std::string& reason) {
  return {.migration = {.member = member,
                        .name = name,
                        .timestamp = 1690000000000,
                        .source = "/shop/" + name + ".ts"},
          .reason = reason};
}

std::string rendered(const Plan& plan, const CapturedTerminal::Setup& setup = {}) {
  CapturedTerminal captured(setup);
  render_plan(plan, captured.terminal);
  CHECK(captured.take_talk().empty());
  return captured.take_answer();
}

Plan split_plan() {
  Plan plan{.groups = {{.steps = {step("core", "A1", "first"), step("core", "B2", "by timestamp")}},
                       {.transactional = false, .steps = {step("reviews", "C3", "by timestamp")}},
                       {.steps = {step("backend", "D4", "by timestamp")}}},
            .warnings = {"reviews/C3 opts out of the transaction"}};
  plan.groups[0].steps[1].state = MigrationState::Late;
  return plan;
}

}  // namespace

TEST_CASE("a plan of one transaction is a table with reasons", "[report]") {
  const Plan plan{
      .groups = {{.steps = {step("core", "A1", "first"), step("reviews", "B2", "by timestamp")}}}};
  CHECK(rendered(plan) ==
        "#  migration  member   why here\n"
        "1  A1         core     first\n"
        "2  B2         reviews  by timestamp\n"
        "\n"
        "2 migrations to apply in 1 transaction\n");
}

TEST_CASE("the groups of a split plan are apart, and say their transaction", "[report]") {
  CHECK(rendered(split_plan()) ==
        "#  migration  member   why here      transaction\n"
        "1  A1         core     first         1\n"
        "2  B2         core     by timestamp  1\n"
        "\n"
        "3  C3         reviews  by timestamp  none\n"
        "\n"
        "4  D4         backend  by timestamp  2\n"
        "\n"
        "warning: reviews/C3 opts out of the transaction\n"
        "4 migrations to apply in 2 transactions, 1 outside\n");
}

TEST_CASE("a transaction for each migration needs no gaps", "[report]") {
  Plan plan{.direction = Direction::Down,
            .mode = TransactionMode::Each,
            .groups = {{.steps = {step("core", "B2", "executed last")}},
                       {.steps = {step("core", "A1", "executed before the one above")}}}};
  CHECK(rendered(plan) ==
        "#  migration  member  why here                       transaction\n"
        "1  B2         core    executed last                  1\n"
        "2  A1         core    executed before the one above  2\n"
        "\n"
        "2 migrations to revert in 2 transactions\n");
  plan.mode = TransactionMode::None;
  plan.groups[0].transactional = false;
  plan.groups[1].transactional = false;
  CHECK(rendered(plan) ==
        "#  migration  member  why here                       transaction\n"
        "1  B2         core    executed last                  none\n"
        "2  A1         core    executed before the one above  none\n"
        "\n"
        "2 migrations to revert, none in a transaction\n");
}

TEST_CASE("what the steps ask the database is told with its answers", "[report]") {
  const Plan plan{.groups = {{.steps = {step("core", "A1", "first"), step("core", "B2", "late")}}}};
  const Foresight foresight{
      .steps = {{{.text = "is there a table a", .answer = true, .certain = true}},
                {{.text = "is there a table b", .answer = false, .reason = "1 statement runs"},
                 {.question = {.sql = "SELECT f()"}, .reason = "it is no plain question"}}}};
  CapturedTerminal captured;
  render_plan(plan, foresight, captured.terminal);
  CHECK(captured.take_answer() ==
        "#  migration  member  why here\n"
        "1  A1         core    first\n"
        "2  B2         core    late\n"
        "\n"
        "step 1 asks: is there a table a? yes\n"
        "step 2 asks: is there a table b? no, as of now: 1 statement runs\n"
        "step 2 asks: SELECT f()? decided when it runs: it is no plain question\n"
        "\n"
        "2 migrations to apply in 1 transaction\n");
}

TEST_CASE("an empty plan says so", "[report]") {
  CHECK(rendered(Plan{}) == "nothing to apply\n");
  CHECK(rendered(Plan{.direction = Direction::Down}) == "nothing to revert\n");
}

TEST_CASE("a plan on a narrow terminal is its migrations", "[report]") {
  Plan plan{
      .groups = {{.steps = {step("@medusajs/medusa", "initialSchema1607440039327", "first")}}}};
  CHECK(rendered(plan, {.columns = 40, .unicode = true}) ==
        "#  migration\n"
        "1  initialSchema1607440039327\n"
        "\n"
        "1 migration to apply in 1 transaction\n");
}

TEST_CASE("where everything is at its place, no column says so", "[report]") {
  const Plan plan{.groups = {{.steps = {step("core", "A1", ""), step("reviews", "B2", "")}}}};
  CHECK(rendered(plan) ==
        "#  migration  member\n"
        "1  A1         core\n"
        "2  B2         reviews\n"
        "\n2 migrations to apply in 1 transaction\n");
}

TEST_CASE("a plan as JSON has groups, positions over all of them, and warnings", "[report]") {
  Plan plan = split_plan();
  plan.groups.pop_back();
  plan.groups[0].steps.pop_back();
  plan.groups[1].steps[0].migration.member = "";
  plan.groups[0].steps[0].reason = "";
  PlanStep& moved = plan.groups[1].steps[0];
  moved.reason = "after a: declared in m.toml:5";
  moved.causes = {{.migration = "a/A1",
                   .reason = {.kind = OrderReason::Kind::Declared,
                              .text = "a",
                              .place = Location{.file = "/m.toml", .line = 5}}}};
  CHECK(
      rendered(plan, {.format = OutputFormat::Json}) ==
      R"({"direction":"up","mode":"all","groups":[)"
      R"({"transactional":true,"reason":null,"steps":[{"position":1,"member":"core","name":"A1",)"
      R"("timestamp":1690000000000,"kind":"typeorm","state":"pending","reason":null,"causes":[],"notes":[],"begun":null,"mode":"dynamic","dynamic_reason":null,)"
      R"("source":"/shop/A1.ts","questions":[],"leftovers":[]}]},)"
      R"({"transactional":false,"reason":null,"steps":[{"position":2,"member":null,"name":"C3",)"
      R"("timestamp":1690000000000,"kind":"typeorm","state":"pending","reason":"after a: declared in m.toml:5",)"
      R"("causes":[{"after":"a/A1","why":"declared","what":"a","file":"/m.toml","line":5}],"notes":[],"begun":null,"mode":"dynamic","dynamic_reason":null,)"
      R"("source":"/shop/C3.ts","questions":[],"leftovers":[]}]}],)"
      R"("warnings":["reviews/C3 opts out of the transaction"],"hazards":[]})"
      "\n");
}

}  // namespace medusa
