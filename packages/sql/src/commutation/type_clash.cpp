// SPDX-License-Identifier: MIT
#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

namespace {

// Whether a text in it may be one of an enum's values.
bool may_mean_a_value(const Effect& effect) {
  switch (effect.action) {
    case Action::Read:
    case Action::Write:
      return belongs_to_relation(effect.object);
    case Action::Alter:
      return effect.object.kind == ObjectKind::Column || effect.object.kind == ObjectKind::Table;
    case Action::Create:
      break;
    default:
      return false;
  }
  switch (effect.object.kind) {
    case ObjectKind::Index:
    case ObjectKind::View:
    case ObjectKind::Function:
    case ObjectKind::Trigger:
      return true;
    case ObjectKind::Constraint:
      return !effect.definition.starts_with("FOREIGN") &&
             !effect.definition.starts_with("PRIMARY") && !effect.definition.starts_with("UNIQUE");
    default:
      return effect.columns_unknown;
  }
}

// Whether no column that the effect has to do with is of the type.
bool is_of_other_types(const Effect& effect, const ObjectRef& type, const KnownObjects& known) {
  return effect.object.kind != ObjectKind::Function &&
         !touches(effect, [&](const ObjectRef& object) { return !known.apart(type, object); });
}

}  // namespace

std::string type_clash(const Effect& change, const Effect& other, const ClashContext& context) {
  if (change.object.kind == ObjectKind::EnumValue) {
    // Where a text is taken for a value of the type does not show.
    const bool same_type = touches(other, [&](const ObjectRef& object) {
      const Namespace space = namespace_of(object.kind);
      return (space == Namespace::Type || space == Namespace::EnumValue) &&
             object.name == change.object.name && maybe_same_schema(object, change.object);
    });
    if (same_type ||
        (may_mean_a_value(other) && !is_of_other_types(other, change.object, context.known))) {
      return said(change, other, ", where the value may be meant");
    }
  }
  return {};
}

}  // namespace medusa
