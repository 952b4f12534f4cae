// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace medusa {

/// The lines in which two texts differ, as hunks of a unified diff with three lines of context and
/// without a heading; empty if they have the same lines.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after);

}  // namespace medusa
