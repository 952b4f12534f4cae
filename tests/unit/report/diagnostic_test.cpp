// SPDX-License-Identifier: MIT
#include "medusa/report/diagnostic.hpp"

#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <string>

#include <catch2/catch.hpp>

#include "captured_terminal.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

const Diagnostic kUnknownKey{
    .code = ErrorCode::Config,
    .message = "unknown key 'plugin'",
    .location = Location{.file = "medusa.toml", .line = 4, .column = 1, .text = "plugin = []"},
    .notes = {"known keys: backend, plugins"},
    .hint = "did you mean 'plugins'?"};

std::string rendered(const Error& error, const CapturedTerminal::Setup& setup = {}) {
  CapturedTerminal captured(setup);
  render(error, captured.terminal);
  return setup.format == OutputFormat::Json ? captured.take_answer() : captured.take_talk();
}

std::string rendered(const Location& location, const CapturedTerminal::Setup& setup = {}) {
  return rendered(Error({.code = ErrorCode::Config, .message = "no", .location = location}), setup);
}

/// A folder that is the current one while it lives.
class CurrentFolder {
 public:
  CurrentFolder() : previous_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "medusa-report-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = fs::canonical(name);
    fs::current_path(path_);
  }

  ~CurrentFolder() {
    fs::current_path(previous_);
    fs::remove_all(path_);
  }

  CurrentFolder(const CurrentFolder&) = delete;
  CurrentFolder& operator=(const CurrentFolder&) = delete;
  CurrentFolder(CurrentFolder&&) = delete;
  CurrentFolder& operator=(CurrentFolder&&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path previous_;
  fs::path path_;
};

}  // namespace

TEST_CASE("an error says what, where, why and what to do", "[report]") {
  CHECK(rendered(Error(kUnknownKey)) ==
        "error: unknown key 'plugin'\n"
        "  --> medusa.toml:4:1\n"
        "  4 | plugin = []\n"
        "    | ^\n"
        "  note: known keys: backend, plugins\n"
        "  hint: did you mean 'plugins'?\n");
}

TEST_CASE("an error in colour", "[report]") {
  CHECK(rendered(Error(kUnknownKey), {.color = ColorMode::Always}) ==
        "\x1b[1;31merror:\x1b[0m \x1b[1munknown key 'plugin'\x1b[0m\n"
        "\x1b[1;36m  -->\x1b[0m medusa.toml:4:1\n"
        "\x1b[1;36m  4 |\x1b[0m plugin = []\n"
        "\x1b[1;36m    |\x1b[0m \x1b[1;31m^\x1b[0m\n"
        "  \x1b[1;36mnote:\x1b[0m known keys: backend, plugins\n"
        "  \x1b[1;32mhint:\x1b[0m did you mean 'plugins'?\n");
}

TEST_CASE("an error without a place is a message", "[report]") {
  CHECK(rendered(Error({.code = ErrorCode::Usage, .message = "no such command"})) ==
        "error: no such command\n");
}

TEST_CASE("several errors are apart and counted", "[report]") {
  const Diagnostic second{.code = ErrorCode::Config, .message = "'late' is no boolean"};
  CHECK(rendered(Error({kUnknownKey, second})) ==
        "error: unknown key 'plugin'\n"
        "  --> medusa.toml:4:1\n"
        "  4 | plugin = []\n"
        "    | ^\n"
        "  note: known keys: backend, plugins\n"
        "  hint: did you mean 'plugins'?\n"
        "\n"
        "error: 'late' is no boolean\n"
        "\n"
        "2 errors\n");
}

TEST_CASE("text of several lines is indented below its first", "[report]") {
  CHECK(rendered(Error({.code = ErrorCode::Migration,
                        .message = "cannot apply reviews/A",
                        .notes = {"in this statement:\n    SELECT 1 +\n            ^"}})) ==
        "error: cannot apply reviews/A\n"
        "  note: in this statement:\n"
        "        SELECT 1 +\n"
        "                ^\n");
}

TEST_CASE("an internal error asks for a report", "[report]") {
  CHECK(rendered(Error({.code = ErrorCode::Internal, .message = "no state"})) ==
        "error: no state\n"
        "  note: this is a defect of medusa, not of your workspace\n"
        "  hint: please report it, with this message and what medusa --version prints\n");
}

TEST_CASE("a line that is not given is read from the file", "[report]") {
  const CurrentFolder folder;
  std::ofstream("medusa.toml") << "one\ntwo\r\nthree\n";
  CHECK(rendered(Location{.file = folder.path() / "medusa.toml", .line = 2, .column = 3}) ==
        "error: no\n"
        "  --> medusa.toml:2:3\n"
        "  2 | two\n"
        "    |   ^\n");
}

TEST_CASE("a file or line that is not there has no excerpt", "[report]") {
  const CurrentFolder folder;
  std::ofstream("medusa.toml") << "one\n";
  CHECK(rendered(Location{.file = "medusa.toml", .line = 9, .column = 3}) ==
        "error: no\n  --> medusa.toml:9:3\n");
  CHECK(rendered(Location{.file = "gone.toml", .line = 9}) == "error: no\n  --> gone.toml:9\n");
  CHECK(rendered(Location{.file = folder.path(), .line = 1}) ==
        "error: no\n  --> " + folder.path().string() + ":1\n");
}

TEST_CASE("a path outside the current folder is shown whole", "[report]") {
  const CurrentFolder folder;
  const fs::path sibling = folder.path().string() + "-sibling/a.ts";
  CHECK(rendered(Location{.file = sibling}) == "error: no\n  --> " + sibling.string() + "\n");
  CHECK(rendered(Location{.file = folder.path() / "src" / "a.ts"}) ==
        "error: no\n  --> src/a.ts\n");
}

TEST_CASE("the caret stands below its character after tabs and wide characters", "[report]") {
  CHECK(rendered(Location{.file = "a.ts", .line = 3, .column = 2, .text = "\tx\ty"}) ==
        "error: no\n"
        "  --> a.ts:3:2\n"
        "  3 |     x   y\n"
        "    |     ^\n");
  CHECK(rendered(Location{.file = "a.ts", .line = 10, .column = 3, .text = "移行x"}) ==
        "error: no\n"
        "  --> a.ts:10:3\n"
        "  10 | 移行x\n"
        "     |     ^\n");
}

TEST_CASE("a caret behind the line's end stands right behind it", "[report]") {
  CHECK(rendered(Location{.file = "a.ts", .line = 3, .column = 99, .text = "abc"}) ==
        "error: no\n"
        "  --> a.ts:3:99\n"
        "  3 | abc\n"
        "    |    ^\n");
}

TEST_CASE("a long line is cut around the column", "[report]") {
  const std::string line = std::string(500, 'a') + '!' + std::string(500, 'b');
  CHECK(rendered(Location{.file = "a.js", .line = 1, .column = 501, .text = line},
                 {.columns = 40, .unicode = true}) ==
        "error: no\n"
        "  --> a.js:1:501\n"
        "  1 | …aaaaaaaaaaaaaaaaaaaaaa!bbbbbbbbb…\n"
        "    |                        ^\n");
  CHECK(rendered(Location{.file = "a.js", .line = 1, .column = 3, .text = line},
                 {.columns = 40, .unicode = true}) ==
        "error: no\n"
        "  --> a.js:1:3\n"
        "  1 | " +
            std::string(33, 'a') +
            "…\n"
            "    |   ^\n");
  CHECK(rendered(Location{.file = "a.js", .line = 1, .column = 1001, .text = line},
                 {.columns = 40, .unicode = false}) ==
        "error: no\n"
        "  --> a.js:1:1001\n"
        "  1 | ..." +
            std::string(23, 'b') + "\n" + "    |    " + std::string(22, ' ') + "^\n");
}

TEST_CASE("a pipe's long lines are cut too: built JavaScript has no line ends", "[report]") {
  const std::string text =
      rendered(Location{.file = "a.js", .line = 1, .column = 1, .text = std::string(100'000, 'a')});
  CHECK(text.size() < 300);
}

TEST_CASE("control characters of a source do not reach the terminal", "[report]") {
  CHECK(rendered(Location{.file = "a.ts", .line = 1, .column = 0, .text = "\x1b[2J"}) ==
        "error: no\n  --> a.ts:1\n  1 | ?[2J\n");
}

TEST_CASE("a warning looks like an error with another word", "[report]") {
  CapturedTerminal captured;
  render_warning(kUnknownKey, captured.terminal);
  CHECK(captured.take_talk().starts_with("warning: unknown key 'plugin'\n  --> medusa.toml:4:1\n"));
}

TEST_CASE("an error as JSON is one line on stdout", "[report]") {
  const Diagnostic second{.code = ErrorCode::Config, .message = "bytes \xff"};
  CHECK(
      rendered(Error({kUnknownKey, second}), {.format = OutputFormat::Json}) ==
      R"({"type":"error","code":"config","exit":3,"diagnostics":[)"
      R"({"code":"config","message":"unknown key 'plugin'","file":"medusa.toml","line":4,)"
      R"("column":1,"notes":["known keys: backend, plugins"],"hint":"did you mean 'plugins'?","sqlstate":null},)"
      R"({"code":"config","message":"bytes )"
      "\uFFFD"
      R"(","file":null,"line":null,"column":null,"notes":[],"hint":null,"sqlstate":null}]})"
      "\n");
}

TEST_CASE("passwords of URLs in texts of others are masked", "[report]") {
  const Error error({.code = ErrorCode::Host,
                     .message = "cannot reach postgres://u:hunter2@h/db",
                     .notes = {"tried redis://:hunter2@h", "file:///a.js:1:2"},
                     .hint = "set DATABASE_URL, e.g. postgresql://user:password@localhost/medusa"});
  for (const OutputFormat format : {OutputFormat::Text, OutputFormat::Json}) {
    const std::string shown = rendered(error, {.format = format});
    CAPTURE(shown);
    CHECK(shown.find("hunter2") == std::string::npos);
    CHECK(shown.find("postgres://u:***@h/db") != std::string::npos);
    CHECK(shown.find("file:///a.js:1:2") != std::string::npos);
    CHECK(shown.find("user:password@") != std::string::npos);
  }
}

}  // namespace medusa
