// SPDX-License-Identifier: MIT
// The commands of ALTER TABLE that take a lock for long.
#include "footprint/generated_name.hpp"
#include "hazard/families.hpp"
#include "hazard/safer.hpp"

namespace medusa {

namespace {

/// A CHECK that holds lets PostgreSQL 12 and later skip the scan (manual, "ALTER TABLE", SET NOT
/// NULL).
std::string not_null_step_by_step(const PgQuery__AlterTableStmt& statement, const char* column) {
  const std::string begin = alter(statement);
  const std::string constraint =
      quoted(generated_name(statement.relation->relname, column, "not_null"));
  return begin + "ADD CONSTRAINT " + constraint + " CHECK (" + quoted(column) +
         " IS NOT NULL) NOT VALID;\n" + begin + "VALIDATE CONSTRAINT " + constraint + ";\n" +
         begin + "ALTER COLUMN " + quoted(column) + " SET NOT NULL;\n" + begin +
         "DROP CONSTRAINT " + constraint + ';';
}

void command_hazards(Effects& effects,
                     PgQuery__AlterTableStmt& statement,
                     PgQuery__AlterTableCmd& command) {
  std::vector<Hazard>& hazards = effects.footprint().hazards;
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return add_column_hazards(effects, statement, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      return add_constraint_hazards(effects, statement, *command.def->constraint);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return column_type_hazards(effects, statement, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      hazards.push_back({.rule = HazardRule::NotNullScans,
                         .table = effects.relation(*statement.relation),
                         .name = command.name,
                         .lock = TableLock::AccessExclusive,
                         .work = TableWork::Scan,
                         .safer = not_null_step_by_step(statement, command.name)});
      return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      // Nothing is written if it is so already.
      hazards.push_back({.rule = HazardRule::TableRewrites,
                         .table = effects.relation(*statement.relation),
                         .name = "ALTER TABLE",
                         .lock = TableLock::AccessExclusive,
                         .work = TableWork::MayRewrite});
      return;
    default:
      return;
  }
}

}  // namespace

void alter_table_hazards(Effects& effects, PgQuery__AlterTableStmt& alter) {
  if (alter.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE || effects.temporary(*alter.relation)) {
    return;
  }
  for (const Node* command : list(alter.n_cmds, alter.cmds)) {
    command_hazards(effects, alter, *command->alter_table_cmd);
  }
}

void rewrite_hazards(Effects& effects, const Node& statement) {
  const auto add = [&](const PgQuery__RangeVar& table, const char* what) {
    if (!effects.temporary(table)) {
      effects.footprint().hazards.push_back({.rule = HazardRule::TableRewrites,
                                             .table = effects.relation(table),
                                             .name = what,
                                             .lock = TableLock::AccessExclusive,
                                             .work = TableWork::Rewrite});
    }
  };
  if (statement.node_case == PG_QUERY__NODE__NODE_CLUSTER_STMT &&
      statement.cluster_stmt->relation != nullptr) {
    add(*statement.cluster_stmt->relation, "CLUSTER");
  }
  if (statement.node_case != PG_QUERY__NODE__NODE_VACUUM_STMT) {
    return;
  }
  const PgQuery__VacuumStmt& vacuum = *statement.vacuum_stmt;
  bool full = false;
  for (const Node* option : list(vacuum.n_options, vacuum.options)) {
    full = full || (option->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
                    std::string_view(option->def_elem->defname) == "full");
  }
  for (const Node* relation : list(vacuum.n_rels, vacuum.rels)) {
    if (full && relation->vacuum_relation->relation != nullptr) {
      add(*relation->vacuum_relation->relation, "VACUUM FULL");
    }
  }
}

}  // namespace medusa
