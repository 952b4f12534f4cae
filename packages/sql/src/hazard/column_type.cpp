// SPDX-License-Identifier: MIT
// Which changes of a column's type leave its rows as they are.
#include "hazard/column_type.hpp"

#include <algorithm>
#include <array>

#include "footprint/builtin.hpp"
#include "footprint/deparse.hpp"
#include "hazard/families.hpp"
#include "hazard/safer.hpp"

namespace medusa {

namespace {

/// Types of which none is stored as another one is, so that a change between two always rewrites.
/// The texts (text, varchar, bpchar) and the two timestamps count as one each.
constexpr std::array<std::string_view, 18> kStoredDifferently{"bool",
                                                              "bpchar",
                                                              "bytea",
                                                              "date",
                                                              "float4",
                                                              "float8",
                                                              "int2",
                                                              "int4",
                                                              "int8",
                                                              "json",
                                                              "jsonb",
                                                              "numeric",
                                                              "text",
                                                              "time",
                                                              "timestamp",
                                                              "timestamptz",
                                                              "uuid",
                                                              "varchar"};

bool is_known(const ColumnType& type) {
  return std::find(kStoredDifferently.begin(), kStoredDifferently.end(), type.name) !=
         kStoredDifferently.end();
}

bool is_text(const ColumnType& type) {
  return type.name == "text" || type.name == "varchar";
}

bool is_timestamp(const ColumnType& type) {
  return type.name == "timestamp" || type.name == "timestamptz";
}

/// varchar(n), varbit(n), timestamp(n): no limit, or none that is smaller. Source: the support
/// functions varchar_support, varbit_support, timestamp_support, time_support.
TableWork work_of_limit(const ColumnType& from, const ColumnType& to) {
  const bool widens =
      to.arguments.empty() || (!from.arguments.empty() && from.arguments[0] <= to.arguments[0]);
  return widens ? TableWork::Catalog : TableWork::Rewrite;
}

/// Source: numeric_support.
TableWork work_of_numeric(const ColumnType& from, const ColumnType& to) {
  if (to.arguments.empty()) {
    return TableWork::Catalog;
  }
  const auto scale = [](const ColumnType& type) {
    return type.arguments.size() > 1 ? type.arguments[1] : 0;
  };
  const bool widens =
      !from.arguments.empty() && from.arguments[0] <= to.arguments[0] && scale(from) == scale(to);
  return widens ? TableWork::Catalog : TableWork::Rewrite;
}

/// The column itself, or a cast of it to the type that it gets: as good as no USING.
bool says_nothing(const Node& expression, std::string_view column, const ColumnType& type) {
  if (expression.node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
    const PgQuery__TypeCast& cast = *expression.type_cast;
    return !type.name.empty() && column_type(*cast.type_name) == type &&
           says_nothing(*cast.arg, column, {});
  }
  return expression.node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
         expression.column_ref->n_fields == 1 &&
         string_of(expression.column_ref->fields[0]) == column;
}

std::string with_new_column(const PgQuery__AlterTableStmt& statement,
                            const std::string& column,
                            const std::string& type) {
  return alter(statement) + "ADD COLUMN " + quoted(column + "_new") + ' ' + type +
         ";\n-- write both columns, copy the rest in batches, switch over, drop the old one later";
}

}  // namespace

ColumnType column_type(const PgQuery__TypeName& type) {
  const std::vector<std::string> names = strings(list(type.n_names, type.names));
  const bool own = names.size() == 1 || (names.size() == 2 && names[0] == "pg_catalog");
  if (type.n_array_bounds > 0 || type.setof != 0 || !own || !is_builtin_type(names.back())) {
    return {};
  }
  ColumnType result{.name = names.back()};
  for (const Node* argument : list(type.n_typmods, type.typmods)) {
    if (argument->node_case != PG_QUERY__NODE__NODE_A_CONST ||
        argument->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL) {
      return {};
    }
    result.arguments.push_back(argument->a_const->ival->ival);
  }
  return result;
}

TableWork work_of_type_change(const ColumnType& from, const ColumnType& to) {
  if (from.name.empty() || to.name.empty()) {
    return TableWork::MayRewrite;
  }
  if (from == to) {
    return TableWork::Catalog;
  }
  if (from.name == to.name) {
    if (from.name == "numeric") {
      return work_of_numeric(from, to);
    }
    const bool limited = from.name == "varchar" || from.name == "varbit" || from.name == "time" ||
                         from.name == "timetz" || is_timestamp(from);
    return limited ? work_of_limit(from, to)
                   : (is_known(from) ? TableWork::Rewrite : TableWork::MayRewrite);
  }
  if (is_text(from) && is_text(to)) {
    return to.arguments.empty() ? TableWork::Catalog : TableWork::Rewrite;
  }
  if (!is_known(from) || !is_known(to) || (is_timestamp(from) && is_timestamp(to))) {
    return TableWork::MayRewrite;  // timestamps: not where the time zone is UTC
  }
  // Anything that goes into bpchar without a length is left as it is, blanks and all.
  return is_text(from) && to.name == "bpchar" ? TableWork::MayRewrite : TableWork::Rewrite;
}

void column_type_hazards(Effects& effects,
                         const PgQuery__AlterTableStmt& statement,
                         const PgQuery__AlterTableCmd& command) {
  PgQuery__ColumnDef& column = *command.def->column_def;
  Hazard hazard{.rule = HazardRule::ColumnTypeRewrites,
                .table = effects.relation(*statement.relation),
                .name = command.name,
                .lock = TableLock::AccessExclusive,
                .work = TableWork::MayRewrite,
                .safer = with_new_column(statement, command.name, deparse_type(*column.type_name))};
  ColumnType type = column_type(*column.type_name);
  if (column.raw_default == nullptr || says_nothing(*column.raw_default, command.name, type)) {
    hazard.type = std::move(type);
  } else if (column.raw_default->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) {
    hazard.work = TableWork::Rewrite;
  }
  effects.footprint().hazards.push_back(std::move(hazard));
}

}  // namespace medusa
