// SPDX-License-Identifier: MIT
#include "medusa/report/verification_report.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;

Recording recording(const std::string& sql) {
  return {.id = 2,
          .timestamp = 1690000000000,
          .name = "review1690000000000",
          .member = "reviews",
          .member_version = "1.2.0",
          .sql = sql,
          .applied_at = "2026-01-31 12:00:00+00",
          .upgrade = 3};
}

ChangedMigration changed(const std::string& then, const std::string& today) {
  return {.row = {.name = "review1690000000000",
                  .timestamp = 1690000000000,
                  .state = MigrationState::Changed,
                  .id = 2,
                  .migration = Migration{.member = "reviews",
                                         .name = "review1690000000000",
                                         .source = "/shop/reviews/review.sql"},
                  .recording = recording(then),
                  .comparison = Comparison::SqlDiffers},
          .sql = today};
}

StatusRow missing() {
  return {.name = "gone1609459200001",
          .timestamp = 1609459200001,
          .state = MigrationState::Missing,
          .id = 1};
}

struct Printed {
  std::string answer;
  std::string talk;
};

Printed rendered(const Verification& verification,
                 const std::vector<ChangedMigration>& migrations,
                 const CapturedTerminal::Setup& setup = {}) {
  CapturedTerminal captured(setup);
  render_verification(verification, migrations, captured.terminal);
  return {.answer = captured.take_answer(), .talk = captured.take_talk()};
}

}  // namespace

TEST_CASE("verify shows each difference, then the counts", "[report]") {
  const ChangedMigration review = changed("CREATE TABLE review (\n  stars int DEFAULT 5\n);\n",
                                          "CREATE TABLE review (\n  stars int DEFAULT 3\n);\n");
  const Verification verification{.changed = {review.row},
                                  .missing = {missing()},
                                  .applied = 10,
                                  .same = 5,
                                  .not_comparable = 1,
                                  .not_recorded = 2};
  const Printed printed = rendered(verification, {review});
  CHECK(printed.answer ==
        "changed reviews/review1690000000000: its SQL changed\n"
        "  applied 2026-01-31 12:00:00+00 by upgrade 3, from reviews 1.2.0\n"
        "--- recorded\n"
        "+++ /shop/reviews/review.sql\n"
        "@@ -1,3 +1,3 @@\n"
        " CREATE TABLE review (\n"
        "-  stars int DEFAULT 5\n"
        "+  stars int DEFAULT 3\n"
        " );\n"
        "\n"
        "missing gone1609459200001: it is applied, and in no member\n"
        "\n"
        "10 applied: 5 the same, 1 changed, 1 missing, 1 not comparable, 2 not recorded\n");
  for (const char* word :
       {"never runs again", "cannot be reverted", "not comparable:", "not recorded:"}) {
    CHECK_THAT(printed.talk, Contains(word));
  }
  const Printed in_colour = rendered(verification, {review}, {.color = ColorMode::Always});
  CHECK_THAT(in_colour.answer, Contains("\x1b[31m-  stars int DEFAULT 5\x1b[0m\n"));
  CHECK_THAT(in_colour.answer, Contains("\x1b[32m+  stars int DEFAULT 3\x1b[0m\n"));
}

TEST_CASE("verify says when nothing differs", "[report]") {
  const Printed printed = rendered({.applied = 3, .same = 3}, {});
  CHECK(printed.answer == "3 applied: 3 the same\n");
  CHECK(printed.talk.empty());
  CHECK(rendered({}, {}).answer == "0 applied\n");
}

TEST_CASE("a source that changed has no diff, and says so", "[report]") {
  ChangedMigration dynamic = changed("", "");
  dynamic.row.comparison = Comparison::SourceDiffers;
  dynamic.row.recording->sql.reset();
  const Printed printed = rendered({.changed = {dynamic.row}, .applied = 1}, {dynamic});
  CHECK_THAT(printed.answer, Contains("its source changed; its SQL is not known\n"));
  CHECK_THAT(printed.answer, !Contains("---"));
}

TEST_CASE("SQL that differs but reads the same is no empty diff", "[report]") {
  const ChangedMigration same = changed("SELECT 1;\n", "SELECT 1;\n");
  CHECK_THAT(rendered({.changed = {same.row}, .applied = 1}, {same}).answer,
             Contains("it reads the same"));
}

TEST_CASE("control characters of a migration do not reach the terminal", "[report]") {
  const ChangedMigration wild = changed("SELECT 'a';\n", "SELECT '\x1b[2J';\n");
  CHECK_THAT(rendered({.changed = {wild.row}, .applied = 1}, {wild}).answer, !Contains("\x1b"));
}

TEST_CASE("verify as JSON", "[report]") {
  const ChangedMigration review = changed("SELECT 5;\n", "SELECT 3;\n");
  const Verification verification{.changed = {review.row}, .missing = {missing()}, .applied = 2};
  const Printed printed = rendered(verification, {review}, {.format = OutputFormat::Json});
  CHECK(printed.talk.empty());
  CHECK(nlohmann::json::parse(printed.answer) == nlohmann::json::parse(R"({
    "ok": false,
    "problems": [
      {"member": "reviews", "name": "review1690000000000", "timestamp": 1690000000000,
       "state": "changed", "id": 2, "source": "/shop/reviews/review.sql", "difference": "sql", "other_name": null, "begun": null,
       "recorded": {"member": "reviews", "member_version": "1.2.0",
                    "applied_at": "2026-01-31 12:00:00+00", "upgrade": 3, "baseline": false,
                    "sql": "SELECT 5;\n"},
       "sql": "SELECT 3;\n", "diff": "@@ -1,1 +1,1 @@\n-SELECT 5;\n+SELECT 3;\n"},
      {"member": null, "name": "gone1609459200001", "timestamp": 1609459200001,
       "state": "missing", "id": 1, "source": null, "difference": null, "other_name": null, "begun": null, "recorded": null,
       "sql": null, "diff": null}],
    "summary": {"applied": 2, "same": 0, "changed": 1, "missing": 1, "failed": 0, "not_comparable": 0,
                "not_recorded": 0, "baseline": 0}})"));
}

}  // namespace medusa
