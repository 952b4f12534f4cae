// SPDX-License-Identifier: MIT
#include "medusa/report/execution_reporter.hpp"

#include <atomic>
#include <future>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"
#include "execution_text.hpp"
#include "ticker.hpp"

namespace medusa {

namespace {

using namespace std::chrono_literals;

PlanStep step(const std::string& member, const std::string& name) {
  return {.migration = {.member = member, .name = name, .timestamp = 1690000000000},
          .reason = "first"};
}

/// A run on a terminal of the test, with a clock that only the test moves.
class Run {
 public:
  explicit Run(const CapturedTerminal::Setup& setup, std::size_t steps = 2)
      : captured(setup),
        reporter(captured.terminal, "1.2.3", [this] { return now; }) {
    plan.groups.push_back({});
    for (std::size_t i = 0; i < steps; ++i) {
      plan.groups[0].steps.push_back(
          step(i % 2 == 0 ? "core" : "reviews", "M" + std::to_string(i + 1)));
    }
  }

  void started(std::size_t position) {
    reporter.on_event(
        MigrationStarted{.position = position, .total = total(), .step = at(position)});
  }

  void finished(std::size_t position, std::chrono::microseconds duration) {
    now += duration;
    reporter.on_event(MigrationFinished{
        .position = position, .total = total(), .step = at(position), .duration = duration});
  }

  void failed(std::size_t position) {
    reporter.on_event(
        MigrationFailed{.position = position,
                        .total = total(),
                        .step = at(position),
                        .problem = {.code = ErrorCode::Migration, .message = "cannot apply it"}});
  }

  /// The whole upgrade, 12 ms a step.
  void succeed() {
    reporter.on_event(UpgradeStarted{.plan = plan});
    for (std::size_t position = 1; position <= total(); ++position) {
      started(position);
      finished(position, 12ms);
    }
    reporter.on_event(GroupCommitted{.steps = total()});
    reporter.on_event(
        UpgradeFinished{.direction = plan.direction, .done = total(), .duration = 1900ms});
  }

  [[nodiscard]] std::size_t total() const { return plan.step_count(); }

  [[nodiscard]] const PlanStep& at(std::size_t position) const {
    return plan.groups[0].steps[position - 1];
  }

  CapturedTerminal captured;
  std::chrono::steady_clock::time_point now{};
  Plan plan;
  ExecutionReporter reporter;
};

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

/// What is written to a stream, and a wait for a text that comes so many times.
class AwaitedText : public std::stringbuf {
 public:
  AwaitedText(std::string text, std::size_t times) : text_(std::move(text)), times_(times) {}

  void wait() { seen_.get_future().wait(); }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    const std::streamsize written = std::stringbuf::xsputn(bytes, size);
    if (!is_seen_ && count_of(str(), text_) >= times_) {
      is_seen_ = true;
      seen_.set_value();
    }
    return written;
  }

 private:
  std::string text_;
  std::size_t times_;
  bool is_seen_ = false;
  std::promise<void> seen_;
};

const LockWaiting kWaiting{.holder = {.pid = 4711,
                                      .application = "medusa 0.1.0",
                                      .address = "10.0.0.5",
                                      .since = "2024-05-01 10:00:00+00"},
                           .timeout = 10min};

}  // namespace

TEST_CASE("a run into a pipe is a line for each migration and an answer", "[report]") {
  Run run({});
  run.plan.warnings = {"reviews/M2 is late"};
  run.succeed();
  CHECK(run.captured.take_talk() ==
        "warning: reviews/M2 is late\n"
        "     Applied [1/2] core/M1  12 ms\n"
        "     Applied [2/2] reviews/M2  12 ms\n");
  CHECK(run.captured.take_answer() == "Applied 2 migrations in 1.9 s\n");
}

TEST_CASE("a run in CI is a line for each migration, even on a terminal", "[report]") {
  Run run({.columns = 80, .variables = {{"CI", "true"}}}, 30);
  run.succeed();
  const std::string talk = run.captured.take_talk();
  CHECK(talk.find('\r') == std::string::npos);
  CHECK(talk.starts_with("     Applied [ 1/30] core/M1       12 ms\n"));
}

TEST_CASE("a revert has its own words", "[report]") {
  Run run({}, 1);
  run.plan.direction = Direction::Down;
  run.succeed();
  CHECK(run.captured.take_talk() == "    Reverted [1/1] core/M1  12 ms\n");
  CHECK(run.captured.take_answer() == "Reverted 1 migration in 1.9 s\n");
}

TEST_CASE("a rehearsal has its own words, and leaves the answer to others", "[report]") {
  Run run({}, 1);
  run.reporter.on_event(UpgradeStarted{.plan = run.plan, .rehearsal = true});
  run.started(1);
  run.reporter.on_event(StatementSent{.position = 1, .statement = {.sql = "SELECT 1"}});
  run.finished(1, 12ms);
  run.reporter.on_event(UpgradeFinished{.rolled_back = 1, .duration = 1s});
  CHECK(run.captured.take_talk() ==
        "    Executed [1/1] core/M1  12 ms\n"
        " Rolled back 1 migration\n");
  CHECK(run.captured.take_answer().empty());
}

TEST_CASE("a statement of a rehearsal as an event has text, parameters and answer", "[report]") {
  Run run({.format = OutputFormat::Json}, 1);
  static_cast<void>(run.captured.take_answer());
  run.reporter.on_event(
      StatementSent{.position = 1,
                    .statement = {.sql = "SELECT $1", .parameters = {{"a", std::nullopt}}},
                    .answer = true});
  CHECK(run.captured.take_answer() ==
        R"({"type":"statement-sent","position":1,"sql":"SELECT $1","parameters":["a",null],)"
        R"("answer":true})"
        "\n");
}

TEST_CASE("a verbose run says what it starts and what is committed", "[report]") {
  Run run({.verbosity = Verbosity::Verbose}, 1);
  run.succeed();
  CHECK(run.captured.take_talk() ==
        "    Applying [1/1] core/M1\n"
        "     Applied [1/1] core/M1  12 ms\n"
        "   Committed 1 migration\n");
}

TEST_CASE("a quiet run is its answer", "[report]") {
  Run run({.columns = 80, .verbosity = Verbosity::Quiet});
  run.succeed();
  CHECK(run.captured.take_talk().empty());
  CHECK(run.captured.take_answer() == "Applied 2 migrations in 1.9 s\n");
}

TEST_CASE("a run of few migrations on a terminal keeps their lines above the bar", "[report]") {
  Run run({.columns = 40});
  run.succeed();
  CHECK(run.captured.take_talk() ==
        "\rApplying ╌╌╌╌╌╌ 1/2 core/M1  0.0 s\x1b[K"
        "\r\x1b[K Applied [1/2] core/M1      12 ms\n"
        "\rApplying ━━━╌╌╌ 1/2 core/M1  0.0 s\x1b[K"
        "\r\x1b[K Applied [2/2] reviews/M2   12 ms\n"
        "\rApplying ━━━━━━ 2/2 reviews/M2  0.0 s\x1b[K"
        "\r\x1b[K");
}

TEST_CASE("a run of many migrations on a terminal is one line", "[report]") {
  Run run({.columns = 80, .unicode = false}, 100);
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.started(1);
  CHECK(run.captured.take_talk() ==
        "\r    Applying [                    ]   1/100 core/M1  0.0 s\x1b[K");
  SECTION("drawn at most every 50 ms") {
    run.finished(1, 20ms);
    run.started(2);
    run.finished(2, 20ms);
    run.started(3);
    CHECK(run.captured.take_talk().empty());
    run.finished(3, 20ms);
    CHECK(run.captured.take_talk() ==
          "\r    Applying [                    ]   3/100 core/M3  0.0 s\x1b[K");
  }
  SECTION("on which time passes during a long migration") {
    run.now += 3s;
    run.reporter.redraw();
    CHECK(run.captured.take_talk() ==
          "\r    Applying [                    ]   1/100 core/M1  3.0 s\x1b[K");
  }
  SECTION("that ends when something else is printed") {
    run.captured.terminal.answer("something else");
    run.reporter.redraw();
    CHECK(run.captured.take_talk() == "\r\x1b[K");
  }
  SECTION("and lines for each when verbose") {
    Run verbose({.columns = 80, .verbosity = Verbosity::Verbose}, 100);
    verbose.succeed();
    CHECK(verbose.captured.take_talk().find("     Applied [  7/100] core/M7        12 ms\n") !=
          std::string::npos);
  }
}

TEST_CASE("a migration's line fits into a narrow terminal", "[report]") {
  Run run({.columns = 40}, 1);
  run.plan.groups[0].steps[0] = step("medusa-plugin-reviews", "CreateReviews1690000000000");
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.finished(1, 12ms);
  CHECK(run.captured.take_talk() ==
        " Applied [1/1] medusa-plugin-re…   12 ms\n"
        "\rApplying ━━━━━━ 0/1   0.0 s\x1b[K");
}

TEST_CASE("a failure says what was undone and what was not run, but not why", "[report]") {
  Run run({}, 4);
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.started(1);
  run.finished(1, 840us);
  run.started(2);
  run.failed(2);
  run.reporter.on_event(UpgradeFinished{.rolled_back = 1, .not_run = 2, .duration = 1s});
  CHECK(run.captured.take_talk() ==
        "     Applied [1/4] core/M1  0.8 ms\n"
        "      Failed [2/4] reviews/M2\n"
        " Rolled back 1 migration\n"
        "     Not run 2 migrations\n");
  CHECK(run.captured.take_answer().empty());
}

TEST_CASE("a failure after a commit says what stays", "[report]") {
  Run run({}, 3);
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.failed(2);
  run.reporter.on_event(UpgradeFinished{.done = 1, .not_run = 1, .duration = 1s});
  CHECK(run.captured.take_talk() ==
        "      Failed [2/3] reviews/M2\n"
        "     Applied 1 migration\n"
        "     Not run 1 migration\n");
}

TEST_CASE("a commit that failed rolled everything back", "[report]") {
  Run run({}, 3);
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.reporter.on_event(UpgradeFinished{.rolled_back = 3, .duration = 1s});
  CHECK(run.captured.take_talk() == " Rolled back 3 migrations\n");
  CHECK(run.captured.take_answer().empty());
}

TEST_CASE("waiting for the lock says for whom and for how long", "[report]") {
  Run pipe({});
  pipe.reporter.on_event(kWaiting);
  CHECK(pipe.captured.take_talk() ==
        "     Waiting for medusa 0.1.0 (pid 4711, at 10.0.0.5, since 2024-05-01 10:00:00+00), at "
        "most 10 min\n");
  pipe.reporter.on_event(LockWaiting{.timeout = 90s});
  CHECK(pipe.captured.take_talk() == "     Waiting for another run, at most 1 min 30 s\n");

  pipe.reporter.on_event(
      LockWaiting{.holder = {.pid = 7, .application = "medusa", .query_age = 125s},
                  .reason = RunLockWait::Transaction,
                  .timeout = 90s});
  CHECK(pipe.captured.take_talk() ==
        "     Waiting for an open transaction of a run that lost its lock: medusa (pid 7, its last "
        "statement began 2 min 5 s ago), at most 1 min 30 s\n");

  Run terminal({.columns = 80});
  terminal.reporter.on_event(LockWaiting{.holder = {.pid = 7}, .timeout = 90s});
  terminal.now += 2500ms;
  terminal.reporter.redraw();
  terminal.reporter.on_event(UpgradeStarted{.plan = terminal.plan});
  CHECK(terminal.captured.take_talk() ==
        "     Waiting for another run (pid 7), at most 1 min 30 s\n"
        "\r      Waited 0.0 s\x1b[K"
        "\r      Waited 2.5 s\x1b[K"
        "\r\x1b[K");
}

TEST_CASE("a run as JSON is a stream of events", "[report]") {
  Run run({.columns = 80, .format = OutputFormat::Json}, 2);
  run.plan.groups[0].steps[1].migration.member = "";
  run.reporter.on_event(kWaiting);
  run.reporter.on_event(LockWaiting{});
  run.reporter.on_event(UpgradeStarted{.plan = run.plan});
  run.started(1);
  run.finished(1, 840us);
  run.reporter.on_event(GroupCommitted{.steps = 1});
  run.failed(2);
  run.reporter.on_event(UpgradeFinished{.done = 1, .not_run = 0, .duration = 2ms});
  CHECK(run.captured.take_talk().empty());
  CHECK(run.captured.take_answer() ==
        R"({"type":"version","schema":1,"tool":"medusa","version":"1.2.3"}
{"type":"lock-waiting","reason":"run","holder":{"pid":4711,"application":"medusa 0.1.0","address":"10.0.0.5","since":"2024-05-01 10:00:00+00","query_ms":null},"timeout_ms":600000}
{"type":"lock-waiting","reason":"run","holder":{"pid":null,"application":null,"address":null,"since":null,"query_ms":null},"timeout_ms":0}
{"type":"upgrade-started","total":2,"direction":"up","mode":"all","groups":[{"transactional":true,"reason":null,"steps":[{"position":1,"member":"core","name":"M1","timestamp":1690000000000,"kind":"typeorm","state":"pending","reason":"first","causes":[],"notes":[],"begun":null,"mode":"dynamic","dynamic_reason":null,"source":null},{"position":2,"member":null,"name":"M2","timestamp":1690000000000,"kind":"typeorm","state":"pending","reason":"first","causes":[],"notes":[],"begun":null,"mode":"dynamic","dynamic_reason":null,"source":null}]}],"warnings":[],"hazards":[]}
{"type":"migration-started","position":1,"total":2,"member":"core","name":"M1","timestamp":1690000000000,"kind":"typeorm","begun":null}
{"type":"migration-finished","position":1,"total":2,"member":"core","name":"M1","timestamp":1690000000000,"kind":"typeorm","duration_ms":0.84}
{"type":"group-committed","steps":1}
{"type":"migration-failed","position":2,"total":2,"member":null,"name":"M2","timestamp":1690000000000,"kind":"typeorm","problem":{"code":"migration","message":"cannot apply it","file":null,"line":null,"column":null,"notes":[],"hint":null,"sqlstate":null}}
{"type":"upgrade-finished","direction":"up","done":1,"rolled_back":0,"failed":0,"not_run":0,"unknown":0,"duration_ms":2.0,"upgrade":null}
)");
}

TEST_CASE("the reporter's own thread lets time pass and ends with it", "[report]") {
  AwaitedText talk("      Waited ", 3);
  std::ostream talk_stream(&talk);
  std::ostringstream answer;
  Terminal terminal(answer,
                    {},
                    talk_stream,
                    {.is_terminal = true, .columns = 80},
                    Environment(std::map<std::string, std::string>{{"TERM", "xterm"}}),
                    {.color = ColorMode::Never});
  {
    ExecutionReporter reporter(terminal, "1.2.3");
    reporter.on_event(LockWaiting{});
    talk.wait();
  }
  CHECK(talk.str().ends_with("\r\x1b[K"));
}

TEST_CASE("events while the progress is drawn keep all lines whole", "[report]") {
  constexpr std::size_t kRedraws = 200;
  CapturedTerminal captured({.columns = 80});
  ExecutionText text(captured.terminal, &std::chrono::steady_clock::now);
  std::atomic<std::size_t> redraws = 0;
  std::size_t notes = 0;
  {
    const Ticker ticker(0ms, [&] {
      text.redraw();
      ++redraws;
    });
    text.on_event(LockWaiting{});
    for (; redraws < kRedraws; ++notes) {
      captured.terminal.note("done");
      text.on_event(LockWaiting{});
    }
  }
  const std::string talk = captured.take_talk();
  CHECK(count_of(talk, "note: done\n") == notes);
  CHECK(count_of(talk, "\n") == 2 * notes + 1);
}

}  // namespace medusa
