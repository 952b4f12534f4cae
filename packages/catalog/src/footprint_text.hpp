// SPDX-License-Identifier: MIT
// The file of footprints without the values in it: whoever needs few of them at a time reads only
// those.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/catalog/footprints.hpp"

namespace medusa {

/// One migration in a file of footprints; the directions are JSON text, parts of the file's.
struct FootprintText {
  std::string name = {};
  std::string_view up = {};
  std::string_view down = {};
};

/// All migrations of the file. Nothing if it is damaged, or was written by other rules; whether
/// each direction can be read is only seen by `parse_direction`.
[[nodiscard]] std::optional<std::vector<FootprintText>> split_footprints(std::string_view text);

/// Where a statement has hazards, this stands before them.
inline constexpr std::string_view kHazardsKey = "hazards";

/// simdjson reads beyond what it parses: that many bytes behind a text must be readable.
inline constexpr std::size_t kFootprintPadding = 64;

/// Nothing if the text is damaged. @pre kFootprintPadding bytes follow it.
[[nodiscard]] std::optional<DirectionFootprint> parse_direction(std::string_view text);

/// As `parse_direction` reads it.
[[nodiscard]] std::string to_json(const DirectionFootprint& direction);

}  // namespace medusa
