// SPDX-License-Identifier: MIT
#include "medusa/config/duration.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace medusa {

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  std::int64_t unit = 1;
  if (text.ends_with('s') || text.ends_with('m') || text.ends_with('h')) {
    unit = text.back() == 's' ? 1 : text.back() == 'm' ? 60 : 3600;
    text.remove_suffix(1);
  }
  std::uint32_t count = 0;  // unsigned, so that a sign is refused; small enough for any unit
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc() || stop != end) {
    return std::nullopt;
  }
  const std::chrono::seconds duration(unit * std::int64_t{count});
  if (duration > kLongestDuration) {
    return std::nullopt;
  }
  return duration;
}

}  // namespace medusa
