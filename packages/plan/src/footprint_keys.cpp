// SPDX-License-Identifier: MIT
#include "footprint_keys.hpp"

namespace medusa {

std::string key_of(const ObjectRef& object) {
  // A NUL can be in no name.
  std::string key = std::to_string(static_cast<int>(namespace_of(object.kind)));
  key += '\0' + object.name;
  key += '\0' + object.part;
  return key;
}

std::vector<std::string> created_keys(const DirectionFootprint& footprint) {
  std::vector<std::string> keys;
  for (const StatementFootprint& statement : footprint.statements) {
    for (const Effect& effect : statement.effects) {
      if (effect.action == Action::Create) {
        keys.push_back(key_of(effect.object));
      } else if (effect.renamed_to.has_value()) {
        keys.push_back(key_of(*effect.renamed_to));
      }
    }
  }
  return keys;
}

}  // namespace medusa
