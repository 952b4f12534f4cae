// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace medusa {

/// A duration for people, two or three digits of it: "0.8 ms", "12 ms", "1.9 s", "2 min 5 s",
/// "1 h 3 min". Whole seconds have no decimals.
[[nodiscard]] std::string format_duration(std::chrono::microseconds duration);

}  // namespace medusa
