// SPDX-License-Identifier: MIT
#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

// Something goes, and what depended on it, and the names of both.
std::string drop_clash(const Effect& drop, const Effect& other, const ClashContext& context) {
  if (drop.action != Action::Drop) {
    return {};
  }
  if (drop.cascade) {
    return said(drop, other, ", which CASCADE may take along");
  }
  const bool same_kind = drop.object.kind == other.object.kind;
  const bool apart = context.known.apart(drop.object, other.object);
  const bool leaf =
      drop.object.kind == ObjectKind::Index || drop.object.kind == ObjectKind::Trigger;
  if (other.action == Action::Drop && !(same_kind && leaf) && !apart) {
    return said(drop, other, ", and one may depend on the other");
  }
  if ((other.action == Action::Alter || other.replaces) && !apart) {
    return said(drop, other, ", and one may depend on the other");
  }
  const bool takes_along =
      drop.object.kind != ObjectKind::Index && drop.object.kind != ObjectKind::Trigger &&
      drop.object.kind != ObjectKind::Sequence && drop.object.kind != ObjectKind::Function;
  const ObjectRef& name = new_name(other);
  const bool takes_name = (other.action == Action::Create || other.action == Action::Rename) &&
                          (namespace_of(name.kind) == Namespace::Relation ||
                           name.kind == ObjectKind::Constraint || name.kind == ObjectKind::Type);
  if (takes_along && takes_name && maybe_same_schema(drop.object, name) &&
      !context.known.is_free_name(name, other.generated_name, drop.object)) {
    return said(drop, other, ", whose name an index of the former may have");
  }
  // Renaming finds an index or constraint that goes with its table.
  if (takes_along && !apart && other.action == Action::Rename &&
      (other.object.kind == ObjectKind::Index || other.object.kind == ObjectKind::Constraint ||
       other.object.kind == ObjectKind::Sequence || other.object.kind == ObjectKind::Trigger)) {
    return said(drop, other, ", which goes with it");
  }
  return {};
}

}  // namespace medusa
