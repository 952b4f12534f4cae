// SPDX-License-Identifier: MIT
#include "medusa/system/process.hpp"

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Catch::Matchers::Contains;

ProcessCommand shell(const std::string& script) {
  return {.program = "/bin/sh", .arguments = {"-c", script}};
}

Diagnostic problem_of(const ProcessCommand& command) {
  try {
    static_cast<void>(run_process(command));
  } catch (const Error& error) {
    return error.first();
  }
  FAIL("no error");
  return {};
}

void make_program(const TemporaryWorkspace& folder, const fs::path& path) {
  folder.write(path, "#!/bin/sh\n");
  ::chmod((folder.root() / path).c_str(), 0755);
}

}  // namespace

TEST_CASE("a program ends with its exit code", "[system]") {
  CHECK(run_process(shell("exit 0")).succeeded());
  const ProcessResult result = run_process(shell("exit 42"));
  CHECK(result.exit_code == 42);
  CHECK(result.signal == 0);
  CHECK_FALSE(result.succeeded());
}

TEST_CASE("a program that a signal ended is told apart from one that failed", "[system]") {
  const ProcessResult result = run_process(shell("kill -TERM $$"));
  CHECK(result.signal == SIGTERM);
  CHECK_FALSE(result.succeeded());
}

TEST_CASE("output and errors come in the order written", "[system]") {
  const ProcessResult result = run_process(shell("echo one; echo two >&2; echo three"));
  CHECK(result.output == "one\ntwo\nthree\n");
  CHECK(result.errors.empty());
}

TEST_CASE("errors are kept apart when asked for", "[system]") {
  ProcessCommand command = shell("echo one; echo two >&2; echo three");
  command.separate_errors = true;
  const ProcessResult result = run_process(command);
  CHECK(result.output == "one\nthree\n");
  CHECK(result.errors == "two\n");
}

TEST_CASE("megabytes in and out at the same time do not block each other", "[system]") {
  ProcessCommand command{.program = "/bin/cat"};
  for (int i = 0; i < 300000; ++i) {
    command.input += std::to_string(i) + '\n';
  }
  CHECK(run_process(command).output == command.input);
}

TEST_CASE("megabytes of errors and output apart do not block each other", "[system]") {
  ProcessCommand command = shell("tee /dev/stderr");
  command.separate_errors = true;
  command.input = std::string(2000000, 'x');
  const ProcessResult result = run_process(command);
  CHECK(result.output == command.input);
  CHECK(result.errors == command.input);
}

TEST_CASE("a program need not read its input", "[system]") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  ProcessCommand command = shell("exit 3");
  command.input = std::string(2000000, 'x');
  CHECK(run_process(command).exit_code == 3);
  std::signal(SIGPIPE, before);
}

TEST_CASE("a program without input finds its end at once", "[system]") {
  CHECK(run_process({.program = "/bin/cat"}).succeeded());
}

TEST_CASE("arguments reach the program letter for letter", "[system]") {
  ProcessCommand command = shell(R"(for a in "$@"; do printf '[%s]' "$a"; done)");
  command.arguments.insert(command.arguments.end(),
                           {"sh", "two words", "it's", "\"q\"", "$HOME `x` \\ *", "", "a\nb", "ü"});
  CHECK(run_process(command).output == "[two words][it's][\"q\"][$HOME `x` \\ *][][a\nb][ü]");
}

TEST_CASE("variables are added to ours and replace ours", "[system]") {
  ::setenv("MEDUSA_TEST_OLD", "old", 1);
  ::setenv("MEDUSA_TEST_KEPT", "kept", 1);
  ProcessCommand command = shell("echo $MEDUSA_TEST_OLD $MEDUSA_TEST_KEPT $MEDUSA_TEST_NEW");
  command.environment = {{"MEDUSA_TEST_OLD", "changed"}, {"MEDUSA_TEST_NEW", "new"}};
  const ProcessResult result = run_process(command);
  ::unsetenv("MEDUSA_TEST_OLD");
  ::unsetenv("MEDUSA_TEST_KEPT");
  CHECK(result.output == "changed kept new\n");
}

TEST_CASE("a program starts in the folder asked for", "[system]") {
  const TemporaryWorkspace folder;
  ProcessCommand command = shell("pwd -P");
  command.directory = folder.root();
  CHECK(run_process(command).output == folder.root().string() + '\n');
}

TEST_CASE("a folder that does not exist starts nothing", "[system]") {
  ProcessCommand command = shell("pwd");
  command.directory = "/no/such/folder";
  const Diagnostic problem = problem_of(command);
  CHECK(problem.code == ErrorCode::Host);
  CHECK_THAT(problem.message, Contains("/bin/sh") && Contains("/no/such/folder"));
}

TEST_CASE("a missing program is an error that names it", "[system]") {
  const Diagnostic problem = problem_of({.program = "/no/such/program"});
  CHECK(problem.code == ErrorCode::Host);
  CHECK_THAT(problem.message, Contains("/no/such/program") && Contains("No such file"));
}

TEST_CASE("a file that is no program is an error", "[system]") {
  const TemporaryWorkspace folder;
  folder.write("text", "not a program");
  CHECK_THAT(problem_of({.program = folder.root() / "text"}).message,
             Contains("Permission denied"));
}

TEST_CASE("a program does not inherit our blocked and ignored signals", "[system]") {
  sigset_t blocked;
  sigset_t before;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::sigaddset(&blocked, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto pipe_before = std::signal(SIGPIPE, SIG_IGN);
  const std::string status =
      run_process({.program = "/bin/cat", .arguments = {"/proc/self/status"}}).output;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  std::signal(SIGPIPE, pipe_before);
  CHECK_THAT(status, Contains("SigBlk:\t0000000000000000"));
  const std::string ignored = status.substr(status.find("SigIgn:\t") + 8, 16);
  CHECK((std::stoull(ignored, nullptr, 16) & (1ULL << (SIGPIPE - 1U))) == 0);
}

TEST_CASE("a program can be run as another user", "[system]") {
  if (::geteuid() != 0) {
    WARN("needs root");
    return;
  }
  ProcessCommand command = shell("echo $(id -u):$(id -g):$(id -G)");
  command.directory = "/";
  command.user = ProcessUser{.uid = 65534, .gid = 65534};
  CHECK(run_process(command).output == "65534:65534:65534\n");
}

TEST_CASE("in the foreground a program uses our own terminal", "[system]") {
  CHECK(run_in_foreground(shell("exit 5")).exit_code == 5);
  CHECK(run_in_foreground(shell("kill -KILL $$")).signal == SIGKILL);
}

TEST_CASE("a program is the first executable file of its name in PATH", "[system]") {
  const TemporaryWorkspace folder;
  make_program(folder, "b/tool");
  make_program(folder, "c/tool");
  folder.write("a/tool", "not executable");
  folder.write("b/other/inside", "a folder");
  const std::string root = folder.root().string();
  const Environment environment(
      {{"PATH", root + "/a:" + root + "/none:" + root + "/b:" + root + "/c"}});
  CHECK(find_program("tool", environment) == folder.root() / "b" / "tool");
  CHECK_FALSE(find_program("other", environment).has_value());
  CHECK_FALSE(find_program("nothing", environment).has_value());
  CHECK_FALSE(find_program("tool", Environment()).has_value());
  CHECK_FALSE(find_program("", environment).has_value());
}

TEST_CASE("a name with a slash is looked for nowhere else", "[system]") {
  const TemporaryWorkspace folder;
  make_program(folder, "a/tool");
  const Environment environment({{"PATH", folder.root().string()}});
  CHECK(find_program((folder.root() / "a" / "tool").string(), environment).has_value());
  CHECK_FALSE(find_program("a/tool", environment).has_value());
}

}  // namespace medusa
