// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/catalog/footprints.hpp"
#include "medusa/catalog/migration.hpp"

namespace medusa {

/// The footprints of all members' migrations.
class FootprintIndex {
 public:
  /// Reads the members' files; one that is absent or damaged leaves its migrations unknown.
  [[nodiscard]] static FootprintIndex load(const std::vector<DescribedMember>& members);

  void add(const std::string& member, LoweredFootprint footprint);

  /// Of a migration that is not known: one opaque statement, saying so.
  [[nodiscard]] const LoweredFootprint& find(const Migration& migration) const;

 private:
  std::unordered_map<std::string, LoweredFootprint> footprints_;  ///< By id.
};

}  // namespace medusa
