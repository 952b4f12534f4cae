// SPDX-License-Identifier: MIT
// A child process with the operating system's own account of what it cost.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "medusa/system/process.hpp"

namespace medusa {

/// What the child and everything it waited for used, as wait4(2) says.
struct ProcessCost {
  std::chrono::microseconds wall{0};
  std::chrono::microseconds cpu{0};  ///< User and system time.
};

/// Peaks of memory in bytes, looked at every millisecond while the process runs.
struct ProcessMemory {
  std::size_t own = 0;       ///< The process's own high-water mark of resident memory.
  std::size_t children = 0;  ///< Resident memory of all its descendants together, at its highest.
};

/// Runs the command to its end; its output goes to `output`.
/// @throws std::runtime_error if it cannot be started or does not exit with `exit_code`.
[[nodiscard]] ProcessCost run_timed(const ProcessCommand& command,
                                    const std::filesystem::path& output,
                                    int exit_code = 0);

/// The same, looking at its memory all the while: its time says nothing then.
[[nodiscard]] ProcessMemory run_watched(const ProcessCommand& command,
                                        const std::filesystem::path& output,
                                        int exit_code = 0);

}  // namespace medusa
