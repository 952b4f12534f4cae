// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/catalog/footprints.hpp"
#include "medusa/catalog/migration.hpp"

namespace medusa {

/// Planning an upgrade needs only what migrations do when they run.
enum class FootprintDirections { Both, Up };

/// What all members' migrations do, kept as the text that the build wrote: that is a fifth of what
/// it takes as values, and planning looks at few migrations at a time.
class FootprintIndex {
 public:
  /// Reads the members' files. One that is absent or damaged leaves its migrations unknown.
  [[nodiscard]] static FootprintIndex load(
      const Catalog& catalog, FootprintDirections directions = FootprintDirections::Up);

  void add(const std::string& member, const LoweredFootprint& footprint);

  /// Parsed anew at each call. Of a migration that is not known: one opaque statement, saying so.
  [[nodiscard]] DirectionFootprint up(const Migration& migration) const;

  /// Whether what runs up may create a function, have a hazard. A "no" is certain, and takes a
  /// hundredth of the time of parsing, which is the most that planning does.
  [[nodiscard]] bool may_create_function(const Migration& migration) const;
  [[nodiscard]] bool may_have_hazards(const Migration& migration) const;

  /// Likewise; unknown if only what runs up was loaded.
  [[nodiscard]] DirectionFootprint down(const Migration& migration) const;

  /// The names of indexes that the migration creates IF NOT EXISTS.
  [[nodiscard]] std::vector<std::string> indexes_unless_there(const Migration& migration) const;

 private:
  /// A part of one of `texts_`.
  struct Part {
    std::uint32_t text = 0;
    std::uint32_t begin = 0;
    std::uint32_t size = 0;  ///< 0: not known.
  };

  struct Entry {
    Part up = {};
    Part down = {};
  };

  /// Adds to the last text.
  Part keep(std::string_view text);
  void finish_text();
  /// Empty if it is not known.
  [[nodiscard]] std::string_view text(const Migration& migration, Part Entry::*direction) const;
  [[nodiscard]] DirectionFootprint read(const Migration& migration, Part Entry::*direction) const;

  std::vector<std::string> texts_;                  ///< One for each member with footprints.
  std::unordered_map<std::string, Entry> entries_;  ///< By id.
};

}  // namespace medusa
