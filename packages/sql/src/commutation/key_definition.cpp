// SPDX-License-Identifier: MIT
#include "commutation/key_definition.hpp"

#include <algorithm>
#include <string_view>

#include "commutation/effect_nature.hpp"

namespace medusa {

namespace {

using Kind = KnownObjects::Key::Kind;

Kind kind_of(std::string_view definition, bool is_index) {
  if (is_index) {
    // Of a constraint, an index says only "UNIQUE" or "EXCLUDE".
    if (definition.starts_with("CREATE INDEX") || definition.starts_with("EXCLUDE")) {
      return Kind::Other;
    }
    const bool unique = definition == "UNIQUE" || definition.starts_with("CREATE UNIQUE INDEX");
    return unique ? Kind::Unique : Kind::Unknown;
  }
  if (definition.starts_with("CHECK") || definition.starts_with("FOREIGN KEY") ||
      definition.starts_with("EXCLUDE")) {
    return Kind::Other;
  }
  if (definition.starts_with("PRIMARY KEY (")) {
    return Kind::Primary;
  }
  return definition.starts_with("UNIQUE (") ? Kind::Unique : Kind::Unknown;
}

// "CREATE INDEX ON t USING btree (a, b)" has one pair of parentheses; a column's name may have
// more, which only makes it look computed.
bool is_computed(std::string_view definition) {
  return definition.starts_with("CREATE") &&
         (std::count(definition.begin(), definition.end(), '(') != 1 ||
          definition.find(" WHERE ") != std::string_view::npos);
}

}  // namespace

std::optional<KnownObjects::Key> created_key(const Effect& effect) {
  const bool is_index = effect.object.kind == ObjectKind::Index;
  if (effect.action != Action::Create ||
      (!is_index && effect.object.kind != ObjectKind::Constraint)) {
    return std::nullopt;
  }
  KnownObjects::Key key{.kind = kind_of(effect.definition, is_index),
                        .computed = effect.definition.starts_with("EXCLUDE") ||
                                    (is_index && is_computed(effect.definition))};
  if (effect.definition.find(" INCLUDE ") != std::string::npos) {
    key.kind = Kind::Unknown;
  }
  for (const Effect::Dependency& each : effect.depends_on) {
    if (each.owned && each.object.kind == ObjectKind::Column) {
      key.columns.insert(each.object.part);
    }
  }
  return key;
}

bool may_serve(const KnownObjects::Key& key, const Effect& foreign_key, bool names_last) {
  if (key.kind == Kind::Other) {
    return false;
  }
  if (key.kind == Kind::Unknown || !names_last) {
    return true;
  }
  std::set<std::string> referenced;
  std::set<std::string> any;
  for (const Effect::Dependency& each : foreign_key.depends_on) {
    if (!each.owned && each.object.kind != ObjectKind::Column) {
      return true;  // The columns are not said.
    }
    any.insert(each.object.part);
    if (!each.owned) {
      referenced.insert(each.object.part);
    }
  }
  // A foreign key within one table names a column once, be it on one side or on both.
  return !key.computed &&
         std::includes(
             key.columns.begin(), key.columns.end(), referenced.begin(), referenced.end()) &&
         std::includes(any.begin(), any.end(), key.columns.begin(), key.columns.end());
}

}  // namespace medusa
