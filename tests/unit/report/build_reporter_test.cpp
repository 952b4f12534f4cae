// SPDX-License-Identifier: MIT
#include "medusa/report/build_reporter.hpp"

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

using namespace std::chrono_literals;

void play(BuildReporter& reporter) {
  reporter.on_event(MemberStale{.member = "reviews", .files = 2});
  reporter.on_event(BuildWarning{.member = "reviews", .message = "helper.ts has no migration"});
  reporter.on_event(
      MemberBuilt{.member = "reviews", .compiled = 2, .described = 3, .removed = {"old.js"}});
  reporter.on_event(
      BuildFinished{.members = 4, .built_members = 1, .duration = 310ms, .lowering = 25ms});
}

std::string talk(const CapturedTerminal::Setup& setup = {}) {
  CapturedTerminal captured(setup);
  BuildReporter reporter(captured.terminal);
  play(reporter);
  CHECK(captured.take_answer().empty());
  return captured.take_talk();
}

}  // namespace

TEST_CASE("a build says what was stale, removed and odd", "[report]") {
  CHECK(talk() ==
        "    Building reviews (2 files)\n"
        "warning: reviews: helper.ts has no migration\n"
        "     Removed reviews: old.js (source is gone)\n"
        "       Built 1 member in 310 ms\n");
  CHECK(talk({.columns = 80}) == talk());
}

TEST_CASE("a verbose build tells of each member's end", "[report]") {
  CHECK(talk({.verbosity = Verbosity::Verbose}) ==
        "    Building reviews (2 files)\n"
        "warning: reviews: helper.ts has no migration\n"
        "     Removed reviews: old.js (source is gone)\n"
        "       Built reviews (2 compiled, 3 described)\n"
        "       Built 1 member in 310 ms\n");
}

TEST_CASE("a quiet build only warns", "[report]") {
  CHECK(talk({.verbosity = Verbosity::Quiet}) == "warning: reviews: helper.ts has no migration\n");
}

TEST_CASE("a build that had nothing to do says nothing", "[report]") {
  CapturedTerminal captured({.columns = 80});
  BuildReporter reporter(captured.terminal);
  reporter.on_event(BuildFinished{.members = 4, .built_members = 0, .duration = 3ms});
  CHECK(captured.take_talk().empty());
  CHECK(captured.take_answer().empty());
}

TEST_CASE("a build of very many members does not fill the terminal", "[report]") {
  CapturedTerminal captured({.columns = 40, .unicode = false});
  BuildReporter reporter(captured.terminal);
  for (int i = 0; i < 20; ++i) {
    reporter.on_event(MemberStale{.member = "m", .files = 1});
  }
  CHECK(captured.take_talk().find('\r') == std::string::npos);
  reporter.on_event(MemberStale{.member = "medusa-plugin-with-a-long-name", .files = 1});
  CHECK(captured.take_talk() == "\rBuilding medusa-plugin-with-a-long-n...\x1b[K");
  reporter.on_event(BuildFinished{.members = 21, .built_members = 21, .duration = 1s});
  CHECK(captured.take_talk() == "\r\x1b[K   Built 21 members in 1 s\n");
}

TEST_CASE("a build as JSON is events, where the command answers with events", "[report]") {
  CapturedTerminal captured({.format = OutputFormat::Json});
  captured.terminal.open_events("1.2.3");
  BuildReporter reporter(captured.terminal);
  play(reporter);
  CHECK(captured.take_talk().empty());
  CHECK(captured.take_answer() ==
        R"({"type":"version","schema":1,"tool":"medusa","version":"1.2.3"}
{"type":"member-stale","member":"reviews","files":2}
{"type":"build-warning","member":"reviews","message":"helper.ts has no migration","file":null,"line":null,"column":null,"notes":[]}
{"type":"member-built","member":"reviews","compiled":2,"described":3,"removed":["old.js"]}
{"type":"build-finished","members":4,"built_members":1,"duration_ms":310.0,"lowering_ms":25.0}
)");
}

TEST_CASE("a build before an answer of one object leaves stdout to it", "[report]") {
  CHECK(talk({.format = OutputFormat::Json}) == "warning: reviews: helper.ts has no migration\n");
}

}  // namespace medusa
