// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/catalog/footprints.hpp"
#include "medusa/catalog/migration.hpp"

namespace medusa {

/// What all members' migrations do when they run. Reverting is not planned by footprints.
class FootprintIndex {
 public:
  /// Reads the members' files; one that is absent or damaged leaves its migrations unknown.
  [[nodiscard]] static FootprintIndex load(const std::vector<DescribedMember>& members);

  /// @param name of the member's migration.
  void add(const std::string& member, const std::string& name, DirectionFootprint up);

  /// Of a migration that is not known: one opaque statement, saying so.
  [[nodiscard]] const DirectionFootprint& up(const Migration& migration) const;

 private:
  std::unordered_map<std::string, DirectionFootprint> footprints_;  ///< By id.
};

}  // namespace medusa
