// SPDX-License-Identifier: MIT
// CREATE TABLE in its forms.
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/table.hpp"

namespace medusa {

namespace {

// The statement without what has effects of its own: its columns, its name.
std::string definition_of(const PgQuery__CreateStmt& create) {
  PgQuery__CreateStmt bare = create;
  PgQuery__RangeVar name = *create.relation;
  std::string unqualified;
  name.schemaname = unqualified.data();
  bare.relation = &name;
  bare.if_not_exists = 0;
  if (bare.partbound == nullptr && bare.of_typename == nullptr) {
    bare.n_table_elts = 0;
  }
  Node statement = node_of(&Node::create_stmt, PG_QUERY__NODE__NODE_CREATE_STMT, &bare);
  return deparse_statement(statement);
}

bool is_among(const std::vector<std::string>& names, std::string_view name) {
  for (const std::string& each : names) {
    if (each == name) {
      return true;
    }
  }
  return false;
}

// Relations that give the table its columns: parents, the partitioned table, LIKE, a type.
std::vector<Effect::Dependency> origins(Effects& effects, const PgQuery__CreateStmt& create) {
  std::vector<Effect::Dependency> depends_on;
  for (const Node* parent : list(create.n_inh_relations, create.inh_relations)) {
    // A partition goes with its table; a child only with CASCADE.
    depends_on.push_back(
        {.object = effects.relation(*parent->range_var), .owned = create.partbound != nullptr});
  }
  if (create.of_typename != nullptr) {
    depends_on.push_back({.object = effects.object(ObjectKind::Type,
                                                   strings(list(create.of_typename->n_names,
                                                                create.of_typename->names)))});
  }
  return depends_on;
}

}  // namespace

void create_table(Effects& effects, PgQuery__CreateStmt& create) {
  const bool temporary = effects.temporary(*create.relation);
  const ObjectRef table = effects.relation(*create.relation);
  const NodeList elements = list(create.n_table_elts, create.table_elts);
  if (temporary) {
    effects.session().temporary.push_back(table.name);
  } else {
    effects.need_schema_of(table);
  }
  if (create.if_not_exists != 0) {
    effects.guard(table, false);
  }
  Effect creates{.action = Action::Create,
                 .object = table,
                 .depends_on = origins(effects, create),
                 .definition = definition_of(create)};
  for (const Effect::Dependency& origin : creates.depends_on) {
    effects.need(origin.object);
    creates.columns_unknown = true;
    if (origin.object.kind == ObjectKind::Table) {
      // A parent's columns can no longer change without its children's.
      effects.alter(origin.object, "gets a child");
    }
  }
  for (const Node* element : elements) {
    if (element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE) {
      effects.add({.action = Action::Need,
                   .object = effects.relation(*element->table_like_clause->relation),
                   .definition = "like"});
      creates.columns_unknown = true;
    }
  }
  // A new partition takes rows that would have gone elsewhere.
  if (create.partbound != nullptr) {
    for (const Effect::Dependency& origin : creates.depends_on) {
      effects.read(origin.object);
    }
  }
  effects.add(std::move(creates));

  TableBuilder builder(effects, table, TableAge::New);
  const std::vector<std::string> primary_key = TableBuilder::primary_key(elements);
  for (Node* element : elements) {
    if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
      // Of a partition or typed table, the columns are there and get a default or constraint here.
      PgQuery__ColumnDef& column = *element->column_def;
      builder.column(column, is_among(primary_key, column.colname));
    }
  }
  for (Node* element : elements) {
    if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
      builder.column_constraints(*element->column_def);
    } else if (element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
      builder.constraint(*element->constraint);
    }
  }
  for (Node* constraint : list(create.n_constraints, create.constraints)) {
    builder.constraint(*constraint->constraint);
  }
  if (create.partspec != nullptr) {
    Query query(effects, Evaluation::Later);
    Scope scope = scope_of(table);
    for (const Node* node : list(create.partspec->n_part_params, create.partspec->part_params)) {
      query.expression(node->partition_elem->expr, scope);
    }
  }
}

void create_table_as(Effects& effects, PgQuery__CreateTableAsStmt& create) {
  const PgQuery__RangeVar& name = *create.into->rel;
  const bool view = create.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
  const ObjectRef table = effects.relation(name, view ? ObjectKind::View : ObjectKind::Table);
  if (create.query->node_case == PG_QUERY__NODE__NODE_EXECUTE_STMT) {
    effects.opaque("CREATE TABLE AS EXECUTE runs a prepared statement");
    return;
  }
  if (create.if_not_exists != 0) {
    effects.guard(table, false);
  }
  Query query(effects, create.into->skip_data != 0 ? Evaluation::Later : Evaluation::Now);
  query.query(create.query, nullptr);
  if (query.reads_catalog() && create.into->skip_data == 0) {
    effects.opaque("it keeps what it reads from the system catalog");
  }
  if (effects.temporary(name)) {
    effects.session().temporary.push_back(name.relname);
    return;
  }
  effects.need_schema_of(table);
  Effect creates{.action = Action::Create,
                 .object = table,
                 .columns_unknown = true,
                 .definition = deparse_statement(*create.query)};
  if (view) {
    for (const ObjectRef& object : query.used()) {
      creates.depends_on.push_back({.object = object});
    }
  }
  effects.add(std::move(creates));
}

}  // namespace medusa
