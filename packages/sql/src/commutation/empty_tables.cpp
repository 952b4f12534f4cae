// SPDX-License-Identifier: MIT
#include "commutation/empty_tables.hpp"

#include <algorithm>

#include "commutation/effect_nature.hpp"

namespace medusa {

namespace {

bool is_made_empty(const Effect& effect) {
  return is(effect, Action::Create, ObjectKind::Table) && !effect.conditional &&
         !effect.columns_unknown;
}

// Statements of other kinds read no other table's rows beside a new foreign key.
bool adds_idle_foreign_key(const StatementFootprint& statement,
                           const std::set<std::string>& empty_tables) {
  bool adds = false;
  for (const Effect& effect : statement.effects) {
    if (effect.action == Action::Create && effect.object.kind == ObjectKind::Constraint) {
      if (!empty_tables.contains(effect.object.name)) {
        return false;
      }
      adds = adds || is_foreign_key(effect);
    }
  }
  return adds;
}

bool is_of_altering(const Effect& effect) {
  switch (effect.action) {
    case Action::Create:
      return effect.object.kind != ObjectKind::View && effect.object.kind != ObjectKind::Function;
    case Action::Write:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::set<std::string> empty_tables_of(std::span<const StatementFootprint> footprint) {
  std::set<std::string> tables;
  for (const StatementFootprint& statement : footprint) {
    for (const Effect& effect : statement.effects) {
      if (is_made_empty(effect) && !statement.guard.has_value()) {
        tables.insert(effect.object.name);
      } else if (changes_rows(effect) || is(effect, Action::Rename, ObjectKind::Table) ||
                 effect.definition == "gets a child") {
        tables.erase(effect.object.name);
      }
    }
  }
  return tables;
}

std::vector<StatementFootprint> without_vain_reads(std::span<const StatementFootprint> footprint,
                                                   const std::set<std::string>& empty_tables) {
  std::vector<StatementFootprint> result(footprint.begin(), footprint.end());
  for (StatementFootprint& statement : result) {
    const bool alters =
        std::all_of(statement.effects.begin(), statement.effects.end(), is_of_altering);
    if (!alters || !adds_idle_foreign_key(statement, empty_tables)) {
      continue;
    }
    for (Effect& effect : statement.effects) {
      if (effect.action == Action::Read) {
        effect.action = Action::Need;
        effect.definition.clear();
      }
    }
  }
  return result;
}

}  // namespace medusa
