// SPDX-License-Identifier: MIT
// CREATE INDEX, CREATE STATISTICS.
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/generated_name.hpp"
#include "footprint/table.hpp"

namespace medusa {

namespace {

std::string definition_of(const PgQuery__IndexStmt& index) {
  PgQuery__IndexStmt bare = index;
  PgQuery__RangeVar table = *index.relation;
  std::string none;
  table.schemaname = none.data();
  bare.relation = &table;
  bare.idxname = none.data();
  bare.if_not_exists = 0;
  bare.concurrent = 0;
  Node statement = node_of(&Node::index_stmt, PG_QUERY__NODE__NODE_INDEX_STMT, &bare);
  return deparse_statement(statement);
}

// The columns that the index keeps unique.
std::optional<std::vector<std::string>> key_of(const PgQuery__IndexStmt& index) {
  if (index.unique == 0 || index.where_clause != nullptr) {
    return std::nullopt;
  }
  std::vector<std::string> columns;
  for (const Node* node : list(index.n_index_params, index.index_params)) {
    if (node->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM || *node->index_elem->name == '\0') {
      return std::nullopt;
    }
    columns.emplace_back(node->index_elem->name);
  }
  return columns;
}

std::string proposal_for(const std::string& table, NodeList elements, NodeList including) {
  std::vector<Node*> all(elements.begin(), elements.end());
  all.insert(all.end(), including.begin(), including.end());
  return generated_name(table, joined_columns(index_column_names(all)), "idx");
}

}  // namespace

void create_index(Effects& effects, PgQuery__IndexStmt& index) {
  if (effects.temporary(*index.relation)) {
    return;
  }
  const ObjectRef table = effects.relation(*index.relation);
  const NodeList elements = list(index.n_index_params, index.index_params);
  const NodeList including = list(index.n_index_including_params, index.index_including_params);
  const bool named = *index.idxname != '\0';
  if (index.if_not_exists != 0) {
    effects.guard({.kind = ObjectKind::Index, .schema = table.schema, .name = index.idxname},
                  false);
  }
  effects.need(table);
  Effect create{
      .action = Action::Create,
      .object = {.kind = ObjectKind::Index,
                 .schema = table.schema,
                 .name = named ? index.idxname : proposal_for(table.name, elements, including)},
      .generated_name = !named,
      .definition = definition_of(index),
      .signature = key_of(index)};
  const auto depend_on = [&](const std::vector<ObjectRef>& objects) {
    for (const ObjectRef& object : objects) {
      const bool column = object.kind == ObjectKind::Column;
      if (column) {
        effects.read(object);
      }
      create.depends_on.push_back({.object = object, .owned = column});
    }
  };
  depend_on(index_element_uses(effects, table, elements, index.access_method));
  depend_on(index_element_uses(effects, table, including, index.access_method));
  Query condition(effects, Evaluation::Later);
  Scope scope = scope_of(table);
  condition.expression(index.where_clause, scope);
  depend_on(condition.used());
  if (create.depends_on.empty()) {
    create.depends_on.push_back({.object = table, .owned = true});
  }
  effects.add(std::move(create));
}

void create_statistics(Effects& effects, PgQuery__CreateStatsStmt& statistics) {
  Query query(effects, Evaluation::Later);
  for (const Node* node : list(statistics.n_relations, statistics.relations)) {
    if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
      effects.opaque("CREATE STATISTICS over something that is no table");
      return;
    }
    const ObjectRef table = effects.relation(*node->range_var);
    Scope scope = scope_of(table);
    for (const Node* element : list(statistics.n_exprs, statistics.exprs)) {
      const PgQuery__StatsElem& what = *element->stats_elem;
      if (*what.name != '\0') {
        effects.need(part_of(table, ObjectKind::Column, what.name));
      }
      query.expression(what.expr, scope);
    }
    effects.alter(table, "statistics");
  }
}

}  // namespace medusa
