// SPDX-License-Identifier: MIT
// New names, schemas and owners.
#include "footprint/families.hpp"
#include "footprint/named_object.hpp"

namespace medusa {

namespace {

// What the statement gives a new name to; none where that is not modelled.
std::optional<ObjectRef> renamed_object(Effects& effects, PgQuery__RenameStmt& rename) {
  const auto part = [&](ObjectKind kind) {
    const ObjectKind whole = kind_of(rename.relation_type).value_or(ObjectKind::Table);
    return part_of(effects.relation(*rename.relation, whole), kind, rename.subname);
  };
  switch (rename.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return part(ObjectKind::Column);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return part(ObjectKind::Constraint);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return part(ObjectKind::Trigger);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return ObjectRef{.kind = ObjectKind::Schema, .name = rename.subname};
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return std::nullopt;
    default:
      break;
  }
  const std::optional<ObjectKind> kind = kind_of(rename.rename_type);
  if (kind && rename.relation != nullptr) {
    return effects.relation(*rename.relation, *kind);
  }
  return named_object(effects, rename.rename_type, rename.object);
}

}  // namespace

void rename(Effects& effects, PgQuery__RenameStmt& rename) {
  const bool conditional = rename.missing_ok != 0;
  if (rename.relation != nullptr && effects.temporary(*rename.relation)) {
    if (kind_of(rename.rename_type) == ObjectKind::Table) {
      effects.session().temporary.push_back(rename.newname);
    }
    return;
  }
  const std::optional<ObjectRef> object = renamed_object(effects, rename);
  if (object) {
    if (conditional && !object->part.empty()) {
      // IF EXISTS speaks of the relation; what is renamed must be there if that is.
      effects.guard({.kind = ObjectKind::Table, .schema = object->schema, .name = object->name},
                    true);
    }
    ObjectRef renamed = *object;
    (renamed.part.empty() ? renamed.name : renamed.part) = rename.newname;
    effects.add({.action = Action::Rename,
                 .object = *object,
                 .conditional = conditional,
                 .renamed_to = renamed});
    return;
  }
  switch (rename.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      return effects.alter(
          effects.object(ObjectKind::Type, rename.relation->schemaname, rename.relation->relname),
          std::string("RENAME ATTRIBUTE ") + rename.subname);
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return effects.alter(effects.relation(*rename.relation),
                           "RENAME " + words_of(rename.rename_type));
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return effects.alter(effects.object(ObjectKind::Type, strings(items(rename.object))),
                           "RENAME CONSTRAINT");
    default:
      effects.opaque("the new name of a " + words_of(rename.rename_type) +
                     " is not among what footprints know");
  }
}

void set_schema(Effects& effects, PgQuery__AlterObjectSchemaStmt& alter) {
  const std::optional<ObjectKind> kind = kind_of(alter.object_type);
  const bool relation = alter.relation != nullptr && kind.has_value();
  const std::optional<ObjectRef> object =
      relation ? std::optional(effects.relation(*alter.relation, *kind))
               : named_object(effects, alter.object_type, alter.object);
  const ObjectRef schema{.kind = ObjectKind::Schema, .name = alter.newschema};
  if (object && alter.missing_ok != 0) {
    effects.guard(*object, true);
  }
  effects.need(schema);
  if (object && object->kind == ObjectKind::Extension) {
    effects.alter(*object, std::string("SET SCHEMA ") + alter.newschema);
    return;
  }
  if (!object) {
    effects.opaque("the schema of a " + words_of(alter.object_type) +
                   " is not among what footprints know");
    return;
  }
  ObjectRef renamed = *object;
  renamed.schema = alter.newschema;
  effects.add({.action = Action::Rename,
               .object = *object,
               .conditional = alter.missing_ok != 0,
               .renamed_to = renamed});
}

void set_owner(Effects& effects, PgQuery__AlterOwnerStmt& alter) {
  const std::optional<ObjectKind> kind = kind_of(alter.object_type);
  const std::optional<ObjectRef> object =
      alter.relation != nullptr && kind ? std::optional(effects.relation(*alter.relation, *kind))
                                        : named_object(effects, alter.object_type, alter.object);
  if (!object) {
    effects.opaque("the owner of a " + words_of(alter.object_type) +
                   " is not among what footprints know");
    return;
  }
  effects.alter(*object, "OWNER");
}

}  // namespace medusa
