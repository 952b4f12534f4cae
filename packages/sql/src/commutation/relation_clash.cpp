// SPDX-License-Identifier: MIT
#include "commutation/clash_rules.hpp"
#include "commutation/effect_nature.hpp"
#include "commutation/overlap.hpp"

namespace medusa {

// Two effects on one relation, the first of which changes more than rows.
std::string relation_clash(const Effect& change, const Effect& other, const ClashContext& context) {
  const ObjectKind kind = change.object.kind;
  if (kind == ObjectKind::Column || !same_relation(change.object, other.object)) {
    return {};
  }
  if (kind == ObjectKind::Table || kind == ObjectKind::View) {
    return said(change, other, "");
  }
  if (changes_rows(other)) {
    return said(change, other, ", whose rows it concerns");
  }
  const bool takes_copy = other.action == Action::Need && other.definition == "like";
  if (takes_copy) {
    return said(change, other, ", which is copied with it");
  }
  // GROUP BY a primary key allows the other columns.
  const bool key = kind == ObjectKind::Constraint &&
                   (change.action != Action::Create || change.definition.starts_with("PRIMARY"));
  if (key && (other.action == Action::Read || !other.definition.empty()) &&
      other.object.kind != ObjectKind::Constraint && other.object.kind != ObjectKind::Trigger &&
      other.action != Action::Create && may_be_primary(change, context.known)) {
    return said(change, other, ", which may count on it");
  }
  const bool two_keys = key && other.action == Action::Create &&
                        other.definition.starts_with("PRIMARY") &&
                        change.definition.starts_with("PRIMARY");
  return two_keys ? said(change, other, ": a table has one primary key") : "";
}

}  // namespace medusa
