// SPDX-License-Identifier: MIT
#include "medusa/system/channel_process.hpp"

#include <csignal>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using Outcome = ChannelProcess::ReadOutcome;

ProcessCommand shell(const std::string& script) {
  return {.program = "/bin/sh", .arguments = {"-c", script}};
}

/// Sends back what it gets, as it gets it.
const std::string kEcho = "exec cat <&3 >&4";

std::string next_line(ChannelProcess& process) {
  std::string line;
  REQUIRE(process.read_line(line, 20s) == Outcome::Line);
  return line;
}

bool is_gone(int pid) {
  return ::kill(pid, 0) != 0;
}

}  // namespace

TEST_CASE("lines go both ways over the channel", "[system]") {
  ChannelProcess process(shell(kEcho));
  process.write_line("one");
  process.write_line("");
  process.write_line("ünd drei");
  CHECK(next_line(process) == "one");
  CHECK(next_line(process).empty());
  CHECK(next_line(process) == "ünd drei");
}

TEST_CASE("megabytes in one line go both ways at once", "[system]") {
  ChannelProcess process(shell(kEcho));
  const std::string line(6000000, 'x');
  process.write_line(line);
  process.write_line("end");
  CHECK(next_line(process) == line);
  CHECK(next_line(process) == "end");
}

TEST_CASE("a child gets its input and a request without anybody reading", "[system]") {
  ProcessCommand command = shell("wc -c >&2; cat <&3 >&2; exec 4>&-");
  command.input.assign(300000, 'x');  // more than a pipe holds by default
  ChannelProcess process(command);
  process.write_line("request");
  // It prints, but we do not look before it has ended: it waits for nothing that we owe it.
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (process.printed().find("300000") == std::string::npos &&
         std::chrono::steady_clock::now() < deadline) {
    static_cast<void>(process.take_printed());
  }
  CHECK_THAT(process.printed(), Contains("300000"));
}

TEST_CASE("a channel that the child closes is closed", "[system]") {
  ChannelProcess process(shell("echo last >&4; exec 4>&-; cat <&3"));
  std::string line = "untouched";
  CHECK(next_line(process) == "last");
  CHECK(process.read_line(line, 20s) == Outcome::Closed);
  CHECK(line == "untouched");
}

TEST_CASE("half a line at the end is no line", "[system]") {
  ChannelProcess process(shell("printf half >&4"));
  std::string line;
  CHECK(process.read_line(line, 20s) == Outcome::Closed);
}

TEST_CASE("a silent child uses up the time", "[system]") {
  ChannelProcess process(shell(kEcho));
  std::string line;
  CHECK(process.read_line(line, 0ms) == Outcome::TimedOut);
  CHECK(process.read_line(line, 20ms) == Outcome::TimedOut);
  process.write_line("still there");
  CHECK(next_line(process) == "still there");
}

TEST_CASE("a child that prints for ever does not stop the clock", "[system]") {
  ChannelProcess process(shell("exec yes"));
  std::string line;
  CHECK(process.read_line(line, 50ms) == Outcome::TimedOut);
  CHECK(process.stop().signal == SIGKILL);
}

TEST_CASE("what the child prints stays out of the conversation", "[system]") {
  ChannelProcess process(shell("echo noise; echo trouble >&2; echo answer >&4; cat <&3 >&4"));
  CHECK(next_line(process) == "answer");
  process.write_line("more");
  CHECK(next_line(process) == "more");
  static_cast<void>(process.stop());
  CHECK(process.printed() == "noise\ntrouble\n");
}

TEST_CASE("what was printed is handed out once", "[system]") {
  ChannelProcess process(
      shell("echo first; echo a >&4; read -r line <&3; echo second; echo b >&4; cat <&3"));
  CHECK(next_line(process) == "a");
  CHECK(process.take_printed() == "first\n");
  process.write_line("go on");
  CHECK(next_line(process) == "b");
  CHECK(process.take_printed() == "second\n");
  CHECK(process.take_printed().empty());
  CHECK(process.printed() == "first\nsecond\n");
}

TEST_CASE("of a long output the end is kept", "[system]") {
  ChannelProcess process(shell("yes | head -c 300000; echo; echo the end; exec 4>&-"));
  std::string line;
  CHECK(process.read_line(line, 20s) == Outcome::Closed);
  static_cast<void>(process.stop());
  CHECK(process.printed().size() == 65536);
  CHECK_THAT(process.printed(), Catch::Matchers::EndsWith("the end\n"));
}

TEST_CASE("a child gets its standard input whole", "[system]") {
  ProcessCommand command = shell("wc -c >&4");
  command.input = std::string(1000000, 'x');
  ChannelProcess process(command);
  CHECK_THAT(next_line(process), Contains("1000000"));
}

TEST_CASE("a child whose channel is closed leaves by itself", "[system]") {
  ChannelProcess process(shell("cat <&3 >/dev/null; echo bye; exit 7"));
  const ProcessResult result = process.stop();
  CHECK(result.exit_code == 7);
  CHECK(result.signal == 0);
  CHECK(process.printed() == "bye\n");
}

TEST_CASE("a child that ignores its closed channel is killed and reaped", "[system]") {
  const std::string stay = GENERATE(as<std::string>{},
                                    "trap '' TERM; echo $$ >&4; while :; do sleep 1; done",
                                    // Nothing left that we could notice its end by:
                                    "echo $$ >&4; exec sleep 1000 <&- >&- 2>&- 3<&- 4>&-",
                                    "echo $$ >&4; exec yes");
  ChannelProcess process(shell(stay));
  const int pid = std::stoi(next_line(process));
  CHECK(process.stop().signal == SIGKILL);
  CHECK(is_gone(pid));
}

TEST_CASE("stopping twice is harmless", "[system]") {
  ChannelProcess process(shell("exit 1"));
  CHECK(process.stop().exit_code == 1);
  CHECK(process.stop().exit_code == 0);
}

TEST_CASE("the end of the object is the end of the child", "[system]") {
  int pid = 0;
  {
    ChannelProcess process(shell("echo $$ >&4; exec sleep 1000"));
    pid = std::stoi(next_line(process));
  }
  CHECK(is_gone(pid));
}

TEST_CASE("a dead child is a closed channel, whatever is written to it", "[system]") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  ChannelProcess process(shell("kill -SEGV $$"));
  process.write_line(std::string(1000000, 'x'));
  std::string line;
  CHECK(process.read_line(line, 20s) == Outcome::Closed);
  CHECK(process.stop().signal == SIGSEGV);
  std::signal(SIGPIPE, before);
}

TEST_CASE("a child that cannot be started is an error that names it", "[system]") {
  try {
    const ChannelProcess process({.program = "/no/such/program"});
    FAIL("started");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Host);
    CHECK_THAT(error.what(), Contains("/no/such/program"));
  }
}

}  // namespace medusa
