// SPDX-License-Identifier: MIT
#include "medusa/report/status_report.hpp"

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

StatusRow row(const std::string& name, MigrationState state, std::optional<std::int64_t> id = {}) {
  return {.name = name,
          .timestamp = 1690000000000,
          .state = state,
          .id = id,
          .migration = Migration{.member = "reviews",
                                 .name = name,
                                 .timestamp = 1690000000000,
                                 .source = "/shop/plugins/reviews/src/migrations/" + name + ".ts"}};
}

std::vector<StatusRow> every_state() {
  std::vector<StatusRow> rows{row("initial1609459200000", MigrationState::Applied, 1),
                              row("gone1609459200001", MigrationState::Missing, 12),
                              row("late1609459200002", MigrationState::Late),
                              row("next1690000000000", MigrationState::Pending),
                              row("off1690000000001", MigrationState::Disabled)};
  rows[1].migration.reset();
  rows[3].migration->kind = MigrationKind::Sql;
  rows[3].migration->transaction = false;
  rows[4].migration->flags = "sales_channels";
  rows[4].migration->enabled = false;
  return rows;
}

std::string rendered(const std::vector<StatusRow>& rows,
                     const CapturedTerminal::Setup& setup = {}) {
  CapturedTerminal captured(setup);
  render_status(rows, captured.terminal);
  CHECK(captured.take_talk().empty());
  return captured.take_answer();
}

}  // namespace

TEST_CASE("the status says each state in words", "[report]") {
  CHECK(rendered(every_state()) ==
        "     state     id  migration             member   kind     remark\n"
        "[X]  applied    1  initial1609459200000  reviews  typeorm\n"
        "[X]  missing   12  gone1609459200001     -        -        in no member of the workspace\n"
        "[ ]  late          late1609459200002     reviews  typeorm  older than what is applied\n"
        "[ ]  pending       next1690000000000     reviews  sql      no transaction\n"
        "[-]  disabled      off1690000000001      reviews  typeorm  needs sales_channels\n"
        "\n"
        "1 applied, 2 pending (1 late), 1 missing, 1 disabled\n");
}

TEST_CASE("the status says what changed since it was applied", "[report]") {
  std::vector<StatusRow> rows{row("same1609459200000", MigrationState::Applied, 1),
                              row("sql1609459200001", MigrationState::Changed, 2),
                              row("source1609459200002", MigrationState::Changed, 3)};
  rows[1].comparison = Comparison::SqlDiffers;
  rows[2].comparison = Comparison::SourceDiffers;
  CHECK(rendered(rows) ==
        "     state    id  migration            member   kind     remark\n"
        "[X]  applied   1  same1609459200000    reviews  typeorm\n"
        "[X]  changed   2  sql1609459200001     reviews  typeorm  its SQL changed\n"
        "[X]  changed   3  source1609459200002  reviews  typeorm  its source changed; its SQL is "
        "not known\n"
        "\n"
        "3 applied (2 changed), nothing pending\n");
  const std::string json = rendered(rows, {.format = OutputFormat::Json});
  CHECK_THAT(json, Catch::Matchers::Contains(R"("state":"changed","id":2,"difference":"sql")"));
  CHECK_THAT(json, Catch::Matchers::Contains(R"("state":"changed","id":3,"difference":"source")"));
  CHECK_THAT(json, Catch::Matchers::Contains(R"("summary":{"applied":3,"changed":2,)"));
}

TEST_CASE("the status without anything special has no remarks", "[report]") {
  CHECK(rendered({row("initial1609459200000", MigrationState::Applied, 1)}) ==
        "     state    id  migration             member   kind\n"
        "[X]  applied   1  initial1609459200000  reviews  typeorm\n"
        "\n"
        "1 applied, nothing pending\n");
  CHECK(rendered({}) == "no migrations\n");
}

TEST_CASE("the status on a narrow terminal keeps mark, state, id and name", "[report]") {
  CHECK(rendered(every_state(), {.columns = 40, .unicode = true}) ==
        "     state     id  migration\n"
        "[X]  applied    1  initial1609459200000\n"
        "[X]  missing   12  gone1609459200001\n"
        "[ ]  late          late1609459200002\n"
        "[ ]  pending       next1690000000000\n"
        "[-]  disabled      off1690000000001\n"
        "\n"
        "1 applied, 2 pending (1 late), 1 missing, 1 disabled\n");
}

TEST_CASE("the status in colour", "[report]") {
  CHECK(
      rendered({row("next1690000000000", MigrationState::Pending)}, {.color = ColorMode::Always}) ==
      "     \x1b[1mstate\x1b[0m    \x1b[1mid\x1b[0m  \x1b[1mmigration\x1b[0m          "
      "\x1b[1mmember\x1b[0m   \x1b[1mkind\x1b[0m\n"
      "\x1b[33m[ ]\x1b[0m  \x1b[33mpending\x1b[0m      next1690000000000  reviews  "
      "\x1b[2mtypeorm\x1b[0m\n"
      "\n"
      "0 applied, 1 pending\n");
}

TEST_CASE("the status as JSON has every row and the counts", "[report]") {
  std::vector<StatusRow> rows = every_state();
  rows.erase(rows.begin() + 2);
  CHECK(
      rendered(rows, {.format = OutputFormat::Json}) ==
      R"({"migrations":[)"
      R"({"member":"reviews","name":"initial1609459200000","timestamp":1690000000000,)"
      R"("kind":"typeorm","state":"applied","id":1,"difference":null,"other_name":null,)"
      R"("source":"/shop/plugins/reviews/src/migrations/initial1609459200000.ts",)"
      R"("flags":null,"transaction":null,"baseline":false,"begun":null},)"
      R"({"member":null,"name":"gone1609459200001","timestamp":1690000000000,)"
      R"("kind":null,"state":"missing","id":12,"difference":null,"other_name":null,"source":null,"flags":null,"transaction":null,"baseline":false,"begun":null},)"
      R"({"member":"reviews","name":"next1690000000000","timestamp":1690000000000,)"
      R"("kind":"sql","state":"pending","id":null,"difference":null,"other_name":null,)"
      R"("source":"/shop/plugins/reviews/src/migrations/next1690000000000.ts",)"
      R"("flags":null,"transaction":false,"baseline":false,"begun":null},)"
      R"({"member":"reviews","name":"off1690000000001","timestamp":1690000000000,)"
      R"("kind":"typeorm","state":"disabled","id":null,"difference":null,"other_name":null,)"
      R"("source":"/shop/plugins/reviews/src/migrations/off1690000000001.ts",)"
      R"("flags":"sales_channels","transaction":null,"baseline":false,"begun":null}],)"
      R"("summary":{"applied":1,"changed":0,"pending":1,"late":0,"failed":0,"missing":1,"disabled":1}})"
      "\n");
  CHECK(
      rendered({}, {.format = OutputFormat::Json}) ==
      R"({"migrations":[],"summary":{"applied":0,"changed":0,"pending":0,"late":0,"failed":0,"missing":0,"disabled":0}})"
      "\n");
}

}  // namespace medusa
