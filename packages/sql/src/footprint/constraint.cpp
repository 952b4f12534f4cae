// SPDX-License-Identifier: MIT
#include <algorithm>

#include "footprint/builtin.hpp"
#include "footprint/deparse.hpp"
#include "footprint/generated_name.hpp"
#include "footprint/table.hpp"

namespace medusa {

namespace {

// As it would stand in CREATE TABLE by itself: without its name, with its columns.
std::string definition_of(const PgQuery__Constraint& constraint,
                          const std::vector<std::string>& columns) {
  PgQuery__Constraint alone = constraint;
  std::string unnamed;
  alone.conname = unnamed.data();
  std::vector<std::string> names = columns;
  std::vector<PgQuery__String> texts(names.size(), PgQuery__String PG_QUERY__STRING__INIT);
  std::vector<Node> nodes(names.size(), Node PG_QUERY__NODE__INIT);
  std::vector<Node*> keys;
  for (std::size_t i = 0; i < names.size(); ++i) {
    texts[i].sval = names[i].data();
    nodes[i] = node_of(&Node::string, PG_QUERY__NODE__NODE_STRING, &texts[i]);
    keys.push_back(&nodes[i]);
  }
  if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) {
    alone.n_fk_attrs = keys.size();
    alone.fk_attrs = keys.data();
  } else if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
             constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE) {
    alone.n_keys = keys.size();
    alone.keys = keys.data();
  }
  Node element = node_of(&Node::constraint, PG_QUERY__NODE__NODE_CONSTRAINT, &alone);
  return deparse_table_element(element);
}

}  // namespace

void TableBuilder::constraint(PgQuery__Constraint& constraint, const std::string& column) {
  const auto columns = [&](std::size_t count, Node** nodes) {
    std::vector<std::string> names = strings(list(count, nodes));
    if (names.empty() && !column.empty()) {
      names.push_back(column);
    }
    return names;
  };
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      if (*constraint.indexname != '\0') {
        return existing_index(constraint);
      }
      return key(constraint, columns(constraint.n_keys, constraint.keys));
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      return exclusion(constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return foreign_key(constraint, columns(constraint.n_fk_attrs, constraint.fk_attrs));
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      return check(constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
      return;  // Part of the column, or of the constraint before it.
    default:
      effects_.opaque("it has a constraint of a kind that is not known");
  }
}

void TableBuilder::create_constraint(PgQuery__Constraint& constraint,
                                     const std::string& proposal,
                                     Dependencies depends_on) {
  const bool named = *constraint.conname != '\0';
  std::vector<std::string> columns;
  for (const Effect::Dependency& dependency : depends_on) {
    if (dependency.owned && dependency.object.kind == ObjectKind::Column) {
      columns.push_back(dependency.object.part);
    }
  }
  effects_.add(
      {.action = Action::Create,
       .object = part_of(
           table_, ObjectKind::Constraint, named ? std::string(constraint.conname) : proposal),
       .generated_name = !named,
       .depends_on = std::move(depends_on),
       .definition = definition_of(constraint, columns)});
}

void TableBuilder::create_index(const PgQuery__Constraint& constraint,
                                const std::string& name,
                                const Dependencies& depends_on,
                                const std::vector<std::string>& columns) {
  const bool named = *constraint.conname != '\0';
  const std::string chosen = named ? std::string(constraint.conname) : name;
  if (effects_.temporary(table_)) {
    return;
  }
  Effect create{
      .action = Action::Create,
      .object = {.kind = ObjectKind::Index, .schema = table_.schema, .name = chosen},
      .generated_name = !named,
      .depends_on = {{.object = part_of(table_, ObjectKind::Constraint, chosen), .owned = true}},
      .definition =
          constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION ? "EXCLUDE" : "UNIQUE"};
  create.depends_on.insert(create.depends_on.end(), depends_on.begin(), depends_on.end());
  if (!columns.empty() && constraint.deferrable == 0) {
    create.signature = columns;
    create.result =
        constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ? "primary key" : "";
  }
  effects_.add(std::move(create));
}

void TableBuilder::key(PgQuery__Constraint& constraint, const std::vector<std::string>& columns) {
  const bool primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  Dependencies depends_on;
  for (const std::string& column : columns) {
    const ObjectRef object = column_ref(column);
    if (age_ == TableAge::Existing) {
      effects_.read(object);
      if (primary) {
        effects_.alter(object, "SET NOT NULL");
      }
    }
    depends_on.push_back({.object = object, .owned = true});
  }
  std::vector<std::string> all = columns;
  Dependencies all_depends_on = depends_on;
  for (const std::string& column : strings(list(constraint.n_including, constraint.including))) {
    all.push_back(column);
    all_depends_on.push_back({.object = column_ref(column), .owned = true});
  }
  const std::string name = primary ? generated_name(table_.name, "", "pkey")
                                   : generated_name(table_.name, joined_columns(all), "key");
  create_constraint(constraint, name, std::move(depends_on));
  create_index(constraint, name, all_depends_on, columns);
}

void TableBuilder::existing_index(const PgQuery__Constraint& constraint) {
  const bool named = *constraint.conname != '\0';
  ObjectRef index{.kind = ObjectKind::Index, .schema = table_.schema, .name = constraint.indexname};
  effects_.need(index);
  const ObjectRef object =
      part_of(table_, ObjectKind::Constraint, named ? constraint.conname : constraint.indexname);
  if (named && index.name != object.part) {
    ObjectRef renamed = index;
    renamed.name = object.part;
    effects_.add({.action = Action::Rename, .object = index, .renamed_to = renamed});
    index = renamed;
  }
  const bool primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  if (primary) {
    // Its columns become NOT NULL; which they are, the index knows.
    effects_.read(table_);
    effects_.alter(table_, "SET NOT NULL of the columns of " + index.name);
  }
  effects_.add({.action = Action::Create,
                .object = object,
                .depends_on = {{.object = table_, .owned = true}, {.object = index, .owned = true}},
                .definition = primary ? "PRIMARY KEY USING INDEX" : "UNIQUE USING INDEX"});
  effects_.alter(index, "owned by the constraint " + object.part);
}

void TableBuilder::exclusion(PgQuery__Constraint& constraint) {
  std::vector<Node*> elements;
  for (Node* const& pair : list(constraint.n_exclusions, constraint.exclusions)) {
    const NodeList parts = items(pair);
    if (!parts.empty()) {
      elements.push_back(parts.front());
    }
  }
  const NodeList all(elements.data(), elements.size());
  if (age_ == TableAge::Existing) {
    effects_.read(table_);
  }
  Dependencies depends_on;
  for (const ObjectRef& object :
       index_element_uses(effects_, table_, all, constraint.access_method)) {
    depends_on.push_back({.object = object, .owned = object.kind == ObjectKind::Column});
  }
  for (const ObjectRef& object : uses_of(constraint.where_clause, false)) {
    depends_on.push_back({.object = object, .owned = object.kind == ObjectKind::Column});
  }
  const std::string name =
      generated_name(table_.name, joined_columns(index_column_names(all)), "excl");
  create_constraint(constraint, name, depends_on);
  create_index(constraint, name, depends_on, {});
}

void TableBuilder::foreign_key(PgQuery__Constraint& constraint,
                               const std::vector<std::string>& columns) {
  const bool validated = age_ == TableAge::Existing && constraint.skip_validation == 0;
  const ObjectRef target = effects_.relation(*constraint.pktable);
  Dependencies depends_on;
  for (const std::string& column : columns) {
    if (validated) {
      effects_.read(column_ref(column));
    } else if (age_ == TableAge::Existing) {
      effects_.need(column_ref(column));
    }
    depends_on.push_back({.object = column_ref(column), .owned = true});
  }
  const std::vector<std::string> referenced =
      strings(list(constraint.n_pk_attrs, constraint.pk_attrs));
  std::vector<ObjectRef> objects;
  for (const std::string& column : referenced) {
    objects.push_back(part_of(target, ObjectKind::Column, column));
  }
  if (referenced.empty()) {
    objects.push_back(target);  // Its primary key.
  }
  for (const ObjectRef& object : objects) {
    effects_.add({.action = validated ? Action::Read : Action::Need, .object = object});
    depends_on.push_back({.object = object});
  }
  create_constraint(constraint,
                    generated_name(table_.name, joined_columns(columns), "fkey"),
                    std::move(depends_on));
}

void TableBuilder::check(PgQuery__Constraint& constraint) {
  const bool validated = age_ == TableAge::Existing && constraint.skip_validation == 0;
  Dependencies depends_on;
  std::vector<std::string> columns;
  for (const ObjectRef& object : uses_of(constraint.raw_expr, validated)) {
    const bool own = object.kind == ObjectKind::Column && object.name == table_.name;
    if (own) {
      columns.push_back(object.part);
    }
    depends_on.push_back({.object = object, .owned = own});
  }
  if (depends_on.empty()) {
    depends_on.push_back({.object = table_, .owned = true});
  }
  create_constraint(
      constraint,
      generated_name(table_.name, columns.size() == 1 ? columns.front() : "", "check"),
      std::move(depends_on));
}

std::vector<ObjectRef> index_element_uses(Effects& effects,
                                          const ObjectRef& table,
                                          NodeList elements,
                                          const std::string& access_method) {
  Query query(effects, Evaluation::Later);
  Scope scope = scope_of(table);
  std::vector<ObjectRef> used;
  const auto add = [&](const ObjectRef& object) {
    if (std::find(used.begin(), used.end(), object) == used.end()) {
      used.push_back(object);
    }
  };
  for (const Node* node : elements) {
    if (node->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) {
      continue;
    }
    const PgQuery__IndexElem& element = *node->index_elem;
    if (*element.name != '\0') {
      add(part_of(table, ObjectKind::Column, element.name));
    }
    query.expression(element.expr, scope);
    const std::vector<std::string> classes = strings(list(element.n_opclass, element.opclass));
    const auto extension =
        classes.empty() ? std::nullopt : extension_of_operator_class(classes.back(), access_method);
    if (extension) {
      const ObjectRef object{.kind = ObjectKind::Extension, .name = std::string(*extension)};
      effects.need(object);
      add(object);
    }
  }
  for (const ObjectRef& object : query.used()) {
    add(object);
  }
  return used;
}

}  // namespace medusa
