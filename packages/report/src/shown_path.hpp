// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace medusa {

/// The file as people type it: relative to the current directory when it is below it.
[[nodiscard]] std::string shown_path(const std::filesystem::path& file);

}  // namespace medusa
