// SPDX-License-Identifier: MIT
#include "footprint/generated_name.hpp"

#include <algorithm>

namespace medusa {

namespace {

constexpr std::size_t kMaximum = 63;  // NAMEDATALEN - 1

// The longest prefix of at most `length` bytes that does not end inside a character.
std::string_view clipped(std::string_view text, std::size_t length) {
  if (text.size() <= length) {
    return text;
  }
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return text.substr(0, length);
}

}  // namespace

std::string generated_name(std::string_view table,
                           std::string_view columns,
                           std::string_view label) {
  std::size_t overhead = label.size() + 1;
  if (!columns.empty()) {
    ++overhead;
  }
  const std::size_t available = kMaximum - overhead;
  std::size_t first = table.size();
  std::size_t second = columns.size();
  while (first + second > available) {
    (first > second ? first : second)--;
  }
  std::string name(clipped(table, first));
  if (!columns.empty()) {
    name += "_" + std::string(clipped(columns, second));
  }
  return name + "_" + std::string(label);
}

std::string joined_columns(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) {
      joined += "_";
    }
    joined += clipped(column, kMaximum);
    if (joined.size() > kMaximum) {
      break;
    }
  }
  return joined;
}

std::string expression_name(const Node* expression) {
  if (expression == nullptr) {
    return {};
  }
  const auto last_of = [](NodeList names) {
    std::string last;
    for (const Node* name : names) {
      if (std::string text = string_of(name); !text.empty()) {
        last = std::move(text);
      }
    }
    return last;
  };
  switch (expression->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return last_of(list(expression->column_ref->n_fields, expression->column_ref->fields));
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
      const PgQuery__AIndirection& path = *expression->a_indirection;
      std::string field = last_of(list(path.n_indirection, path.indirection));
      return field.empty() ? expression_name(path.arg) : field;
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return last_of(list(expression->func_call->n_funcname, expression->func_call->funcname));
    case PG_QUERY__NODE__NODE_A_EXPR:
      return expression->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? "nullif" : "";
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
      std::string inner = expression_name(expression->type_cast->arg);
      const PgQuery__TypeName* type = expression->type_cast->type_name;
      return inner.empty() ? last_of(list(type->n_names, type->names)) : inner;
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return expression_name(expression->collate_clause->arg);
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
      std::string inner = expression_name(expression->case_expr->defresult);
      return inner.empty() ? "case" : inner;
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return "array";
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return "row";
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return "coalesce";
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return expression->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest"
                                                                               : "least";
    default:
      return {};
  }
}

std::string index_column_name(const PgQuery__IndexElem& element) {
  if (*element.name != '\0') {
    return element.name;
  }
  std::string name = expression_name(element.expr);
  return name.empty() ? "expr" : name;
}

std::vector<std::string> index_column_names(NodeList elements) {
  std::vector<std::string> names;
  for (const Node* node : elements) {
    if (node->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) {
      continue;
    }
    const std::string wanted = index_column_name(*node->index_elem);
    std::string name = wanted;
    for (int number = 1; std::find(names.begin(), names.end(), name) != names.end(); ++number) {
      const std::string digits = std::to_string(number);
      name = std::string(clipped(wanted, kMaximum - digits.size())) + digits;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace medusa
