// SPDX-License-Identifier: MIT
#include "observed_process.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "medusa/system/files.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) {
    list.push_back(text.data());
  }
  list.push_back(nullptr);
  return list;
}

pid_t start(const ProcessCommand& command, const fs::path& output) {
  std::vector<std::string> arguments{command.program.string()};
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  for (const auto& [name, value] : command.environment) {
    variables.push_back(name + '=' + value);
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  ::posix_spawn_file_actions_addchdir_np(&actions, command.directory.c_str());
  pid_t child = -1;
  const int error = ::posix_spawnp(&child,
                                   command.program.c_str(),
                                   &actions,
                                   nullptr,
                                   pointers(arguments).data(),
                                   pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw std::runtime_error("cannot start " + command.program.string() + ": " +
                             std::strerror(error));
  }
  return child;
}

/// The end of what the file holds: what went wrong.
std::string end_of(const fs::path& file) {
  constexpr std::size_t kEnough = 2000;
  const std::string text = read_file(file);
  return text.substr(text.size() - std::min(text.size(), kEnough));
}

void check(const ProcessCommand& command, int status, const fs::path& output, int exit_code) {
  Interruption::check();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != exit_code) {
    throw std::runtime_error(command.program.string() + " ended with wait status " +
                             std::to_string(status) + ":\n" + end_of(output));
  }
}

std::chrono::microseconds duration_of(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

/// A field of /proc/PID/status in bytes; 0 if the process has no memory any more.
std::size_t status_bytes(pid_t process, std::string_view field) {
  constexpr std::size_t kKilobyte = 1024;
  std::ifstream stream("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(field)) {
      return std::stoul(line.substr(field.size())) * kKilobyte;
    }
  }
  return 0;
}

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  std::error_code gone;
  const fs::path tasks = "/proc/" + std::to_string(process) + "/task";
  for (auto task = fs::directory_iterator(tasks, gone); !gone && task != fs::directory_iterator();
       task.increment(gone)) {
    std::ifstream stream(task->path() / "children");
    for (pid_t child = 0; stream >> child;) {
      children.push_back(child);
    }
  }
  return children;
}

std::size_t resident_below(pid_t process) {
  std::size_t sum = 0;
  for (const pid_t child : children_of(process)) {
    sum += status_bytes(child, "VmRSS:") + resident_below(child);
  }
  return sum;
}

/// Until execve(2) the child's memory is ours.
bool runs_its_program(pid_t process) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/" + std::to_string(process) + "/exe", error);
  return !error && program != fs::read_symlink("/proc/self/exe");
}

}  // namespace

ProcessCost run_timed(const ProcessCommand& command, const fs::path& output, int exit_code) {
  const Clock::time_point begin = Clock::now();
  const pid_t child = start(command, output);
  int status = 0;
  rusage usage{};
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const Clock::time_point end = Clock::now();
  check(command, status, output, exit_code);
  return {.wall = std::chrono::duration_cast<std::chrono::microseconds>(end - begin),
          .cpu = duration_of(usage.ru_utime) + duration_of(usage.ru_stime)};
}

ProcessMemory run_watched(const ProcessCommand& command, const fs::path& output, int exit_code) {
  const pid_t child = start(command, output);
  ProcessMemory memory;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (runs_its_program(child)) {
      memory.own = std::max(memory.own, status_bytes(child, "VmHWM:"));
      memory.children = std::max(memory.children, resident_below(child));
    }
    std::this_thread::sleep_for(1ms);
  }
  check(command, status, output, exit_code);
  return memory;
}

}  // namespace medusa
