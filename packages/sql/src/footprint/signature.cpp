// SPDX-License-Identifier: MIT
#include "footprint/signature.hpp"

#include "hazard/column_type.hpp"

namespace medusa {

namespace {

/// "int4", "text[]"; empty: not one of PostgreSQL's own.
std::string type_word(const PgQuery__TypeName& type) {
  PgQuery__TypeName element = type;
  element.n_array_bounds = 0;
  element.setof = 0;
  element.n_typmods = 0;  // varchar(10) is varchar here
  const std::string name = column_type(element).name;
  return name.empty() || type.n_array_bounds == 0 ? name : name + "[]";
}

bool is_input(const PgQuery__FunctionParameter& parameter) {
  return parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
         parameter.mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
}

bool is_output(const PgQuery__FunctionParameter& parameter) {
  return !is_input(parameter) ||
         parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT;
}

/// The name that a result of a query has (source: FigureColname); empty for what is not told here.
std::string column_name(const Node& target) {
  if (target.node_case != PG_QUERY__NODE__NODE_RES_TARGET) {
    return {};
  }
  const PgQuery__ResTarget& result = *target.res_target;
  if (*result.name != '\0') {
    return result.name;
  }
  if (result.val == nullptr || result.val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
    return {};
  }
  const PgQuery__ColumnRef& column = *result.val->column_ref;
  return column.n_fields == 0 ? "" : string_of(column.fields[column.n_fields - 1]);
}

}  // namespace

std::optional<std::vector<std::string>> arguments_of(const PgQuery__CreateFunctionStmt& create) {
  std::vector<std::string> types;
  for (const Node* node : list(create.n_parameters, create.parameters)) {
    const PgQuery__FunctionParameter& parameter = *node->function_parameter;
    if (!is_input(parameter)) {
      continue;
    }
    types.push_back(type_word(*parameter.arg_type));
    if (types.back().empty()) {
      return std::nullopt;
    }
  }
  return types;
}

std::optional<std::vector<std::string>> arguments_of(const PgQuery__ObjectWithArgs& function) {
  if (function.args_unspecified != 0) {
    return std::nullopt;
  }
  std::vector<std::string> types;
  for (const Node* node : list(function.n_objargs, function.objargs)) {
    if (node->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
      return std::nullopt;
    }
    types.push_back(type_word(*node->type_name));
    if (types.back().empty()) {
      return std::nullopt;
    }
  }
  return types;
}

std::string result_of(const PgQuery__CreateFunctionStmt& create) {
  for (const Node* node : list(create.n_parameters, create.parameters)) {
    if (is_output(*node->function_parameter)) {
      return {};
    }
  }
  if (create.is_procedure != 0) {
    return "procedure";
  }
  if (create.return_type == nullptr) {
    return {};
  }
  const std::string type = type_word(*create.return_type);
  return type.empty() || create.return_type->setof == 0 ? type : "setof " + type;
}

std::optional<std::vector<std::string>> columns_of(const PgQuery__ViewStmt& view) {
  if (view.query == nullptr || view.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
    return std::nullopt;
  }
  const PgQuery__SelectStmt* select = view.query->select_stmt;
  while (select->larg != nullptr) {
    select = select->larg;  // the first of a UNION names the columns
  }
  std::vector<std::string> names;
  for (const Node* target : list(select->n_target_list, select->target_list)) {
    names.push_back(column_name(*target));
  }
  const std::vector<std::string> aliases = strings(list(view.n_aliases, view.aliases));
  for (std::size_t i = 0; i < aliases.size() && i < names.size(); ++i) {
    names[i] = aliases[i];
  }
  for (const std::string& name : names) {
    if (name.empty()) {
      return std::nullopt;
    }
  }
  return names.empty() ? std::nullopt : std::optional(names);
}

}  // namespace medusa
