// SPDX-License-Identifier: MIT
// Enums, domains, composite and range types.
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/query.hpp"

namespace medusa {

namespace {

// Creates the type, made of these others.
void create_type(Effects& effects,
                 const ObjectRef& type,
                 std::string definition,
                 const std::vector<ObjectRef>& parts) {
  effects.need_schema_of(type);
  Effect create{.action = Action::Create, .object = type, .definition = std::move(definition)};
  for (const ObjectRef& part : parts) {
    create.depends_on.push_back({.object = part});
  }
  effects.add(std::move(create));
}

}  // namespace

void create_enum(Effects& effects, PgQuery__CreateEnumStmt& create) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, strings(list(create.n_type_name, create.type_name)));
  create_type(effects, type, "ENUM", {});
  int place = 0;
  for (const std::string& value : strings(list(create.n_vals, create.vals))) {
    effects.add({.action = Action::Create,
                 .object = part_of(type, ObjectKind::EnumValue, value),
                 .depends_on = {{.object = type, .owned = true}},
                 .definition = std::to_string(++place)});
  }
}

void alter_enum(Effects& effects, PgQuery__AlterEnumStmt& alter) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, strings(list(alter.n_type_name, alter.type_name)));
  const auto value = [&](const char* name) { return part_of(type, ObjectKind::EnumValue, name); };
  if (*alter.old_val != '\0') {
    effects.add({.action = Action::Rename,
                 .object = value(alter.old_val),
                 .renamed_to = value(alter.new_val)});
    return;
  }
  std::string place = "last";
  if (*alter.new_val_neighbor != '\0') {
    effects.need(value(alter.new_val_neighbor));
    place =
        std::string(alter.new_val_is_after != 0 ? "after " : "before ") + alter.new_val_neighbor;
  }
  effects.need(type);
  effects.add({.action = Action::Create,
               .object = value(alter.new_val),
               .conditional = alter.skip_if_new_val_exists != 0,
               .depends_on = {{.object = type, .owned = true}},
               .definition = std::move(place)});
}

void create_domain(Effects& effects, PgQuery__CreateDomainStmt& create) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, strings(list(create.n_domainname, create.domainname)));
  Query query(effects, Evaluation::Later);
  Scope none;
  query.type(*create.type_name);
  for (const Node* constraint : list(create.n_constraints, create.constraints)) {
    query.expression(constraint->constraint->raw_expr, none);
  }
  PgQuery__CreateDomainStmt bare = create;
  std::vector<Node*> unqualified = {create.domainname[create.n_domainname - 1]};
  bare.n_domainname = 1;
  bare.domainname = unqualified.data();
  Node statement =
      node_of(&Node::create_domain_stmt, PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT, &bare);
  create_type(effects, type, deparse_statement(statement), query.used());
}

void alter_domain(Effects& effects, PgQuery__AlterDomainStmt& alter) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, strings(list(alter.n_type_name, alter.type_name)));
  Query query(effects, Evaluation::Now);
  Scope none;
  query.expression(alter.def, none);
  effects.alter(type, "DOMAIN");
  // NOT NULL and CHECK look at all columns of that type.
  if (*alter.subtype == 'O' || *alter.subtype == 'C' || *alter.subtype == 'V') {
    effects.opaque("a new condition of a domain is checked against every column of that type");
  }
}

void create_composite(Effects& effects, PgQuery__CompositeTypeStmt& create) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, create.typevar->schemaname, create.typevar->relname);
  Query query(effects, Evaluation::Later);
  std::string definition;
  for (const Node* node : list(create.n_coldeflist, create.coldeflist)) {
    PgQuery__ColumnDef& column = *node->column_def;
    query.type(*column.type_name);
    definition += (definition.empty() ? "" : ", ") + std::string(column.colname) + " " +
                  deparse_type(*column.type_name);
  }
  create_type(effects, type, "(" + definition + ")", query.used());
}

void create_range(Effects& effects, PgQuery__CreateRangeStmt& create) {
  const ObjectRef type =
      effects.object(ObjectKind::Type, strings(list(create.n_type_name, create.type_name)));
  Query query(effects, Evaluation::Later);
  for (const Node* node : list(create.n_params, create.params)) {
    const PgQuery__DefElem& parameter = *node->def_elem;
    if (parameter.arg != nullptr && parameter.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME &&
        std::string_view(parameter.defname) == "subtype") {
      query.type(*parameter.arg->type_name);
    }
  }
  Node statement =
      node_of(&Node::create_range_stmt, PG_QUERY__NODE__NODE_CREATE_RANGE_STMT, &create);
  create_type(effects, type, deparse_statement(statement), query.used());
}

}  // namespace medusa
