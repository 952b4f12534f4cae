// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace medusa {

/// What figures depend on, in one line: processors, memory, versions, how we were built. Nothing
/// that names the machine.
[[nodiscard]] std::string machine_description(const std::filesystem::path& workspace);

}  // namespace medusa
