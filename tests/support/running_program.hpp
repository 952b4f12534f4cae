// SPDX-License-Identifier: MIT
// A program that runs while the test goes on: to signal it, or to run several at once.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <sys/types.h>
#include <sys/wait.h>
#include <vector>

#include "medusa_program.hpp"

namespace medusa {

/// Waits until the condition holds; false after a minute, in which it did not.
[[nodiscard]] bool eventually(const std::function<bool()>& condition);

/// Started like run_program's, with everything it prints at hand. Killed with this object.
class RunningProgram {
 public:
  RunningProgram(const std::string& program,
                 const std::filesystem::path& directory,
                 const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& environment = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;
  RunningProgram(RunningProgram&&) = delete;
  RunningProgram& operator=(RunningProgram&&) = delete;

  /// What it printed so far.
  [[nodiscard]] std::string output() const;
  [[nodiscard]] std::string errors() const;

  /// Sends it a signal, unless it has ended.
  void signal(int number);

  /// Its process, whose number is also that of a group: what it starts is in it too, unless it got
  /// one of its own. -1 once it has ended.
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  [[nodiscard]] bool has_ended() { return reap(WNOHANG); }

  /// Waits for its end; one that takes two minutes is killed (exit code 137).
  [[nodiscard]] Outcome wait();

 private:
  /// Whether it ended; sets exit_code_ then.
  bool reap(int flags);

  pid_t pid_ = -1;  ///< -1 once it was reaped.
  int output_ = -1;
  int errors_ = -1;
  int exit_code_ = -1;
};

}  // namespace medusa
