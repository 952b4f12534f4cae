// SPDX-License-Identifier: MIT
// Statements that read or change rows, as statements of their own.
#include <algorithm>

#include "footprint/families.hpp"
#include "footprint/query.hpp"

namespace medusa {

void change_data(Effects& effects, Node& statement) {
  Query query(effects, Evaluation::Now);
  query.query(&statement, nullptr);
  // What a SELECT finds goes nowhere. What is stored must not depend on what the catalog says.
  const std::vector<Effect>& all = effects.footprint().effects;
  const bool keeps = std::any_of(
      all.begin(), all.end(), [](const Effect& effect) { return effect.action == Action::Write; });
  if (query.reads_catalog() && keeps) {
    effects.opaque("it keeps what it reads from the system catalog");
  }
}

void copy(Effects& effects, PgQuery__CopyStmt& copy) {
  if (copy.is_program != 0 || *copy.filename != '\0') {
    effects.opaque("COPY with a file or program");
  }
  if (copy.relation == nullptr) {
    change_data(effects, *copy.query);
    return;
  }
  if (effects.temporary(*copy.relation)) {
    return;
  }
  const ObjectRef table = effects.relation(*copy.relation);
  std::vector<ObjectRef> objects;
  for (const std::string& column : strings(list(copy.n_attlist, copy.attlist))) {
    objects.push_back(part_of(table, ObjectKind::Column, column));
  }
  if (objects.empty()) {
    objects.push_back(table);
  }
  for (const ObjectRef& object : objects) {
    if (copy.is_from != 0) {
      effects.write(object, "insert");
    } else {
      effects.read(object);
    }
  }
  Query query(effects, Evaluation::Now);
  Scope scope = scope_of(table);
  query.expression(copy.where_clause, scope);
}

void truncate(Effects& effects, PgQuery__TruncateStmt& truncate) {
  for (const Node* node : list(truncate.n_relations, truncate.relations)) {
    if (!effects.temporary(*node->range_var)) {
      effects.write(effects.relation(*node->range_var), "truncate");
    }
  }
  if (truncate.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) {
    effects.opaque("TRUNCATE ... CASCADE empties whatever refers to the table");
  } else if (truncate.restart_seqs != 0) {
    effects.opaque("TRUNCATE ... RESTART IDENTITY restarts whatever sequences the table owns");
  }
}

}  // namespace medusa
