// SPDX-License-Identifier: MIT
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
      effects.footprint().hazards.push_back({.rule = *rule,
                                             .table = std::move(table),
                                             .name = effect.object.part,
                                             .lock = TableLock::AccessExclusive});
    }
  }
}

}  // namespace medusa
