// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace medusa {

/// Makes the folder of -C the current one.
/// @throws Error with ErrorCode::Usage and the likeliest folder that was meant.
void work_in(const std::filesystem::path& folder);

}  // namespace medusa
