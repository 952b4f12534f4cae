// SPDX-License-Identifier: MIT
#include "medusa/sql/object.hpp"

#include <tuple>

namespace medusa {

std::string_view to_string(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
      return "schema";
    case ObjectKind::Extension:
      return "extension";
    case ObjectKind::Table:
      return "table";
    case ObjectKind::View:
      return "view";
    case ObjectKind::Sequence:
      return "sequence";
    case ObjectKind::Index:
      return "index";
    case ObjectKind::Column:
      return "column";
    case ObjectKind::Constraint:
      return "constraint";
    case ObjectKind::Trigger:
      return "trigger";
    case ObjectKind::Type:
      return "type";
    case ObjectKind::EnumValue:
      return "enum value";
    case ObjectKind::Function:
      return "function";
    case ObjectKind::Setting:
      return "setting";
  }
  return "object";
}

Namespace namespace_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
      return Namespace::Schema;
    case ObjectKind::Extension:
      return Namespace::Extension;
    case ObjectKind::Table:
    case ObjectKind::View:
    case ObjectKind::Sequence:
    case ObjectKind::Index:
      return Namespace::Relation;
    case ObjectKind::Column:
      return Namespace::Column;
    case ObjectKind::Constraint:
      return Namespace::Constraint;
    case ObjectKind::Trigger:
      return Namespace::Trigger;
    case ObjectKind::Type:
      return Namespace::Type;
    case ObjectKind::EnumValue:
      return Namespace::EnumValue;
    case ObjectKind::Function:
      return Namespace::Function;
    case ObjectKind::Setting:
      return Namespace::Setting;
  }
  return Namespace::Relation;
}

std::string ObjectRef::text() const {
  std::string text = schema.empty() ? name : schema + "." + name;
  if (!part.empty()) {
    text += "." + part;
  }
  return text;
}

bool operator==(const ObjectRef& a, const ObjectRef& b) {
  return (a <=> b) == 0;
}

std::strong_ordering operator<=>(const ObjectRef& a, const ObjectRef& b) {
  const auto key = [](const ObjectRef& object) {
    return std::tuple(namespace_of(object.kind), std::tie(object.schema, object.name, object.part));
  };
  return key(a) <=> key(b);
}

}  // namespace medusa
