// SPDX-License-Identifier: MIT
#include "footprint/named_object.hpp"

namespace medusa {

namespace {

// The relation or type that a part's qualified name is part of: all but the last word.
ObjectRef part_named(Effects& effects,
                     ObjectKind whole,
                     ObjectKind kind,
                     const std::vector<std::string>& names) {
  const std::vector<std::string> of(names.begin(), names.end() - 1);
  return part_of(effects.object(whole, of), kind, names.back());
}

std::vector<std::string> names_of(Node* const& node) {
  if (node == nullptr) {
    return {};
  }
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return strings(list(node->type_name->n_names, node->type_name->names));
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return strings(list(node->object_with_args->n_objname, node->object_with_args->objname));
    case PG_QUERY__NODE__NODE_RANGE_VAR: {
      const PgQuery__RangeVar& name = *node->range_var;
      return *name.schemaname == '\0' ? std::vector<std::string>{name.relname}
                                      : std::vector<std::string>{name.schemaname, name.relname};
    }
    default:
      return strings(items(node));
  }
}

}  // namespace

std::optional<ObjectKind> kind_of(PgQuery__ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return ObjectKind::Schema;
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return ObjectKind::Extension;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return ObjectKind::Table;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return ObjectKind::View;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return ObjectKind::Sequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return ObjectKind::Index;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      return ObjectKind::Column;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return ObjectKind::Constraint;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return ObjectKind::Trigger;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return ObjectKind::Type;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      return ObjectKind::Function;
    default:
      return std::nullopt;
  }
}

std::optional<ObjectRef> named_object(Effects& effects,
                                      PgQuery__ObjectType type,
                                      Node* const& name) {
  const std::vector<std::string> names = names_of(name);
  if (names.empty()) {
    return std::nullopt;
  }
  switch (type) {
    // PostgreSQL has no column of an unqualified name here; policies and rules change their table.
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return names.size() < 2
                 ? std::nullopt
                 : std::optional(part_named(effects, ObjectKind::Table, ObjectKind::Column, names));
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return part_named(effects, ObjectKind::Table, ObjectKind::Constraint, names);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return part_named(effects, ObjectKind::Table, ObjectKind::Trigger, names);
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return effects.object(ObjectKind::Table, {names.begin(), names.end() - 1});
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return std::nullopt;
    default:
      break;
  }
  const std::optional<ObjectKind> kind = kind_of(type);
  if (!kind) {
    return std::nullopt;
  }
  return effects.object(*kind, names);
}

std::string words_of(PgQuery__ObjectType type) {
  const ProtobufCEnumValue* const value = protobuf_c_enum_descriptor_get_value(
      &pg_query__object_type__descriptor, static_cast<int>(type));
  std::string text = value == nullptr ? "object" : value->name;
  if (const std::size_t prefix = text.find('_'); prefix != std::string::npos) {
    text.erase(0, prefix + 1);
  }
  for (char& letter : text) {
    if (letter == '_') {
      letter = ' ';
    }
  }
  return text;
}

}  // namespace medusa
