// SPDX-License-Identifier: MIT
#include "medusa/report/terminal.hpp"

#include <csignal>
#include <fcntl.h>
#include <map>
#include <sstream>
#include <string>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

bool has_color(std::size_t columns,
               ColorMode mode,
               const std::map<std::string, std::string>& variables = {}) {
  CapturedTerminal captured({.columns = columns, .color = mode, .variables = variables});
  return captured.terminal.talk_look().color;
}

Look look_of(std::size_t columns, const std::map<std::string, std::string>& variables) {
  std::ostringstream stream;
  const Terminal terminal(stream,
                          {.is_terminal = columns > 0, .columns = columns == 1 ? 0 : columns},
                          stream,
                          {},
                          Environment(variables));
  return terminal.answer_look();
}

/// Replaces a descriptor of this process while it lives.
class Redirection {
 public:
  Redirection(int descriptor, int target) : descriptor_(descriptor), saved_(::dup(descriptor)) {
    ::dup2(target, descriptor_);
  }

  ~Redirection() {
    ::dup2(saved_, descriptor_);
    ::close(saved_);
  }

  Redirection(const Redirection&) = delete;
  Redirection& operator=(const Redirection&) = delete;
  Redirection(Redirection&&) = delete;
  Redirection& operator=(Redirection&&) = delete;

 private:
  int descriptor_;
  int saved_;
};

}  // namespace

TEST_CASE("colour follows the option, then NO_COLOR, CLICOLOR_FORCE and the terminal", "[report]") {
  CHECK(has_color(80, ColorMode::Auto));
  CHECK_FALSE(has_color(0, ColorMode::Auto));
  CHECK_FALSE(has_color(80, ColorMode::Auto, {{"NO_COLOR", "1"}}));
  CHECK(has_color(80, ColorMode::Auto, {{"NO_COLOR", ""}}));
  CHECK_FALSE(has_color(80, ColorMode::Auto, {{"TERM", "dumb"}}));
  CHECK_FALSE(has_color(80, ColorMode::Auto, {{"CLICOLOR", "0"}}));
  CHECK(has_color(0, ColorMode::Auto, {{"CLICOLOR_FORCE", "1"}}));
  CHECK_FALSE(has_color(0, ColorMode::Auto, {{"CLICOLOR_FORCE", "0"}}));
  CHECK_FALSE(has_color(0, ColorMode::Auto, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}));
  CHECK(has_color(0, ColorMode::Always, {{"NO_COLOR", "1"}}));
  CHECK_FALSE(has_color(80, ColorMode::Never, {{"CLICOLOR_FORCE", "1"}}));
}

TEST_CASE("a terminal is as wide as it says, else as COLUMNS says, else 80", "[report]") {
  constexpr std::size_t kUnknown = 1;
  CHECK(look_of(132, {{"COLUMNS", "60"}}).columns == 132);
  CHECK(look_of(kUnknown, {{"COLUMNS", "60"}}).columns == 60);
  CHECK(look_of(kUnknown, {{"COLUMNS", "wide"}}).columns == 80);
  CHECK(look_of(kUnknown, {}).columns == 80);
}

TEST_CASE("a pipe has no width, whatever COLUMNS says", "[report]") {
  CHECK(look_of(0, {{"COLUMNS", "60"}}).columns == 0);
}

TEST_CASE("more than ASCII is drawn if the first locale variable names UTF-8", "[report]") {
  CHECK(look_of(80, {{"LANG", "en_US.UTF-8"}}).unicode);
  CHECK(look_of(80, {{"LANG", "C.utf8"}}).unicode);
  CHECK(look_of(80, {{"LC_ALL", ""}, {"LC_CTYPE", "de_DE.UTF-8"}, {"LANG", "C"}}).unicode);
  CHECK_FALSE(look_of(80, {{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).unicode);
  CHECK_FALSE(look_of(80, {}).unicode);
}

TEST_CASE("an answer is printed as it is, with a line end", "[report]") {
  CapturedTerminal captured;
  captured.terminal.answer("one");
  captured.terminal.answer("two\n");
  captured.terminal.answer("");
  CHECK(captured.take_answer() == "one\ntwo\n");
  CHECK(captured.take_talk().empty());
}

TEST_CASE("talk has a verb, a note or a warning in front", "[report]") {
  CapturedTerminal captured;
  captured.terminal.status("Starting", "the workspace's PostgreSQL");
  captured.terminal.note("nothing to see");
  captured.terminal.warn("look \x1b[2J");
  CHECK(captured.take_talk() ==
        "    Starting the workspace's PostgreSQL\nnote: nothing to see\nwarning: look ?[2J\n");
  CHECK(captured.take_answer().empty());
}

TEST_CASE("a quiet terminal prints answers and warnings", "[report]") {
  CapturedTerminal captured({.columns = 80, .verbosity = Verbosity::Quiet});
  captured.terminal.status("Starting", "something");
  captured.terminal.note("nothing to see");
  captured.terminal.progress("1/2");
  captured.terminal.warn("look");
  captured.terminal.answer("42");
  CHECK(captured.take_talk() == "warning: look\n");
  CHECK(captured.take_answer() == "42\n");
}

TEST_CASE("a progress line is rewritten in place and erased before any other output", "[report]") {
  CapturedTerminal captured({.columns = 80});
  captured.terminal.progress("1/2");
  captured.terminal.progress("2/2");
  CHECK(captured.take_talk() == "\r1/2\x1b[K\r2/2\x1b[K");
  captured.terminal.warn("look");
  CHECK(captured.take_talk() == "\r\x1b[Kwarning: look\n");
  captured.terminal.warn("again");
  CHECK(captured.take_talk() == "warning: again\n");
  captured.terminal.progress("2/2");
  captured.terminal.answer("42");
  CHECK(captured.take_talk() == "\r2/2\x1b[K\r\x1b[K");
}

TEST_CASE("a progress line that other output ended is not refreshed", "[report]") {
  CapturedTerminal captured({.columns = 80});
  captured.terminal.refresh_progress("0.1 s");
  CHECK(captured.take_talk().empty());
  captured.terminal.progress("0.2 s");
  captured.terminal.refresh_progress("0.3 s");
  CHECK(captured.take_talk() == "\r0.2 s\x1b[K\r0.3 s\x1b[K");
  captured.terminal.answer("42");
  captured.terminal.refresh_progress("0.4 s");
  CHECK(captured.take_talk() == "\r\x1b[K");
}

TEST_CASE("progress is for people who look at a terminal", "[report]") {
  CHECK(CapturedTerminal({.columns = 80}).terminal.shows_progress());
  CHECK_FALSE(CapturedTerminal().terminal.shows_progress());
  const auto shown = [](const std::map<std::string, std::string>& variables) {
    return CapturedTerminal({.columns = 80, .variables = variables}).terminal.shows_progress();
  };
  CHECK_FALSE(shown({{"TERM", "dumb"}}));
  CHECK_FALSE(shown({{"CI", "true"}}));
  CHECK(shown({{"CI", "false"}}));
  CHECK(shown({{"NO_COLOR", "1"}}));
  CHECK_FALSE(
      CapturedTerminal({.columns = 80, .format = OutputFormat::Json}).terminal.shows_progress());
}

TEST_CASE("the destructor leaves no progress line behind", "[report]") {
  std::ostringstream stream;
  {
    Terminal terminal(stream,
                      {},
                      stream,
                      {.is_terminal = true, .columns = 80},
                      Environment(std::map<std::string, std::string>{{"TERM", "xterm"}}));
    terminal.progress("1/2");
  }
  CHECK(stream.str() == "\r1/2\x1b[K\r\x1b[K");
}

TEST_CASE("events begin with the version, once, and only in JSON", "[report]") {
  CapturedTerminal json({.format = OutputFormat::Json});
  json.terminal.event("{}");
  CHECK(json.take_answer().empty());
  json.terminal.open_events("1.2.3");
  json.terminal.open_events("1.2.3");
  json.terminal.event("{}");
  CHECK(json.take_answer() ==
        "{\"type\":\"version\",\"schema\":1,\"tool\":\"medusa\",\"version\":\"1.2.3\"}\n{}\n");

  CapturedTerminal text;
  text.terminal.open_events("1.2.3");
  CHECK_FALSE(text.terminal.events_are_open());
  CHECK(text.take_answer().empty());
}

TEST_CASE("a warning is an event where there are events, else talk", "[report]") {
  CapturedTerminal captured({.format = OutputFormat::Json});
  captured.terminal.warn("look");
  CHECK(captured.take_talk() == "warning: look\n");
  captured.terminal.open_events("1.2.3");
  captured.answer.str("");
  captured.terminal.warn("look");
  CHECK(captured.take_answer() ==
        R"({"type":"warning","code":null,"message":"look","file":null,"line":null,)"
        R"("column":null,"notes":[],"hint":null,"sqlstate":null})"
        "\n");
}

TEST_CASE("a reader that goes away is no error, a full disk is", "[report]") {
  int pipe_ends[2] = {};
  REQUIRE(::pipe(pipe_ends) == 0);
  ::close(pipe_ends[0]);
  const int full = ::open("/dev/full", O_WRONLY);
  REQUIRE(full >= 0);
  std::error_code closed_reader;
  std::error_code full_disk;
  const auto previous = std::signal(SIGPIPE, SIG_IGN);
  {
    const Redirection redirection(STDOUT_FILENO, pipe_ends[1]);
    Terminal terminal = Terminal::of_process(Environment());
    terminal.answer("nobody reads this");
    terminal.answer("nor this");
    closed_reader = terminal.answer_error();
  }
  {
    const Redirection redirection(STDOUT_FILENO, full);
    Terminal terminal = Terminal::of_process(Environment());
    terminal.answer("no room for this");
    full_disk = terminal.answer_error();
  }
  std::signal(SIGPIPE, previous);
  ::close(pipe_ends[1]);
  ::close(full);
  CHECK_FALSE(closed_reader);
  CHECK(full_disk == std::errc::no_space_on_device);
}

}  // namespace medusa
