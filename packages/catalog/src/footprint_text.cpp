// SPDX-License-Identifier: MIT
#include "footprint_text.hpp"

#include <simdjson.h>

namespace medusa {

namespace {

// On demand: what is not looked at is only skipped.
using Object = simdjson::ondemand::object;

/// Where in `text` the part of its padded copy is.
std::string_view same_part(std::string_view part, std::string_view copy, std::string_view text) {
  return text.substr(static_cast<std::size_t>(part.data() - copy.data()), part.size());
}

}  // namespace

std::optional<std::vector<FootprintText>> split_footprints(std::string_view text) {
  try {
    const simdjson::padded_string copy(text);
    simdjson::ondemand::parser parser;
    auto document = parser.iterate(copy);
    if (std::int64_t(document["footprints"]) != kFootprintRules) {
      return std::nullopt;
    }
    std::vector<FootprintText> footprints;
    const auto directions = [&](Object migration) {
      FootprintText& footprint = footprints.emplace_back();
      footprint.name = std::string_view(migration["name"]);
      const auto part = [&](const char* key) {
        simdjson::ondemand::array json = migration[key];
        return same_part(json.raw_json(), copy, text);
      };
      footprint.up = part("up");
      footprint.down = part("down");
    };
    for (Object source : document["sources"]) {
      for (Object migration : source["migrations"]) {
        directions(migration);
      }
    }
    return footprints;
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace medusa
