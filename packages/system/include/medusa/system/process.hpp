// SPDX-License-Identifier: MIT
// Child processes without a shell: a program, its arguments, and everything it printed.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "medusa/system/environment.hpp"

namespace medusa {

/// The user a child runs as, when it is not ours.
struct ProcessUser {
  uid_t uid = 0;
  gid_t gid = 0;
};

/// What to start. The program is a path or is looked for in PATH; arguments are passed as they are.
struct ProcessCommand {
  std::filesystem::path program = {};
  std::vector<std::string> arguments = {};
  std::filesystem::path directory = {};                 ///< Empty: ours.
  std::map<std::string, std::string> environment = {};  ///< Added to ours.
  std::string input = {};                               ///< Its standard input, whole.
  std::optional<ProcessUser> user = {};                 ///< Switched to before the program starts.
  bool separate_errors = false;                         ///< Keep standard error apart.
};

/// How a child ended.
struct ProcessResult {
  int exit_code = 0;        ///< Meaningful if `signal` is 0.
  int signal = 0;           ///< The signal that ended it, or 0.
  std::string output = {};  ///< Standard output and standard error, in the order written.
  std::string errors = {};  ///< Standard error, if it was to be kept apart.

  [[nodiscard]] bool succeeded() const { return exit_code == 0 && signal == 0; }
};

/// Runs the command to its end and returns what it printed. The child dies with us.
/// @pre SIGPIPE is ignored (Interruption does that) if the child might not read all of its input.
/// @throws Error with ErrorCode::Host if it cannot be started.
[[nodiscard]] ProcessResult run_process(const ProcessCommand& command);

/// Starts a command on our own terminal (stdin, stdout, stderr inherited), waits, and returns how
/// it ended: for psql and the like, which need the terminal's signals too.
[[nodiscard]] ProcessResult run_in_foreground(const ProcessCommand& command);

/// The program's path: itself if it contains a slash, else the first match in PATH.
[[nodiscard]] std::optional<std::filesystem::path> find_program(const std::string& name,
                                                                const Environment& environment);

}  // namespace medusa
