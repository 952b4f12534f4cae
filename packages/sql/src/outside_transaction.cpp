// SPDX-License-Identifier: MIT
#include "outside_transaction.hpp"

#include <algorithm>
#include <string_view>

namespace medusa {

namespace {

/// Whether a list of options, as in REINDEX (CONCURRENTLY), has the one of that name.
bool has_option(PgQuery__Node* const* options, std::size_t count, std::string_view name) {
  return std::any_of(options, options + count, [name](const PgQuery__Node* option) {
    return option->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
           std::string_view(option->def_elem->defname) == name;
  });
}

std::string reindex(const PgQuery__ReindexStmt& statement) {
  if (has_option(statement.params, statement.n_params, "concurrently")) {
    return "REINDEX CONCURRENTLY";
  }
  switch (statement.kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
      return "REINDEX SCHEMA";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM:
      return "REINDEX SYSTEM";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE:
      return "REINDEX DATABASE";
    default:
      return "";
  }
}

/// ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY.
bool detaches_concurrently(const PgQuery__AlterTableStmt& statement) {
  return std::any_of(
      statement.cmds, statement.cmds + statement.n_cmds, [](const PgQuery__Node* node) {
        if (node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) {
          return false;
        }
        const PgQuery__Node* detail = node->alter_table_cmd->def;
        return detail != nullptr && detail->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
               detail->partition_cmd->concurrent != 0;
      });
}

std::string alter_database(const PgQuery__AlterDatabaseStmt& statement) {
  return has_option(statement.options, statement.n_options, "tablespace")
             ? "ALTER DATABASE SET TABLESPACE"
             : "";
}

std::string prepared(const PgQuery__TransactionStmt& statement) {
  switch (statement.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
      return "COMMIT PREPARED";
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
      return "ROLLBACK PREPARED";
    default:
      return "";
  }
}

}  // namespace

std::string outside_transaction(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
      return prepared(*node.transaction_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return node.index_stmt->concurrent != 0 ? "CREATE INDEX CONCURRENTLY" : "";
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return node.drop_stmt->concurrent != 0 ? "DROP INDEX CONCURRENTLY" : "";
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
      return reindex(*node.reindex_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      return detaches_concurrently(*node.alter_table_stmt) ? "DETACH PARTITION CONCURRENTLY" : "";
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
      return node.vacuum_stmt->is_vacuumcmd != 0 ? "VACUUM" : "";  // else ANALYZE
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
      return node.cluster_stmt->relation == nullptr ? "CLUSTER of all tables" : "";
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
      return "CREATE DATABASE";
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
      return "DROP DATABASE";
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
      return alter_database(*node.alter_database_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
      return "CREATE TABLESPACE";
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
      return "DROP TABLESPACE";
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
      return "ALTER SYSTEM";
    // Whether these may run in a transaction depends on options, and they act on another server.
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
      return "CREATE SUBSCRIPTION";
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
      return "ALTER SUBSCRIPTION";
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
      return "DROP SUBSCRIPTION";
    default:
      return "";
  }
}

}  // namespace medusa
