// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "medusa/system/process.hpp"

namespace medusa {

/// How a program ended and what it printed.
struct Outcome {
  int exit_code = -1;  ///< 128 + signal, if a signal ended it.
  std::string output = {};
  std::string errors = {};
};

/// Runs the built executable in `directory`, without a terminal. `environment` is added to ours,
/// from which everything that would change its behaviour (DATABASE_URL, CI, NODE_ENV, MEDUSA_FF_*,
/// PG*) is taken away first.
[[nodiscard]] Outcome run_medusa(const std::filesystem::path& directory,
                                 const std::vector<std::string>& arguments,
                                 const std::map<std::string, std::string>& environment = {});

/// Runs any other program likewise (looked for in PATH).
[[nodiscard]] Outcome run_program(const std::string& program,
                                  const std::filesystem::path& directory,
                                  const std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& environment = {});

/// What run_program starts, for those who start it themselves.
[[nodiscard]] ProcessCommand isolated_command(
    const std::string& program,
    const std::filesystem::path& directory,
    const std::vector<std::string>& arguments,
    const std::map<std::string, std::string>& environment = {});

/// The built executable.
[[nodiscard]] std::filesystem::path medusa_program();

/// Root of the project's sources.
[[nodiscard]] std::filesystem::path project_root();

}  // namespace medusa
