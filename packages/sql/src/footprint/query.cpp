// SPDX-License-Identifier: MIT
// SELECT and what all queries share: FROM, WITH.
#include "footprint/query.hpp"

#include <algorithm>

namespace medusa {

namespace {

std::string alias_of(const PgQuery__Alias* alias, std::string_view otherwise) {
  return std::string(alias != nullptr ? std::string_view(alias->aliasname) : otherwise);
}

// The one name of a plain column reference; empty for anything else.
std::string bare_name(const Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF ||
      node->column_ref->n_fields != 1) {
    return {};
  }
  return string_of(node->column_ref->fields[0]);
}

bool names_output(const PgQuery__SelectStmt& select, const std::string& name) {
  return !name.empty() &&
         std::any_of(select.target_list,
                     select.target_list + select.n_target_list,
                     [&](const Node* target) {
                       return target->node_case == PG_QUERY__NODE__NODE_RES_TARGET &&
                              name == target->res_target->name;
                     });
}

}  // namespace

void Query::query(const Node* node, Scope* outer) {
  if (node == nullptr) {
    return;
  }
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return select(*node->select_stmt, outer);
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      return insert(*node->insert_stmt, outer);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      return update(*node->update_stmt, outer);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      return remove(*node->delete_stmt, outer);
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      return merge(*node->merge_stmt, outer);
    default:
      effects_.opaque("it contains a statement of a kind that is not known inside another");
  }
}

void Query::with(const PgQuery__WithClause* with, Scope& scope) {
  if (with == nullptr) {
    return;
  }
  for (const Node* node : list(with->n_ctes, with->ctes)) {
    const PgQuery__CommonTableExpr& cte = *node->common_table_expr;
    if (with->recursive != 0) {
      scope.ctes.push_back(cte.ctename);
    }
    // It sees the outer queries, not the FROM list beside it, which is still empty.
    query(cte.ctequery, &scope);
    scope.ctes.push_back(cte.ctename);
  }
}

void Query::finish(Scope& scope) {
  for (const ScopeEntry& entry : scope.entries) {
    if (entry.relation && !entry.used) {
      if (evaluation_ == Evaluation::Now) {
        effects_.read_rows(*entry.relation);
        used_.push_back(*entry.relation);
      } else {
        use(*entry.relation);
      }
    }
  }
}

void Query::select(const PgQuery__SelectStmt& select, Scope* outer) {
  Scope scope{.outer = outer};
  with(select.with_clause, scope);
  if (select.into_clause != nullptr) {
    effects_.opaque("SELECT INTO inside another statement");
  }
  if (select.larg != nullptr && select.rarg != nullptr) {
    this->select(*select.larg, &scope);
    this->select(*select.rarg, &scope);
    // ORDER BY of a union names its output; LIMIT may have a subquery.
    expression(select.limit_count, scope);
    expression(select.limit_offset, scope);
    return;
  }
  for (const Node* item : list(select.n_from_clause, select.from_clause)) {
    from_item(item, scope);
  }
  expressions(list(select.n_target_list, select.target_list), scope);
  expressions(list(select.n_values_lists, select.values_lists), scope);
  expressions(list(select.n_distinct_clause, select.distinct_clause), scope);
  expression(select.where_clause, scope);
  expression(select.having_clause, scope);
  expressions(list(select.n_window_clause, select.window_clause), scope);
  expression(select.limit_count, scope);
  expression(select.limit_offset, scope);
  group_items(select, scope);
  sort_items(select, scope);
  finish(scope);
}

void Query::sort_items(const PgQuery__SelectStmt& select, Scope& scope) {
  for (const Node* item : list(select.n_sort_clause, select.sort_clause)) {
    const bool plain = item->node_case == PG_QUERY__NODE__NODE_SORT_BY;
    if (!plain || !names_output(select, bare_name(item->sort_by->node))) {
      expression(item, scope);
    }
  }
}

void Query::group_items(const PgQuery__SelectStmt& select, Scope& scope) {
  for (const Node* item : list(select.n_group_clause, select.group_clause)) {
    if (!names_output(select, bare_name(item))) {
      expression(item, scope);
      continue;
    }
    // A column of a table wins over an output of that name; which of them it is, is not known.
    for (const ObjectRef& object : resolve(scope, {}, true)) {
      use(object);
    }
  }
}

void Query::from_item(const Node* node, Scope& scope) {
  switch (node->node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return from_relation(*node->range_var, scope);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      return join(*node->join_expr, scope);
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT: {
      const PgQuery__RangeSubselect& subselect = *node->range_subselect;
      Scope beside{.outer = scope.outer, .ctes = scope.ctes};
      query(subselect.subquery, subselect.lateral != 0 ? &scope : &beside);
      scope.entries.push_back({.alias = alias_of(subselect.alias, "")});
      return;
    }
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      return from_function(*node->range_function, scope);
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE: {
      const PgQuery__RangeTableSample& sample = *node->range_table_sample;
      from_item(sample.relation, scope);
      expressions(list(sample.n_args, sample.args), scope);
      expression(sample.repeatable, scope);
      return;
    }
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC: {
      expression(node, scope);
      scope.entries.push_back({.alias = alias_of(node->range_table_func->alias, "xmltable")});
      return;
    }
    default:
      effects_.opaque("its FROM list has an item of a kind that is not known");
  }
}

void Query::from_relation(const PgQuery__RangeVar& relation, Scope& scope) {
  ScopeEntry entry{.alias = alias_of(relation.alias, relation.relname)};
  const bool qualified = *relation.schemaname != '\0';
  if (!qualified && scope.has_cte(relation.relname)) {
    entry.used = true;
  } else if (!effects_.temporary(relation)) {
    if (is_system_relation(relation.schemaname, relation.relname)) {
      reads_catalog_ = true;
    } else {
      entry.relation = effects_.relation(relation);
    }
  }
  // Other names for the columns: which is which depends on their order.
  if (relation.alias != nullptr && relation.alias->n_colnames > 0 && entry.relation) {
    use(*entry.relation);
    entry.relation.reset();
  }
  scope.entries.push_back(std::move(entry));
}

void Query::from_function(const PgQuery__RangeFunction& function, Scope& scope) {
  std::string name;
  for (Node* const& item : list(function.n_functions, function.functions)) {
    for (const Node* part : items(item)) {
      expression(part, scope);
      if (part != nullptr && part->node_case == PG_QUERY__NODE__NODE_FUNC_CALL && name.empty()) {
        name = strings(list(part->func_call->n_funcname, part->func_call->funcname)).back();
      }
    }
  }
  expressions(list(function.n_coldeflist, function.coldeflist), scope);
  scope.entries.push_back({.alias = alias_of(function.alias, name)});
}

void Query::join(const PgQuery__JoinExpr& join, Scope& scope) {
  const std::size_t first = scope.entries.size();
  from_item(join.larg, scope);
  from_item(join.rarg, scope);
  const std::vector<std::string> columns = strings(list(join.n_using_clause, join.using_clause));
  const std::size_t joined = scope.entries.size() - first;
  for (std::size_t i = first; i < scope.entries.size(); ++i) {
    ScopeEntry& entry = scope.entries[i];
    if (!entry.relation || (columns.empty() && join.is_natural == 0)) {
      continue;
    }
    entry.used = true;
    if (joined > 2 || join.is_natural != 0) {
      use(*entry.relation);
      continue;
    }
    for (const std::string& column : columns) {
      use(part_of(*entry.relation, ObjectKind::Column, column));
    }
  }
  expression(join.quals, scope);
  if (join.alias != nullptr) {
    // The alias hides what is inside; names through it mean any of them.
    for (std::size_t i = first; i < scope.entries.size(); ++i) {
      if (scope.entries[i].relation) {
        use(*scope.entries[i].relation);
      }
    }
    scope.entries.resize(first);
    scope.entries.push_back({.alias = join.alias->aliasname});
  }
}

}  // namespace medusa
