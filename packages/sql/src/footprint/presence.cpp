// SPDX-License-Identifier: MIT
#include "footprint/presence.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "medusa/core/error.hpp"

#include "footprint/effects.hpp"
#include "footprint/node.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

/// The texts that columns of a catalog are compared with, all at once.
struct Question {
  bool exists = true;
  std::set<std::string> texts = {};
};

/// `column = 'text'`, several with AND. False for anything else.
bool collect(const Node* condition, std::set<std::string>& texts) {
  if (condition == nullptr) {
    return false;
  }
  if (condition->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
      condition->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
    const NodeList parts = list(condition->bool_expr->n_args, condition->bool_expr->args);
    return std::all_of(
        parts.begin(), parts.end(), [&](const Node* part) { return collect(part, texts); });
  }
  if (condition->node_case != PG_QUERY__NODE__NODE_A_EXPR) {
    return false;
  }
  const PgQuery__AExpr& comparison = *condition->a_expr;
  const auto text = constant_string(comparison.rexpr);
  const bool equals = comparison.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                      comparison.n_name == 1 && string_of(comparison.name[0]) == "=";
  if (!equals || !text.has_value() || comparison.lexpr == nullptr ||
      comparison.lexpr->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
    return false;
  }
  texts.insert(*text);
  return true;
}

/// The query behind EXISTS: of one relation of PostgreSQL's catalog, and a WHERE.
bool asks_catalog(const PgQuery__SelectStmt& select, std::set<std::string>& texts) {
  if (select.n_from_clause != 1 || select.with_clause != nullptr || select.larg != nullptr ||
      select.n_group_clause > 0 || select.having_clause != nullptr ||
      select.from_clause[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
    return false;
  }
  const PgQuery__RangeVar& relation = *select.from_clause[0]->range_var;
  return is_system_relation(relation.schemaname, relation.relname) &&
         collect(select.where_clause, texts);
}

std::optional<Question> question_of(const Node& expression) {
  if (expression.node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
      expression.bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
    auto question = question_of(*expression.bool_expr->args[0]);
    if (question.has_value()) {
      question->exists = !question->exists;
    }
    return question;
  }
  if (expression.node_case != PG_QUERY__NODE__NODE_SUB_LINK ||
      expression.sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK ||
      expression.sub_link->subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
    return std::nullopt;
  }
  Question question;
  return asks_catalog(*expression.sub_link->subselect->select_stmt, question.texts)
             ? std::optional(std::move(question))
             : std::nullopt;
}

std::optional<Question> parse_question(const std::string& condition) {
  try {
    const ParseTree tree = parse("SELECT " + condition);
    const PgQuery__SelectStmt& select = *tree->stmts[0]->stmt->select_stmt;
    return tree->n_stmts == 1 && select.n_target_list == 1 && select.n_from_clause == 0
               ? question_of(*select.target_list[0]->res_target->val)
               : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool asks_for_presence(const std::string& condition, const Effect& effect) {
  const std::optional<Question> question = parse_question(condition);
  if (!question.has_value() || question->exists == (effect.action == Action::Create)) {
    return false;
  }
  const ObjectRef& object = effect.object;
  const std::string& own = object.part.empty() ? object.name : object.part;
  // Beside its own name, only where it is may be asked for.
  // A column of that name of some table is not that column.
  return question->texts.contains(own) &&
         (object.kind != ObjectKind::Column || question->texts.contains(object.name)) &&
         std::all_of(question->texts.begin(), question->texts.end(), [&](const std::string& text) {
           return text == own || text == object.name || text == "public" || text == object.schema;
         });
}

}  // namespace medusa
