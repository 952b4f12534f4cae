// SPDX-License-Identifier: MIT
// One function for each family of statements: adds what the statement does.
#pragma once

#include "footprint/effects.hpp"

namespace medusa {

/// Any statement. What is not known is opaque.
void read_statement(Effects& effects, Node& statement);

void create_table(Effects& effects, PgQuery__CreateStmt& create);
void create_table_as(Effects& effects, PgQuery__CreateTableAsStmt& create);
void alter_table(Effects& effects, PgQuery__AlterTableStmt& alter);
void create_index(Effects& effects, PgQuery__IndexStmt& index);

void create_sequence(Effects& effects, PgQuery__CreateSeqStmt& create);
void alter_sequence(Effects& effects, PgQuery__AlterSeqStmt& alter);

void create_enum(Effects& effects, PgQuery__CreateEnumStmt& create);
void alter_enum(Effects& effects, PgQuery__AlterEnumStmt& alter);
void create_domain(Effects& effects, PgQuery__CreateDomainStmt& create);
void alter_domain(Effects& effects, PgQuery__AlterDomainStmt& alter);
void create_composite(Effects& effects, PgQuery__CompositeTypeStmt& create);
void create_range(Effects& effects, PgQuery__CreateRangeStmt& create);

void create_view(Effects& effects, PgQuery__ViewStmt& view);
void refresh_view(Effects& effects, PgQuery__RefreshMatViewStmt& refresh);

void create_function(Effects& effects, PgQuery__CreateFunctionStmt& create);
void alter_function(Effects& effects, PgQuery__AlterFunctionStmt& alter);
void define(Effects& effects, PgQuery__DefineStmt& define, Node& statement);
void create_trigger(Effects& effects, PgQuery__CreateTrigStmt& create, Node& statement);
void create_policy(Effects& effects, PgQuery__CreatePolicyStmt& create, Node& statement);
void alter_policy(Effects& effects, PgQuery__AlterPolicyStmt& alter);
void create_rule(Effects& effects, PgQuery__RuleStmt& rule);
void create_statistics(Effects& effects, PgQuery__CreateStatsStmt& statistics);

void create_schema(Effects& effects, PgQuery__CreateSchemaStmt& create);
void create_extension(Effects& effects, PgQuery__CreateExtensionStmt& create);
void alter_extension(Effects& effects, PgQuery__AlterExtensionStmt& alter);

void drop(Effects& effects, PgQuery__DropStmt& drop);
void rename(Effects& effects, PgQuery__RenameStmt& rename);
void set_schema(Effects& effects, PgQuery__AlterObjectSchemaStmt& alter);
void set_owner(Effects& effects, PgQuery__AlterOwnerStmt& alter);
void comment(Effects& effects, PgQuery__CommentStmt& comment);
void grant(Effects& effects, PgQuery__GrantStmt& grant);

void change_data(Effects& effects, Node& statement);
void run_block(Effects& effects, const PgQuery__DoStmt& block, Node& statement);
void copy(Effects& effects, PgQuery__CopyStmt& copy);
void truncate(Effects& effects, PgQuery__TruncateStmt& truncate);

void lock(Effects& effects, PgQuery__LockStmt& lock);
void vacuum(Effects& effects, PgQuery__VacuumStmt& vacuum);
void cluster(Effects& effects, PgQuery__ClusterStmt& cluster);
void reindex(Effects& effects, PgQuery__ReindexStmt& reindex);
void set_variable(Effects& effects, PgQuery__VariableSetStmt& set);
/// `SELECT set_config('search_path', ...)` as a statement of its own. False if it is anything else.
[[nodiscard]] bool set_config(Effects& effects, const PgQuery__SelectStmt& select);

}  // namespace medusa
