// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// The last lines of what a program printed, as notes of an error: "initdb: ...".
[[nodiscard]] std::vector<std::string> last_lines(std::string_view program, std::string_view text);

}  // namespace medusa
