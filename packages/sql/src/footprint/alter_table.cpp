// SPDX-License-Identifier: MIT
// ALTER TABLE, and the commands it shares with ALTER VIEW, INDEX, SEQUENCE and TYPE.
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/named_object.hpp"
#include "footprint/table.hpp"
#include "hazard/column_type.hpp"

namespace medusa {

namespace {

class TableAlteration {
 public:
  TableAlteration(Effects& effects, ObjectRef table, PgQuery__ObjectType type)
      : effects_(effects),
        table_(std::move(table)),
        type_(type),
        builder_(effects, table_, TableAge::Existing) {}

  void command(PgQuery__AlterTableCmd& command);

 private:
  [[nodiscard]] ObjectRef column(const PgQuery__AlterTableCmd& command) const {
    return part_of(table_, ObjectKind::Column, command.name);
  }

  void add_column(PgQuery__AlterTableCmd& command);
  void alter_type(PgQuery__AlterTableCmd& command);
  void set_default(PgQuery__AlterTableCmd& command);
  void add_identity(PgQuery__AlterTableCmd& command);
  void drop_part(PgQuery__AlterTableCmd& command, ObjectKind kind);
  void partition(PgQuery__AlterTableCmd& command);
  void other(PgQuery__AlterTableCmd& command);
  [[nodiscard]] bool alter_column(PgQuery__AlterTableCmd& command);

  Effects& effects_;
  ObjectRef table_;
  PgQuery__ObjectType type_;
  TableBuilder builder_;
};

void TableAlteration::add_column(PgQuery__AlterTableCmd& command) {
  PgQuery__ColumnDef& definition = *command.def->column_def;
  if (type_ == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
    effects_.alter(table_, std::string("ADD ATTRIBUTE ") + definition.colname);
    Query query(effects_, Evaluation::Later);
    query.type(*definition.type_name);
    return;
  }
  const std::size_t before = effects_.footprint().effects.size();
  builder_.column(definition, false, command.missing_ok != 0);
  builder_.column_constraints(definition);
  if (command.missing_ok != 0) {
    // A column that is there gets no sequence, index or constraint either.
    std::vector<Effect>& effects = effects_.footprint().effects;
    for (std::size_t i = before; i < effects.size(); ++i) {
      effects[i].conditional = effects[i].conditional || effects[i].action == Action::Create;
    }
  }
}

void TableAlteration::alter_type(PgQuery__AlterTableCmd& command) {
  PgQuery__ColumnDef& definition = *command.def->column_def;
  if (type_ == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
    effects_.alter(table_, std::string("ALTER ATTRIBUTE ") + command.name);
    Query query(effects_, Evaluation::Later);
    query.type(*definition.type_name);
    return;
  }
  const ObjectRef object = column(command);
  std::vector<Effect::Dependency> made_of = type_dependencies(effects_, *definition.type_name);
  std::string text = "TYPE " + deparse_type(*definition.type_name);
  effects_.read(object);
  if (definition.raw_default != nullptr) {
    Query query(effects_, Evaluation::Now);
    Scope scope = scope_of(table_);
    query.expression(definition.raw_default, scope);
    text += " USING " + deparse_expression(*definition.raw_default);
  }
  effects_.add({.action = Action::Alter,
                .object = object,
                .depends_on = std::move(made_of),
                .definition = std::move(text),
                .type = column_type(*definition.type_name)});
}

void TableAlteration::set_default(PgQuery__AlterTableCmd& command) {
  Effect effect{.action = Action::Alter, .object = column(command), .definition = "DROP DEFAULT"};
  if (command.def != nullptr) {
    Query query(effects_, Evaluation::Later);
    Scope scope = scope_of(table_);
    query.expression(command.def, scope);
    for (const ObjectRef& used : query.used()) {
      effect.depends_on.push_back({.object = used});
    }
    effect.definition = "SET DEFAULT " + deparse_expression(*command.def);
    if (const auto text = bare_text(command.def)) {
      effects_.text({.of = column(command), .text = *text});
    }
  }
  effects_.add(std::move(effect));
}

void TableAlteration::add_identity(PgQuery__AlterTableCmd& command) {
  effects_.alter(column(command), "ADD GENERATED AS IDENTITY");
  builder_.owned_sequence(command.name, command.def->constraint);
}

void TableAlteration::drop_part(PgQuery__AlterTableCmd& command, ObjectKind kind) {
  if (type_ == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
    effects_.alter(table_, std::string("DROP ATTRIBUTE ") + command.name);
    return;
  }
  effects_.add({.action = Action::Drop,
                .object = part_of(table_, kind, command.name),
                .conditional = command.missing_ok != 0,
                .cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE});
}

void TableAlteration::partition(PgQuery__AlterTableCmd& command) {
  const ObjectRef child = effects_.relation(*command.def->partition_cmd->name);
  effects_.need(child);
  if (type_ == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) {
    effects_.alter(child, "ATTACH PARTITION");
    return effects_.alter(table_, "ATTACH PARTITION");
  }
  // Its indexes and constraints are matched, and made where they are missing.
  effects_.opaque("a partition that comes or goes gets or loses indexes and constraints");
  effects_.write(child, "update");
  effects_.write(table_, "update");
}

bool TableAlteration::alter_column(PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      effects_.read(column(command));
      effects_.alter(column(command), "SET NOT NULL");
      return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      effects_.alter(column(command), "DROP NOT NULL");
      return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      effects_.alter(column(command), "DROP EXPRESSION");
      return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
      effects_.alter(column(command), "SET GENERATED");
      return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      effects_.alter(column(command), "DROP IDENTITY");
      return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
      if (*command.name == '\0') {
        effects_.alter(table_, "SET STATISTICS");
      } else {
        effects_.alter(column(command), "SET STORAGE");
      }
      return true;
    default:
      return false;
  }
}

void TableAlteration::command(PgQuery__AlterTableCmd& command) {
  if (alter_column(command)) {
    return;
  }
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return add_column(command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return set_default(command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return drop_part(command, ObjectKind::Column);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      return builder_.constraint(*command.def->constraint);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return drop_part(command, ObjectKind::Constraint);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      return effects_.alter(
          part_of(table_, ObjectKind::Constraint, command.def->constraint->conname), "DEFERRABLE");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      effects_.read(table_);
      return effects_.alter(part_of(table_, ObjectKind::Constraint, command.name), "VALIDATE");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return alter_type(command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return add_identity(command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return partition(command);
    default:
      return other(command);
  }
}

void TableAlteration::other(PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      return effects_.alter(table_, "OWNER");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOids:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      return effects_.alter(table_, "storage");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
      return effects_.alter(part_of(table_, ObjectKind::Trigger, command.name), "enabled or not");
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      return effects_.alter(table_, "what happens when rows change");
    default:
      effects_.alter(table_, "unknown");
      effects_.opaque("ALTER TABLE with a command that is not known");
  }
}

}  // namespace

void alter_table(Effects& effects, PgQuery__AlterTableStmt& alter) {
  if (effects.temporary(*alter.relation)) {
    return;
  }
  const ObjectKind kind = kind_of(alter.objtype).value_or(ObjectKind::Table);
  ObjectRef table = effects.relation(*alter.relation, kind);
  if (alter.missing_ok != 0) {
    effects.guard(table, true);
  }
  effects.need(table);
  TableAlteration alteration(effects, std::move(table), alter.objtype);
  for (const Node* command : list(alter.n_cmds, alter.cmds)) {
    alteration.command(*command->alter_table_cmd);
  }
}

}  // namespace medusa
