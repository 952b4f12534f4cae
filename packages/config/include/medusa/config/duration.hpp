// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace medusa {

/// The longest duration that can be configured; longer ones are typing errors.
inline constexpr std::chrono::seconds kLongestDuration = std::chrono::hours(24 * 365);

/// Reads a whole number of seconds with an optional unit: "45", "90s", "5m", "2h". Empty for
/// anything else, and for more than kLongestDuration.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

}  // namespace medusa
