// SPDX-License-Identifier: MIT
// What neither rows nor definitions show: locks, statistics, storage.
#include "footprint/families.hpp"

namespace medusa {

void lock(Effects& effects, PgQuery__LockStmt& lock) {
  for (const Node* node : list(lock.n_relations, lock.relations)) {
    effects.need(effects.relation(*node->range_var));
  }
}

void vacuum(Effects& effects, PgQuery__VacuumStmt& vacuum) {
  for (const Node* node : list(vacuum.n_rels, vacuum.rels)) {
    const PgQuery__VacuumRelation& what = *node->vacuum_relation;
    const ObjectRef table = effects.relation(*what.relation);
    effects.need(table);
    for (const std::string& column : strings(list(what.n_va_cols, what.va_cols))) {
      effects.need(part_of(table, ObjectKind::Column, column));
    }
  }
}

void cluster(Effects& effects, PgQuery__ClusterStmt& cluster) {
  if (cluster.relation == nullptr) {
    return;
  }
  const ObjectRef table = effects.relation(*cluster.relation);
  if (*cluster.indexname != '\0') {
    effects.need({.kind = ObjectKind::Index, .schema = table.schema, .name = cluster.indexname});
  }
  effects.alter(table, "storage");
}

void reindex(Effects& effects, PgQuery__ReindexStmt& reindex) {
  if (reindex.relation != nullptr) {
    const bool index = reindex.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX;
    effects.need(
        effects.relation(*reindex.relation, index ? ObjectKind::Index : ObjectKind::Table));
  } else if (reindex.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA) {
    effects.need({.kind = ObjectKind::Schema, .name = reindex.name});
  }
}

}  // namespace medusa
