// SPDX-License-Identifier: MIT
#include "daemon.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

constexpr int kInherited = 3;
constexpr int kCannotStart = 126;

/// Prepared before the fork: afterwards only async-signal-safe calls are allowed.
struct Prepared {
  std::vector<std::string> texts = {};
  std::vector<char*> arguments = {};
  std::vector<char*> environment = {};
  int null = -1;
};

Prepared prepare(const DaemonCommand& command) {
  Prepared prepared;
  prepared.texts.push_back(command.program.string());
  for (const std::string& argument : command.arguments) {
    prepared.texts.push_back(argument);
  }
  const std::size_t argument_count = prepared.texts.size();
  for (const auto& [name, value] : command.environment.variables()) {
    prepared.texts.emplace_back(name).append("=").append(value);
  }
  for (std::size_t i = 0; i < prepared.texts.size(); ++i) {
    (i < argument_count ? prepared.arguments : prepared.environment)
        .push_back(prepared.texts[i].data());
  }
  prepared.arguments.push_back(nullptr);
  prepared.environment.push_back(nullptr);
  return prepared;
}

[[noreturn]] void give_up(const char* why) {
  // Nobody is left to be told that writing failed too.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, why, std::strlen(why));
  ::_exit(kCannotStart);
}

void close_all_but_inherited() {
  if (::close_range(kInherited + 1, ~0U, 0) != 0) {
    constexpr int kUsualLimit = 4096;  // a kernel before 5.9
    for (int descriptor = kInherited + 1; descriptor < kUsualLimit; ++descriptor) {
      ::close(descriptor);
    }
  }
}

[[noreturn]] void become(const DaemonCommand& command, const Prepared& prepared) {
  // The three may lie on each other's target numbers: lift them above first.
  const int input = ::fcntl(prepared.null, F_DUPFD, kInherited + 1);
  const int output = ::fcntl(command.output, F_DUPFD, kInherited + 1);
  const int inherited = ::fcntl(command.inherited, F_DUPFD, kInherited + 1);
  if (::dup2(output, STDERR_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(input, STDIN_FILENO) < 0 || ::dup2(inherited, kInherited) < 0) {
    ::_exit(kCannotStart);
  }
  close_all_but_inherited();
  ::umask(S_IRWXG | S_IRWXO);
  if (::chdir("/") != 0) {
    give_up("cannot change to the root folder\n");
  }
  if (command.user.has_value() &&
      (::setgroups(0, nullptr) != 0 || ::setgid(command.user->gid) != 0 ||
       ::setuid(command.user->uid) != 0)) {
    give_up("cannot switch to the unprivileged user of the server\n");
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGCHLD, SIGUSR1, SIGUSR2}) {
    ::signal(number, SIG_DFL);
  }
  ::execve(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  give_up("cannot execute the server program\n");
}

[[noreturn]] void fail(int null, int error) {
  ::close(null);
  throw Error(
      {.code = ErrorCode::Host,
       .message = std::string("cannot start a background process: ") + std::strerror(error)});
}

}  // namespace

void start_daemon(const DaemonCommand& command) {
  Prepared prepared = prepare(command);
  prepared.null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const pid_t between = ::fork();
  if (between == 0) {
    // The second fork hands the server to init, so that it is nobody's zombie, and a process that
    // does not lead its session never gets a terminal.
    ::setsid();
    const pid_t server = ::fork();
    if (server == 0) {
      become(command, prepared);
    }
    ::_exit(server < 0 ? kCannotStart : 0);
  }
  if (between < 0) {
    fail(prepared.null, errno);
  }
  int status = 0;
  while (::waitpid(between, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fail(prepared.null, EAGAIN);
  }
  ::close(prepared.null);
}

}  // namespace medusa
