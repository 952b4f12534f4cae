// SPDX-License-Identifier: MIT
// Signals belong to the process: every case runs in one of its own and reports by its exit status.
#include "medusa/system/interruption.hpp"

#include <chrono>
#include <csignal>
#include <future>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

namespace {

constexpr int kNoError = 100;

/// Wait status of a process that runs `work` and exits with its result.
template <typename Work>
int status_of(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(30);  // a hanging case ends, and fails
    ::_exit(work());
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

template <typename Work>
int exit_status_of(const Work& work) {
  const int status = status_of(work);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/// Sends the signal to this process and waits until the callback was told.
void interrupt_with(int number) {
  std::promise<void> told;
  const Interruption::Scope scope([&] { told.set_value(); });
  ::kill(::getpid(), number);
  told.get_future().wait();
}

/// The exit status that check() asks for.
int checked() {
  try {
    Interruption::check();
  } catch (const Error& error) {
    return exit_code(error.code());
  }
  return kNoError;
}

}  // namespace

TEST_CASE("without a signal nothing is interrupted", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          return Interruption::signal() == 0 ? checked() : 1;
        }) == kNoError);
}

TEST_CASE("SIGINT calls the callback and is an interruption", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          interrupt_with(SIGINT);
          return Interruption::signal() == SIGINT ? checked() : 1;
        }) == 130);
}

TEST_CASE("SIGTERM calls the callback and is a termination", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          interrupt_with(SIGTERM);
          return Interruption::signal() == SIGTERM ? checked() : 1;
        }) == 143);
}

TEST_CASE("the first signal is the one that counts", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          interrupt_with(SIGTERM);
          ::kill(::getpid(), SIGINT);
          ::kill(::getpid(), SIGTERM);
          return checked();
        }) == 143);
}

TEST_CASE("a scope that begins after the signal is called at once", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          interrupt_with(SIGINT);
          int called = 0;
          const Interruption::Scope late([&] { ++called; });
          return called;
        }) == 1);
}

TEST_CASE("a scope that has ended is not called", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          int called = 0;
          {
            const Interruption::Scope ended([&] { ++called; });
          }
          interrupt_with(SIGINT);
          return called;
        }) == 0);
}

TEST_CASE("the callback runs on another thread", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          std::promise<pid_t> thread;
          const Interruption::Scope scope([&] { thread.set_value(::gettid()); });
          ::kill(::getpid(), SIGINT);
          return thread.get_future().get() == ::gettid() ? 1 : 0;
        }) == 0);
}

TEST_CASE("writing to a closed pipe does not end the process", "[system]") {
  CHECK(exit_status_of([] {
          const Interruption interruption;
          int ends[2] = {-1, -1};
          if (::pipe(ends) != 0) {
            return 1;
          }
          ::close(ends[0]);
          return ::write(ends[1], "x", 1) < 0 && errno == EPIPE ? 0 : 2;
        }) == 0);
}

TEST_CASE("without an owner of the signals they end the process", "[system]") {
  const int status = status_of([] {
    std::signal(SIGTERM, SIG_DFL);  // Catch has a handler of its own
    ::raise(SIGTERM);
    return 0;
  });
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

/// What run_process makes of `script` when SIGTERM comes after a moment; the exit status wanted.
int interrupted_process(const char* script) {
  const Interruption interruption;
  const std::jthread later([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    ::kill(::getpid(), SIGTERM);
  });
  try {
    static_cast<void>(run_process({.program = "/bin/sh", .arguments = {"-c", script}}));
  } catch (const Error& error) {
    return exit_code(error.code());
  }
  return kNoError;
}

TEST_CASE("a signal ends a child that we wait for", "[system]") {
  CHECK(exit_status_of([] { return interrupted_process("sleep 60"); }) == 143);
  // Also one that has closed its output, does not listen, or has children of its own.
  CHECK(exit_status_of([] { return interrupted_process("exec >&- 2>&-; sleep 60"); }) == 143);
  CHECK(exit_status_of([] { return interrupted_process("sleep 60 & exit 0"); }) == 143);
  CHECK(exit_status_of(
            [] { return interrupted_process("trap '' TERM; while :; do sleep 1; done"); }) == 143);
}

TEST_CASE("SIGHUP calls the callback and is a termination", "[system]") {
  CHECK(exit_status_of([] {
          std::signal(SIGHUP, SIG_DFL);
          const Interruption interruption;
          interrupt_with(SIGHUP);
          return Interruption::signal() == SIGHUP ? checked() : 1;
        }) == 143);
}

TEST_CASE("SIGHUP stays ignored where it was, as nohup wants", "[system]") {
  CHECK(exit_status_of([] {
          std::signal(SIGHUP, SIG_IGN);
          const Interruption interruption;
          ::kill(::getpid(), SIGHUP);
          std::this_thread::sleep_for(std::chrono::milliseconds(100));
          return Interruption::signal() == 0 ? checked() : 1;
        }) == kNoError);
}

}  // namespace medusa
