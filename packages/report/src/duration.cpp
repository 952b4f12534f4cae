// SPDX-License-Identifier: MIT
#include "medusa/report/duration.hpp"

#include <cstdint>

#include <fmt/format.h>

namespace medusa {

namespace {

/// Rounded to the nearest.
std::int64_t divided(std::int64_t value, std::int64_t unit) {
  return (value + unit / 2) / unit;
}

std::string pair(std::int64_t large, const char* large_unit, std::int64_t small, const char* unit) {
  return small == 0 ? fmt::format("{} {}", large, large_unit)
                    : fmt::format("{} {} {} {}", large, large_unit, small, unit);
}

}  // namespace

std::string format_duration(std::chrono::microseconds duration) {
  const std::int64_t us = duration.count() > 0 ? duration.count() : 0;
  if (us == 0) {
    return "0 ms";
  }
  // Each limit is where rounding would give the next unit: 9.96 ms is "10 ms", not "10.0 ms".
  if (us < 9'950) {
    const std::int64_t tenths = divided(us, 100);
    return fmt::format("{}.{} ms", tenths / 10, tenths % 10);
  }
  if (us < 999'500) {
    return fmt::format("{} ms", divided(us, 1'000));
  }
  if (us < 59'950'000) {
    const std::int64_t tenths = divided(us, 100'000);
    return us % 1'000'000 == 0 ? fmt::format("{} s", us / 1'000'000)
                               : fmt::format("{}.{} s", tenths / 10, tenths % 10);
  }
  const std::int64_t seconds = divided(us, 1'000'000);
  if (seconds < 3600) {
    return pair(seconds / 60, "min", seconds % 60, "s");
  }
  const std::int64_t minutes = divided(seconds, 60);
  return pair(minutes / 60, "h", minutes % 60, "min");
}

}  // namespace medusa
