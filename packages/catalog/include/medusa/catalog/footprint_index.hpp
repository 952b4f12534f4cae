// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/catalog/footprints.hpp"
#include "medusa/catalog/migration.hpp"

namespace medusa {

/// What all members' migrations do. Planning an upgrade reads only what they do when they run.
class FootprintIndex {
 public:
  /// Reads the members' files; one that is absent or damaged leaves its migrations unknown.
  [[nodiscard]] static FootprintIndex load(
      const std::vector<DescribedMember>& members,
      FootprintDirections directions = FootprintDirections::Up);

  void add(const std::string& member, LoweredFootprint footprint);

  /// Of a migration that is not known: one opaque statement, saying so.
  [[nodiscard]] const DirectionFootprint& up(const Migration& migration) const;

  /// Likewise; empty if only what runs up was loaded.
  [[nodiscard]] const DirectionFootprint& down(const Migration& migration) const;

 private:
  [[nodiscard]] const LoweredFootprint& find(const Migration& migration) const;

  std::unordered_map<std::string, LoweredFootprint> footprints_;  ///< By id.
};

}  // namespace medusa
