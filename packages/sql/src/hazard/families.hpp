// SPDX-License-Identifier: MIT
// One function for each family of hazards: adds those of the statement.
#pragma once

#include <string_view>

#include "footprint/effects.hpp"

namespace medusa {

/// Any statement, after its effects are known.
/// @param sql its text.
void read_hazards(Effects& effects, Node& statement, std::string_view sql);

void transaction_hazards(Effects& effects, const Node& statement, std::string_view sql);
void index_hazards(Effects& effects, const PgQuery__IndexStmt& index, std::string_view sql);
void reindex_hazards(Effects& effects, const PgQuery__ReindexStmt& reindex);
void alter_table_hazards(Effects& effects, PgQuery__AlterTableStmt& alter);
void add_column_hazards(Effects& effects,
                        const PgQuery__AlterTableStmt& alter,
                        PgQuery__AlterTableCmd& command);
void add_constraint_hazards(Effects& effects,
                            const PgQuery__AlterTableStmt& alter,
                            PgQuery__Constraint& constraint);
void column_type_hazards(Effects& effects,
                         const PgQuery__AlterTableStmt& alter,
                         const PgQuery__AlterTableCmd& command);
/// CLUSTER, VACUUM FULL.
void rewrite_hazards(Effects& effects, const Node& statement);
/// What the effects say is dropped or gets another name.
void removal_hazards(Effects& effects);
/// Names that PostgreSQL cuts off.
void name_hazards(Effects& effects, std::string_view sql);

}  // namespace medusa
