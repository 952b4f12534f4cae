// SPDX-License-Identifier: MIT
// Which family a statement belongs to.
#include <algorithm>
#include <string>

#include "footprint/families.hpp"

namespace medusa {

namespace {

// "CreateOpClassStmt" as "CREATE OP CLASS", for reasons.
std::string words_of_statement(const Node& statement) {
  const ProtobufCMessage* const message = content(statement);
  std::string name = message == nullptr ? "" : message->descriptor->short_name;
  if (name.ends_with("Stmt")) {
    name.resize(name.size() - 4);
  }
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    if (upper && i > 0) {
      words += ' ';
    }
    words += upper || name[i] < 'a' || name[i] > 'z' ? name[i] : static_cast<char>(name[i] - 32);
  }
  return words;
}

void unknown(Effects& effects, const Node& statement) {
  effects.opaque(words_of_statement(statement) + " is not among what footprints know");
}

bool read_definition(Effects& effects, Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      create_table(effects, *statement.create_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      create_table_as(effects, *statement.create_table_as_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      alter_table(effects, *statement.alter_table_stmt);
      return true;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      create_index(effects, *statement.index_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
      create_statistics(effects, *statement.create_stats_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      create_sequence(effects, *statement.create_seq_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
      alter_sequence(effects, *statement.alter_seq_stmt);
      return true;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      create_view(effects, *statement.view_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
      create_function(effects, *statement.create_function_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
      alter_function(effects, *statement.alter_function_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      create_trigger(effects, *statement.create_trig_stmt, statement);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
      create_policy(effects, *statement.create_policy_stmt, statement);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
      alter_policy(effects, *statement.alter_policy_stmt);
      return true;
    case PG_QUERY__NODE__NODE_RULE_STMT:
      create_rule(effects, *statement.rule_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
      create_schema(effects, *statement.create_schema_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      create_extension(effects, *statement.create_extension_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
      alter_extension(effects, *statement.alter_extension_stmt);
      return true;
    default:
      return false;
  }
}

bool read_type(Effects& effects, Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      create_enum(effects, *statement.create_enum_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
      alter_enum(effects, *statement.alter_enum_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      create_domain(effects, *statement.create_domain_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
      alter_domain(effects, *statement.alter_domain_stmt);
      return true;
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      create_composite(effects, *statement.composite_type_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      create_range(effects, *statement.create_range_stmt);
      return true;
    case PG_QUERY__NODE__NODE_DEFINE_STMT:
      define(effects, *statement.define_stmt, statement);
      return true;
    default:
      return false;
  }
}

bool read_change(Effects& effects, Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_DROP_STMT:
      drop(effects, *statement.drop_stmt);
      return true;
    case PG_QUERY__NODE__NODE_RENAME_STMT:
      rename(effects, *statement.rename_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      set_schema(effects, *statement.alter_object_schema_stmt);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
      set_owner(effects, *statement.alter_owner_stmt);
      return true;
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
      comment(effects, *statement.comment_stmt);
      return true;
    case PG_QUERY__NODE__NODE_GRANT_STMT:
      grant(effects, *statement.grant_stmt);
      return true;
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
      refresh_view(effects, *statement.refresh_mat_view_stmt);
      return true;
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
      truncate(effects, *statement.truncate_stmt);
      return true;
    case PG_QUERY__NODE__NODE_COPY_STMT:
      copy(effects, *statement.copy_stmt);
      return true;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      change_data(effects, statement);
      return true;
    case PG_QUERY__NODE__NODE_LOCK_STMT:
      lock(effects, *statement.lock_stmt);
      return true;
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
      vacuum(effects, *statement.vacuum_stmt);
      return true;
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
      cluster(effects, *statement.cluster_stmt);
      return true;
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
      reindex(effects, *statement.reindex_stmt);
      return true;
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
      set_variable(effects, *statement.variable_set_stmt);
      return true;
    default:
      return false;
  }
}

// A statement of SELECT's own; SELECT INTO is CREATE TABLE AS.
void read_select(Effects& effects, Node& statement) {
  PgQuery__SelectStmt& select = *statement.select_stmt;
  if (select.into_clause == nullptr) {
    if (!set_config(effects, select)) {
      change_data(effects, statement);
    }
    return;
  }
  PgQuery__IntoClause* const into = select.into_clause;
  select.into_clause = nullptr;
  PgQuery__CreateTableAsStmt create = PG_QUERY__CREATE_TABLE_AS_STMT__INIT;
  create.query = &statement;
  create.into = into;
  create.objtype = PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
  create_table_as(effects, create);
  select.into_clause = into;
}

void read_explain(Effects& effects, const PgQuery__ExplainStmt& explain) {
  // With ANALYZE it is executed; without, it must be possible.
  read_statement(effects, *explain.query);
}

void read_transaction(Effects& effects, const PgQuery__TransactionStmt& transaction) {
  switch (transaction.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
      return;
    default:
      effects.opaque("it takes back what was done before");
  }
}

}  // namespace

void read_statement(Effects& effects, Node& statement) {
  if (read_definition(effects, statement) || read_type(effects, statement) ||
      read_change(effects, statement)) {
    return;
  }
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return read_select(effects, statement);
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
      return read_explain(effects, *statement.explain_stmt);
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
      return read_transaction(effects, *statement.transaction_stmt);
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
      return effects.write({.kind = ObjectKind::Setting, .name = "constraints"}, "set");
    case PG_QUERY__NODE__NODE_DO_STMT:
      return run_block(effects, *statement.do_stmt, statement);
    case PG_QUERY__NODE__NODE_CALL_STMT:
      return effects.opaque("CALL runs a procedure");
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_EXECUTE_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_FETCH_STMT:
      return effects.opaque("a prepared statement or cursor is not followed");
    case PG_QUERY__NODE__NODE_NOTIFY_STMT:
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_UNLISTEN_STMT:
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
    case PG_QUERY__NODE__NODE_CHECK_POINT_STMT:
      return;
    default:
      return unknown(effects, statement);
  }
}

}  // namespace medusa
