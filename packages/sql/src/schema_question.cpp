// SPDX-License-Identifier: MIT
#include "medusa/sql/schema_question.hpp"

#include <algorithm>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"

#include "parse.hpp"
#include "scan.hpp"

namespace medusa {

namespace {

std::string_view string_of(const PgQuery__Node* node) {
  return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_STRING
             ? std::string_view(node->string->sval)
             : "";
}

/// current_schema(), current_database(), or the same without parentheses.
bool is_current_name(const PgQuery__Node& node) {
  if (node.node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION) {
    return true;
  }
  if (node.node_case != PG_QUERY__NODE__NODE_FUNC_CALL) {
    return false;
  }
  const PgQuery__FuncCall& call = *node.func_call;
  if (call.n_args > 0 || call.n_funcname != 1) {
    return false;
  }
  const std::string_view name = string_of(call.funcname[0]);
  return name == "current_schema" || name == "current_database";
}

/// Reads `column = value` and AND of it; false if there is anything else.
bool read_condition(const PgQuery__Node& node, std::vector<SchemaQuestion::Comparison>& found) {
  if (node.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR) {
    const PgQuery__BoolExpr& all = *node.bool_expr;
    return all.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR &&
           std::all_of(all.args, all.args + all.n_args, [&found](const PgQuery__Node* each) {
             return read_condition(*each, found);
           });
  }
  if (node.node_case != PG_QUERY__NODE__NODE_A_EXPR) {
    return false;
  }
  const PgQuery__AExpr& expression = *node.a_expr;
  if (expression.kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || expression.n_name != 1 ||
      string_of(expression.name[0]) != "=" || expression.lexpr == nullptr ||
      expression.rexpr == nullptr ||
      expression.lexpr->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
    return false;
  }
  const PgQuery__ColumnRef& column = *expression.lexpr->column_ref;
  const PgQuery__Node& value = *expression.rexpr;
  if (value.node_case == PG_QUERY__NODE__NODE_A_CONST &&
      value.a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
    found.push_back({.column = std::string(string_of(column.fields[column.n_fields - 1])),
                     .value = value.a_const->sval->sval});
    return true;
  }
  return is_current_name(value);
}

/// `*`, columns and constants.
bool is_plain_target(const PgQuery__Node* node) {
  if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET || node->res_target->val == nullptr) {
    return false;
  }
  const auto kind = node->res_target->val->node_case;
  return kind == PG_QUERY__NODE__NODE_COLUMN_REF || kind == PG_QUERY__NODE__NODE_A_CONST;
}

/// Whether there are only the clauses that SELECT ... FROM ... WHERE ... has.
bool is_plain(const PgQuery__SelectStmt& select) {
  return select.op == PG_QUERY__SET_OPERATION__SETOP_NONE && select.into_clause == nullptr &&
         select.with_clause == nullptr && select.n_locking_clause == 0 &&
         select.n_distinct_clause == 0 && select.n_group_clause == 0 &&
         select.having_clause == nullptr && select.n_window_clause == 0 &&
         select.n_values_lists == 0 && select.n_sort_clause == 0 &&
         select.limit_offset == nullptr && select.limit_count == nullptr &&
         select.n_from_clause == 1 && select.where_clause != nullptr;
}

std::optional<SchemaQuestion> question_of(const PgQuery__SelectStmt& select) {
  if (!is_plain(select) ||
      !std::all_of(
          select.target_list, select.target_list + select.n_target_list, is_plain_target) ||
      select.from_clause[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
    return std::nullopt;
  }
  const PgQuery__RangeVar& table = *select.from_clause[0]->range_var;
  SchemaQuestion question{.view = table.relname};
  if (std::string_view(table.schemaname) != "information_schema" ||
      !read_condition(*select.where_clause, question.comparisons)) {
    return std::nullopt;
  }
  return question;
}

}  // namespace

std::string SchemaQuestion::value_of(std::string_view column) const {
  for (const Comparison& comparison : comparisons) {
    if (comparison.column == column) {
      return comparison.value;
    }
  }
  return {};
}

std::string SchemaQuestion::text() const {
  std::vector<std::string> values;
  for (const Comparison& comparison : comparisons) {
    values.push_back(comparison.value);
  }
  const std::string name = join(values, ".");
  if (view == "tables") {
    return "is there a table " + name;
  }
  if (view == "columns") {
    return "is there a column " + name;
  }
  return "is there a row in information_schema." + view + " for " + name;
}

std::optional<SchemaQuestion> parse_schema_question(std::string_view sql) {
  try {
    refuse_nul(sql);
    const ParseTree tree = parse(std::string(sql));
    if (tree->n_stmts != 1 || tree->stmts[0]->stmt == nullptr ||
        tree->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
      return std::nullopt;
    }
    return question_of(*tree->stmts[0]->stmt->select_stmt);
  } catch (const Error&) {
    return std::nullopt;  // what does not parse is no question
  }
}

}  // namespace medusa
