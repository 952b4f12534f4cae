// SPDX-License-Identifier: MIT
// Objects as keys, whatever their schema: how a symbolic run and the comparison of late migrations
// find who creates what another one needs.
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/footprints.hpp"

namespace medusa {

/// Two objects have the same key if they have the same name in the same namespace.
[[nodiscard]] std::string key_of(const ObjectRef& object);

/// The keys of what it creates, new names of renamed objects included.
[[nodiscard]] std::vector<std::string> created_keys(const DirectionFootprint& footprint);

/// Calls `action` with each object that must be there already, and the index of the statement; of a
/// part that is created, the part itself, which stands for what it is part of.
template <typename Do>
void for_each_needed(const DirectionFootprint& footprint, Do action) {
  for (std::size_t i = 0; i < footprint.statements.size(); ++i) {
    for (const Effect& effect : footprint.statements[i].effects) {
      if (effect.action != Action::Create || !effect.object.part.empty()) {
        action(effect.object, i);
      }
      for (const Effect::Dependency& dependency : effect.depends_on) {
        action(dependency.object, i);
      }
    }
  }
}

}  // namespace medusa
