// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/system/environment.hpp"

namespace medusa {

/// The command line: reads the arguments (without the program's name), does what they say, prints
/// every error, and returns the process's exit status. Nothing is thrown.
[[nodiscard]] int run(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace medusa
