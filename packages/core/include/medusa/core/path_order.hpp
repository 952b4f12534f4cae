// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Whether one path stands before the other folder by folder, which is the order of
/// std::filesystem::path, but without taking them apart. Both are in normal form.
[[nodiscard]] bool path_before(std::string_view a, std::string_view b);

}  // namespace medusa
