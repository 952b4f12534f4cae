// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/workspace/member.hpp"

namespace medusa {

/// Runs the configured build command in the member's folder: words separated by blanks, no shell.
/// @throws Error with ErrorCode::Build with the end of its output, if it fails.
void run_build_command(const Member& member, const std::string& command);

}  // namespace medusa
