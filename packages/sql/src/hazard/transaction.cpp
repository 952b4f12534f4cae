// SPDX-License-Identifier: MIT
// What does not go into a transaction, and what ends one.
#include <string>

#include "medusa/sql/rollback.hpp"

#include "hazard/families.hpp"

namespace medusa {

namespace {

/// What migrations are made of is told apart without parsing it once more.
bool is_harmless(const Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_RENAME_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      return true;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return statement.index_stmt->concurrent == 0;
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return statement.drop_stmt->concurrent == 0;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      for (const Node* command :
           list(statement.alter_table_stmt->n_cmds, statement.alter_table_stmt->cmds)) {
        if (command->alter_table_cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition) {
          return false;
        }
      }
      return true;
    // These PostgreSQL allows; their effects outside the transaction are no matter of locks.
    case PG_QUERY__NODE__NODE_COPY_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
      return true;
    default:
      return false;
  }
}

}  // namespace

void transaction_hazards(Effects& effects, const Node& statement, std::string_view sql) {
  std::string what = is_harmless(statement) ? std::string() : find_irreversible(sql);
  if (what.empty()) {
    return;
  }
  const bool controls = statement.node_case == PG_QUERY__NODE__NODE_TRANSACTION_STMT;
  effects.footprint().hazards.push_back(
      {.rule = controls ? HazardRule::TransactionControl : HazardRule::ConcurrentInTransaction,
       .name = std::move(what)});
}

}  // namespace medusa
