// SPDX-License-Identifier: MIT
#include "running_program.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace medusa {

namespace {

constexpr std::chrono::milliseconds kPause{10};
constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::seconds kLongestRun{120};

/// A file without a name: the child writes, we read at the same time.
int nameless_file(const char* name) {
  const int descriptor = ::memfd_create(name, MFD_CLOEXEC);
  if (descriptor < 0) {
    throw std::system_error(errno, std::generic_category(), "memfd_create");
  }
  return descriptor;
}

std::string content_of(int descriptor) {
  std::string content;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got =
        ::pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(content.size()));
    if (got <= 0) {
      return content;
    }
    content.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

/// In the child, after fork: becomes the program.
[[noreturn]] void become(const ProcessCommand& command, int output, int errors) {
  std::vector<std::string> words{command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpgid(0, 0);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  if (::chdir(command.directory.c_str()) == 0) {
    ::execv(argv.front(), argv.data());
  }
  ::_exit(126);
}

}  // namespace

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

RunningProgram::RunningProgram(const std::string& program,
                               const std::filesystem::path& directory,
                               const std::vector<std::string>& arguments,
                               const std::map<std::string, std::string>& environment)
    : output_(nameless_file("output")),
      errors_(nameless_file("errors")) {
  const ProcessCommand command = isolated_command(program, directory, arguments, environment);
  pid_ = ::fork();
  if (pid_ < 0) {
    throw std::system_error(errno, std::generic_category(), "fork");
  }
  if (pid_ == 0) {
    become(command, output_, errors_);
  }
}

RunningProgram::~RunningProgram() {
  signal(SIGKILL);
  reap(0);
  ::close(output_);
  ::close(errors_);
}

std::string RunningProgram::output() const {
  return content_of(output_);
}

std::string RunningProgram::errors() const {
  return content_of(errors_);
}

void RunningProgram::signal(int number) {
  if (pid_ > 0) {
    ::kill(pid_, number);
  }
}

Outcome RunningProgram::wait() {
  const auto deadline = std::chrono::steady_clock::now() + kLongestRun;
  while (!reap(WNOHANG)) {
    if (std::chrono::steady_clock::now() > deadline) {
      signal(SIGKILL);
      reap(0);
      break;
    }
    std::this_thread::sleep_for(kPause);
  }
  return {.exit_code = exit_code_, .output = output(), .errors = errors()};
}

bool RunningProgram::reap(int flags) {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, flags) == pid_) {
    exit_code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    pid_ = -1;
  }
  return pid_ < 0;
}

}  // namespace medusa
