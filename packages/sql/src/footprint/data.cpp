// SPDX-License-Identifier: MIT
// INSERT, UPDATE, DELETE, MERGE.
#include "footprint/query.hpp"

namespace medusa {

void Query::target(const PgQuery__RangeVar& relation, Scope& scope) {
  ScopeEntry entry{
      .alias = relation.alias != nullptr ? relation.alias->aliasname : relation.relname,
      .used = true};
  if (is_system_relation(relation.schemaname, relation.relname)) {
    effects_.opaque(std::string("it changes the system catalog ") + relation.relname);
  } else if (!effects_.temporary(relation)) {
    entry.relation = effects_.relation(relation);
  }
  scope.entries.push_back(std::move(entry));
}

void Query::write_columns(const PgQuery__RangeVar& relation,
                          NodeList targets,
                          const std::string& how) {
  if (effects_.temporary(relation)) {
    return;
  }
  const ObjectRef table = effects_.relation(relation);
  const auto write = [&](const ObjectRef& object) {
    // In the body of a function nothing is written yet.
    if (evaluation_ == Evaluation::Later) {
      use(object);
    } else {
      effects_.write(object, how);
    }
  };
  if (targets.empty()) {
    write(table);
  }
  for (const Node* target : targets) {
    const bool is_column = target->node_case == PG_QUERY__NODE__NODE_RES_TARGET;
    write(is_column ? part_of(table, ObjectKind::Column, target->res_target->name) : table);
  }
}

void Query::set_values(NodeList targets, Scope& scope) {
  for (const Node* target : targets) {
    if (target->node_case == PG_QUERY__NODE__NODE_RES_TARGET) {
      expressions(list(target->res_target->n_indirection, target->res_target->indirection), scope);
      expression(target->res_target->val, scope);
    }
  }
}

void Query::insert(const PgQuery__InsertStmt& insert, Scope* outer) {
  Scope scope{.outer = outer};
  with(insert.with_clause, scope);
  if (insert.select_stmt != nullptr) {
    query(insert.select_stmt, &scope);
  }
  target(*insert.relation, scope);
  write_columns(*insert.relation, list(insert.n_cols, insert.cols), "insert");
  inserted_texts(insert);
  on_conflict(insert, scope);
  expressions(list(insert.n_returning_list, insert.returning_list), scope);
}

void Query::on_conflict(const PgQuery__InsertStmt& insert, Scope& scope) {
  const PgQuery__OnConflictClause* const clause = insert.on_conflict_clause;
  if (clause == nullptr) {
    return;
  }
  const std::optional<ObjectRef> table = scope.entries.back().relation;
  if (clause->infer != nullptr) {
    for (const Node* node : list(clause->infer->n_index_elems, clause->infer->index_elems)) {
      const PgQuery__IndexElem& element = *node->index_elem;
      if (table && *element.name != '\0') {
        use(part_of(*table, ObjectKind::Column, element.name));
      }
      expression(element.expr, scope);
    }
    expression(clause->infer->where_clause, scope);
    if (table) {
      arbiter(*clause->infer, *table);
    }
    if (table && *clause->infer->conname != '\0') {
      effects_.need(part_of(*table, ObjectKind::Constraint, clause->infer->conname));
    }
  }
  if (clause->n_target_list > 0) {
    const NodeList targets = list(clause->n_target_list, clause->target_list);
    write_columns(*insert.relation, targets, "update");
    assigned_texts(*insert.relation, targets);
    scope.entries.push_back(
        {.alias = "excluded", .relation = table, .used = true, .qualified_only = true});
    set_values(targets, scope);
    expression(clause->where_clause, scope);
    scope.entries.pop_back();
  }
}

void Query::arbiter(const PgQuery__InferClause& infer, const ObjectRef& table) {
  Arbiter arbiter{.table = table};
  for (const Node* node : list(infer.n_index_elems, infer.index_elems)) {
    const PgQuery__IndexElem& element = *node->index_elem;
    if (*element.name == '\0' || element.n_collation > 0 || element.n_opclass > 0) {
      return;  // which index that may be is not told from columns
    }
    arbiter.columns.emplace_back(element.name);
  }
  if (infer.where_clause == nullptr && !arbiter.columns.empty() && !effects_.temporary(table)) {
    effects_.footprint().arbiters.push_back(std::move(arbiter));
  }
}

void Query::update(const PgQuery__UpdateStmt& update, Scope* outer) {
  Scope scope{.outer = outer};
  with(update.with_clause, scope);
  target(*update.relation, scope);
  for (const Node* item : list(update.n_from_clause, update.from_clause)) {
    from_item(item, scope);
  }
  const NodeList targets = list(update.n_target_list, update.target_list);
  set_values(targets, scope);
  expression(update.where_clause, scope);
  write_columns(*update.relation, targets, "update");
  assigned_texts(*update.relation, targets);
  expressions(list(update.n_returning_list, update.returning_list), scope);
  finish(scope);
}

void Query::remove(const PgQuery__DeleteStmt& remove, Scope* outer) {
  Scope scope{.outer = outer};
  with(remove.with_clause, scope);
  target(*remove.relation, scope);
  for (const Node* item : list(remove.n_using_clause, remove.using_clause)) {
    from_item(item, scope);
  }
  expression(remove.where_clause, scope);
  write_columns(*remove.relation, {}, "delete");
  expressions(list(remove.n_returning_list, remove.returning_list), scope);
  finish(scope);
}

void Query::merge(const PgQuery__MergeStmt& merge, Scope* outer) {
  Scope scope{.outer = outer};
  with(merge.with_clause, scope);
  target(*merge.relation, scope);
  from_item(merge.source_relation, scope);
  expression(merge.join_condition, scope);
  for (const Node* node : list(merge.n_merge_when_clauses, merge.merge_when_clauses)) {
    merge_action(merge, *node->merge_when_clause, scope);
  }
  finish(scope);
}

void Query::merge_action(const PgQuery__MergeStmt& merge,
                         const PgQuery__MergeWhenClause& when,
                         Scope& scope) {
  const NodeList targets = list(when.n_target_list, when.target_list);
  expression(when.condition, scope);
  set_values(targets, scope);
  expressions(list(when.n_values, when.values), scope);
  switch (when.command_type) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
      return write_columns(*merge.relation, targets, "insert");
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
      assigned_texts(*merge.relation, targets);
      return write_columns(*merge.relation, targets, "update");
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
      return write_columns(*merge.relation, {}, "delete");
    default:
      return;
  }
}

}  // namespace medusa
