// SPDX-License-Identifier: MIT
#include "commutation/overlap.hpp"

#include <vector>

#include "commutation/chosen_name.hpp"

namespace medusa {

namespace {

bool is_part(const ObjectRef& object) {
  return !object.part.empty();
}

// Relations and types share names: each table has a type of its name.
bool same_whole_namespace(ObjectKind a, ObjectKind b) {
  const auto group = [](ObjectKind kind) {
    switch (namespace_of(kind)) {
      case Namespace::Column:
      case Namespace::Constraint:
      case Namespace::Trigger:
      case Namespace::EnumValue:
      case Namespace::Type:
        return Namespace::Relation;
      default:
        return namespace_of(kind);
    }
  };
  return group(a) == group(b);
}

struct TakenName {
  const ObjectRef* object;
  bool generated;

  [[nodiscard]] const std::string& text() const {
    return object->kind == ObjectKind::Constraint ? object->part : object->name;
  }
};

bool has_relation_name(const ObjectRef& object) {
  return namespace_of(object.kind) == Namespace::Relation || object.kind == ObjectKind::Constraint;
}

std::vector<TakenName> taken_names(const Effect& effect) {
  std::vector<TakenName> names;
  const bool takes = effect.action == Action::Create || effect.action == Action::Rename ||
                     effect.action == Action::Drop;
  if (takes && has_relation_name(effect.object)) {
    names.push_back({&effect.object, effect.generated_name});
    if (effect.renamed_to) {
      names.push_back({&*effect.renamed_to, false});
    }
  }
  return names;
}

}  // namespace

bool maybe_same_schema(const ObjectRef& a, const ObjectRef& b) {
  return a.schema.empty() || b.schema.empty() || a.schema == b.schema;
}

bool overlap(const ObjectRef& a, const ObjectRef& b) {
  if (a.name != b.name || !maybe_same_schema(a, b) || !same_whole_namespace(a.kind, b.kind)) {
    return false;
  }
  if (!is_part(a) || !is_part(b)) {
    return true;
  }
  return a.part == b.part && namespace_of(a.kind) == namespace_of(b.kind);
}

bool belongs_to_relation(const ObjectRef& object) {
  switch (object.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Trigger:
      return true;
    default:
      return false;
  }
}

bool same_relation(const ObjectRef& a, const ObjectRef& b) {
  return belongs_to_relation(a) && belongs_to_relation(b) && a.name == b.name &&
         maybe_same_schema(a, b);
}

bool names_compete(const Effect& a, const Effect& b) {
  for (const TakenName& x : taken_names(a)) {
    for (const TakenName& y : taken_names(b)) {
      if (!maybe_same_schema(*x.object, *y.object)) {
        continue;
      }
      // Two constraints of two tables may have one name, unless PostgreSQL chooses it.
      const bool chosen = x.generated || y.generated;
      const bool constraints =
          x.object->kind == ObjectKind::Constraint && y.object->kind == ObjectKind::Constraint;
      if (chosen ? chosen_maybe_equal(x.text(), y.text())
                 : x.text() == y.text() && (!constraints || same_relation(*x.object, *y.object))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace medusa
