// SPDX-License-Identifier: MIT
// ALTER TABLE ... ADD COLUMN. A value that is the same for all rows is kept in the catalog since
// PostgreSQL 11; anything else is written into every row (manual, "ALTER TABLE", notes).
#include <algorithm>
#include <array>

#include "footprint/builtin.hpp"
#include "footprint/deparse.hpp"
#include "hazard/families.hpp"
#include "hazard/safer.hpp"

namespace medusa {

namespace {

/// PostgreSQL's own with provolatile = 'v' that give a value, and those of uuid-ossp and pgcrypto.
constexpr auto kVolatile = std::to_array<std::string_view>({"array_sample",
                                                            "array_shuffle",
                                                            "clock_timestamp",
                                                            "currval",
                                                            "gen_random_uuid",
                                                            "gen_random_bytes",
                                                            "gen_salt",
                                                            "lastval",
                                                            "nextval",
                                                            "random",
                                                            "random_normal",
                                                            "setval",
                                                            "setseed",
                                                            "timeofday",
                                                            "uuid_generate_v1",
                                                            "uuid_generate_v1mc",
                                                            "uuid_generate_v4",
                                                            "uuidv4",
                                                            "uuidv7"});

/// Catalog: the value is the same for all rows.
TableWork work_of_function(const std::string& name) {
  if (std::find(kVolatile.begin(), kVolatile.end(), name) != kVolatile.end()) {
    return TableWork::Rewrite;
  }
  // Among the harmless ones are volatile ones that nobody has for a default.
  const bool odd = name.starts_with("pg_") || name == "ts_rewrite";
  const FunctionNature nature = builtin_function(name);
  return (nature == FunctionNature::Harmless || nature == FunctionNature::Catalog) && !odd
             ? TableWork::Catalog
             : TableWork::MayRewrite;
}

TableWork work_of_value(const ProtobufCMessage& expression) {
  TableWork work = TableWork::Catalog;
  if (expression.descriptor == &pg_query__func_call__descriptor) {
    const auto& call = reinterpret_cast<const PgQuery__FuncCall&>(expression);
    const std::vector<std::string> name = strings(list(call.n_funcname, call.funcname));
    work = name.empty() ? TableWork::MayRewrite : work_of_function(name.back());
  }
  for_each_child(expression, [&](const ProtobufCMessage& child) {
    work = std::max(work, work_of_value(child));
  });
  return work;
}

bool is_serial(const PgQuery__TypeName& type) {
  const std::vector<std::string> names = strings(list(type.n_names, type.names));
  constexpr auto kSerials = std::to_array<std::string_view>(
      {"serial", "serial2", "serial4", "serial8", "bigserial", "smallserial"});
  return names.size() == 1 &&
         std::find(kSerials.begin(), kSerials.end(), names[0]) != kSerials.end();
}

class NewColumn {
 public:
  NewColumn(Effects& effects, const PgQuery__AlterTableStmt& statement, PgQuery__ColumnDef& column)
      : effects_(effects),
        statement_(statement),
        column_(column),
        value_(column.raw_default) {}

  void read() {
    bool not_null = column_.is_not_null != 0;
    TableWork work = is_serial(*column_.type_name) ? TableWork::Rewrite : TableWork::Catalog;
    for (const Node* node : list(column_.n_constraints, column_.constraints)) {
      const PgQuery__Constraint& constraint = *node->constraint;
      not_null = not_null || constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL ||
                 constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
      if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT) {
        value_ = constraint.raw_expr;
      }
      if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY ||
          constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED) {
        work = TableWork::Rewrite;
      }
    }
    const bool computed = work == TableWork::Rewrite;
    if (value_ != nullptr && content(*value_) != nullptr) {
      work = std::max(work, work_of_value(*content(*value_)));
    }
    if (work != TableWork::Catalog) {
      add(HazardRule::NewColumnRewrites, work, computed ? "" : value_later());
    } else if (not_null && (value_ == nullptr || is_null(*value_))) {
      add(HazardRule::RequiredColumn, TableWork::Scan, null_first());
    }
    constraints();
  }

 private:
  /// CHECK, UNIQUE, PRIMARY KEY and REFERENCES of the column. A reference from a column that is
  /// NULL everywhere is not checked (source: transformAlterTableStmt).
  void constraints() {
    for (const Node* node : list(column_.n_constraints, column_.constraints)) {
      PgQuery__Constraint constraint = *node->constraint;
      PgQuery__String name = PG_QUERY__STRING__INIT;
      name.sval = column_.colname;
      Node item = node_of(&Node::string, PG_QUERY__NODE__NODE_STRING, &name);
      Node* items[] = {&item};
      const bool references = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
      if (references && value_ == nullptr) {
        continue;
      }
      if (constraint.contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK) {
        (references ? constraint.n_fk_attrs : constraint.n_keys) = 1;
        (references ? constraint.fk_attrs : constraint.keys) = items;
      }
      std::vector<Hazard>& hazards = effects_.footprint().hazards;
      const std::size_t before = hazards.size();
      add_constraint_hazards(effects_, statement_, constraint);
      if (hazards.size() > before && !hazards.back().safer.empty()) {
        hazards.back().safer.insert(0, plain_column(value_));
      }
    }
  }

  void add(HazardRule rule, TableWork work, std::string safer) {
    effects_.footprint().hazards.push_back({.rule = rule,
                                            .table = effects_.relation(*statement_.relation),
                                            .name = column_.colname,
                                            .lock = TableLock::AccessExclusive,
                                            .work = work,
                                            .safer = std::move(safer)});
  }

  static bool is_null(const Node& value) {
    return value.node_case == PG_QUERY__NODE__NODE_A_CONST && value.a_const->isnull != 0;
  }

  /// @param value its default; null: none yet.
  [[nodiscard]] std::string plain_column(Node* value = nullptr) const {
    return alter(statement_) + "ADD COLUMN " + quoted(column_.colname) + ' ' +
           deparse_type(*column_.type_name) +
           (value == nullptr ? "" : " DEFAULT " + deparse_expression(*value)) + ";\n";
  }

  [[nodiscard]] std::string value_later() const {
    const std::string value = deparse_expression(*value_);
    return plain_column() + alter(statement_) + "ALTER COLUMN " + quoted(column_.colname) +
           " SET DEFAULT " + value + ";\n-- then in batches:\nUPDATE " +
           quoted(*statement_.relation) + " SET " + quoted(column_.colname) + " = " + value +
           " WHERE " + quoted(column_.colname) + " IS NULL;";
  }

  [[nodiscard]] std::string null_first() const {
    return plain_column() +
           "-- fill it in batches, and make it required as medusa explain not-null-scans says";
  }

  Effects& effects_;
  const PgQuery__AlterTableStmt& statement_;
  PgQuery__ColumnDef& column_;
  Node* value_;
};

}  // namespace

void add_column_hazards(Effects& effects,
                        const PgQuery__AlterTableStmt& statement,
                        PgQuery__AlterTableCmd& command) {
  NewColumn(effects, statement, *command.def->column_def).read();
}

}  // namespace medusa
