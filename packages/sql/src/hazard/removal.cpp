// SPDX-License-Identifier: MIT
#include <algorithm>

#include "hazard/families.hpp"

namespace medusa {

namespace {

std::optional<HazardRule> rule_of(const Effect& effect) {
  const bool drops = effect.action == Action::Drop;
  if (!drops && effect.action != Action::Rename) {
    return std::nullopt;
  }
  switch (effect.object.kind) {
    case ObjectKind::Table:
      return drops ? HazardRule::DropsTable : HazardRule::RenamesTable;
    case ObjectKind::Column:
      return drops ? HazardRule::DropsColumn : HazardRule::RenamesColumn;
    default:
      return std::nullopt;
  }
}

}  // namespace

void removal_hazards(Effects& effects) {
  for (const Effect& effect : effects.effects()) {
    if (const auto rule = rule_of(effect)) {
      ObjectRef table = effect.object;
      table.kind = ObjectKind::Table;
      table.part.clear();
      Hazard hazard{.rule = *rule,
                    .table = std::move(table),
                    .name = effect.object.part,
                    .lock = TableLock::AccessExclusive};
      std::vector<Hazard>& known = effects.footprint().hazards;
      // Of a DO block's statements it was said already.
      if (std::find(known.begin(), known.end(), hazard) == known.end()) {
        known.push_back(std::move(hazard));
      }
    }
  }
}

}  // namespace medusa
