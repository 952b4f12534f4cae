// SPDX-License-Identifier: MIT
// Constant texts that become values of a column's type: where they are compared with the column or
// written into it.
#include <map>
#include <set>

#include "footprint/query.hpp"

namespace medusa {

namespace {

/// More different texts than this, and the column is taken for one of texts.
constexpr std::size_t kMostValues = 100;

/// The operators that enums have (manual, "Enumerated Types").
bool is_comparison(const std::string& name) {
  return name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" || name == ">=";
}

bool compares(const PgQuery__AExpr& expression) {
  switch (expression.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      return expression.n_name > 0 &&
             is_comparison(string_of(expression.name[expression.n_name - 1]));
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      return true;
    default:
      return false;
  }
}

/// What one INSERT gives each of its columns, by position from 0.
using InsertedTexts = std::map<std::size_t, std::set<std::string>>;

void add_row(InsertedTexts& texts, NodeList row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool is_target =
        row[i] != nullptr && row[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET;
    const auto text = bare_text(is_target ? row[i]->res_target->val : row[i]);
    if (text) {
      texts[i].insert(*text);
    }
  }
}

InsertedTexts texts_of(const PgQuery__SelectStmt& source) {
  InsertedTexts texts;
  for (Node* const& row : list(source.n_values_lists, source.values_lists)) {
    add_row(texts, items(row));
  }
  add_row(texts, list(source.n_target_list, source.target_list));
  return texts;
}

}  // namespace

void Query::text_like(const Node* column, const Node* constant, Scope& scope) {
  const std::optional<std::string> text = bare_text(constant);
  if (!text || column == nullptr || column->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
    return;
  }
  std::vector<std::string> name;
  for (const Node* field : list(column->column_ref->n_fields, column->column_ref->fields)) {
    name.push_back(string_of(field));
  }
  const std::vector<ObjectRef> objects = resolve(scope, name, false);
  if (objects.size() == 1 && objects.front().kind == ObjectKind::Column) {
    effects_.text({.of = objects.front(), .text = *text});
  }
}

void Query::compared_texts(const PgQuery__AExpr& expression, Scope& scope) {
  if (!compares(expression)) {
    return;
  }
  for (Node* const& side : {expression.lexpr, expression.rexpr}) {
    const Node* const other = side == expression.lexpr ? expression.rexpr : expression.lexpr;
    for (const Node* item : items(side)) {
      text_like(other, item, scope);
    }
  }
}

void Query::compared_texts(const PgQuery__CaseExpr& expression, Scope& scope) {
  for (const Node* node : list(expression.n_args, expression.args)) {
    if (node->node_case == PG_QUERY__NODE__NODE_CASE_WHEN) {
      text_like(expression.arg, node->case_when->expr, scope);
    }
  }
}

void Query::assigned_texts(const PgQuery__RangeVar& relation, NodeList targets) {
  for (const Node* node : targets) {
    if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET || node->res_target->n_indirection > 0) {
      continue;
    }
    if (const auto text = bare_text(node->res_target->val)) {
      effects_.text(
          {.of = part_of(effects_.relation(relation), ObjectKind::Column, node->res_target->name),
           .text = *text});
    }
  }
}

void Query::inserted_texts(const PgQuery__InsertStmt& insert) {
  if (insert.select_stmt == nullptr ||
      insert.select_stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
      effects_.temporary(*insert.relation)) {
    return;
  }
  const ObjectRef table = effects_.relation(*insert.relation);
  const NodeList columns = list(insert.n_cols, insert.cols);
  for (const auto& [place, texts] : texts_of(*insert.select_stmt->select_stmt)) {
    if (texts.size() > kMostValues || (!columns.empty() && place >= columns.size())) {
      continue;
    }
    ConstantText constant{.of = table, .position = place + 1};
    if (!columns.empty()) {
      constant = {.of = part_of(table, ObjectKind::Column, columns[place]->res_target->name)};
    }
    for (const std::string& text : texts) {
      constant.text = text;
      effects_.text(constant);
    }
  }
}

}  // namespace medusa
