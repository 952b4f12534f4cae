// SPDX-License-Identifier: MIT
// The one process that must outlive us, and so cannot be a child of package system's kind.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "medusa/system/environment.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

struct DaemonCommand {
  std::filesystem::path program = {};
  std::vector<std::string> arguments = {};
  Environment environment = {};          ///< All of it; nothing is added.
  std::optional<ProcessUser> user = {};  ///< Switched to before the program starts.
  int output = -1;                       ///< Its standard output and standard error.
  int inherited = -1;                    ///< The only other descriptor it gets (as 3).
};

/// Starts the program in a session of its own, away from our terminal, pipes, folder and signals.
/// That the program could not be executed is written to its output.
/// @throws Error with ErrorCode::Host if there can be no process at all.
void start_daemon(const DaemonCommand& command);

}  // namespace medusa
