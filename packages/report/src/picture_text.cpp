// SPDX-License-Identifier: MIT
#include "picture_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Timestamps are 13 characters of a class name: anything may be in them.
bool is_date(std::int64_t milliseconds) {
  constexpr std::int64_t kYear10000 = 253402300800000;
  return milliseconds > 0 && milliseconds < kYear10000;
}

std::string count_text(const MigrationPicture& picture) {
  constexpr std::array kStates{MigrationState::Applied,
                               MigrationState::Changed,
                               MigrationState::Pending,
                               MigrationState::Late,
                               MigrationState::Failed,
                               MigrationState::Missing,
                               MigrationState::Disabled};
  std::vector<std::string> parts;
  for (const MigrationState state : kStates) {
    const auto count = std::count_if(picture.nodes.begin(),
                                     picture.nodes.end(),
                                     [&](const PictureNode& node) { return node.state == state; });
    if (count > 0) {
      parts.push_back(std::to_string(count) + ' ' + std::string(to_string(state)));
    }
  }
  if (!picture.conflicts.empty()) {
    parts.push_back(plural(picture.conflicts.size(), "conflict"));
  }
  return join(parts, ", ");
}

}  // namespace

std::string date_text(std::int64_t milliseconds) {
  if (!is_date(milliseconds)) {
    return std::to_string(milliseconds);
  }
  const Instant instant{std::chrono::milliseconds(milliseconds)};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant)};
  return fmt::format("{:04}-{:02}-{:02}",
                     static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string time_text(std::int64_t milliseconds) {
  if (!is_date(milliseconds)) {
    return std::to_string(milliseconds);
  }
  const Instant instant{std::chrono::milliseconds(milliseconds)};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(
      instant - std::chrono::floor<std::chrono::days>(instant))};
  return fmt::format("{} {:02}:{:02}:{:02} UTC",
                     date_text(milliseconds),
                     time.hours().count(),
                     time.minutes().count(),
                     time.seconds().count());
}

std::string lane_text(const PictureLane& lane) {
  return lane.name.empty() ? "in no member" : lane.name;
}

std::string state_text(const PictureNode& node) {
  return std::string(to_string(node.state)) +
         (node.position.has_value() ? " #" + std::to_string(*node.position) : "");
}

std::string mode_text(const PictureNode& node) {
  if (node.state == MigrationState::Missing) {
    return "unknown: no member ships it";
  }
  return node.dynamic_reason.empty() ? "lowered: its SQL is known"
                                     : "dynamic: " + node.dynamic_reason;
}

std::string summary_text(const MigrationPicture& picture) {
  if (picture.nodes.empty()) {
    return "no migrations";
  }
  const auto members = std::count_if(picture.lanes.begin(),
                                     picture.lanes.end(),
                                     [](const PictureLane& lane) { return !lane.name.empty(); });
  return plural(picture.nodes.size(), "migration") + " of " +
         plural(static_cast<std::size_t>(members), "member") + ": " + count_text(picture);
}

std::size_t stem_size(const PictureNode& node) {
  const std::string digits = std::to_string(node.timestamp);
  return node.name.size() > digits.size() && node.name.ends_with(digits)
             ? node.name.size() - digits.size()
             : node.name.size();
}

}  // namespace medusa
