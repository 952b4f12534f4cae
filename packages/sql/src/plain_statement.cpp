// SPDX-License-Identifier: MIT
#include "medusa/sql/plain_statement.hpp"

#include <algorithm>
#include <utility>

#include "medusa/core/error.hpp"

#include "footprint/node.hpp"
#include "outside_transaction.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

constexpr std::string_view kTemporary = "t";  // pg_class.relpersistence

RelationName relation(const PgQuery__RangeVar* range) {
  return range == nullptr ? RelationName{}
                          : RelationName{.schema = range->schemaname, .name = range->relname};
}

bool is_temporary(const PgQuery__RangeVar* range) {
  return range != nullptr && range->relpersistence == kTemporary;
}

/// set_config() in whatever expression: what it sets may be meant for the statements that follow.
bool calls_set_config(const ProtobufCMessage& message) {
  if (message.descriptor == &pg_query__func_call__descriptor) {
    const auto& call = reinterpret_cast<const PgQuery__FuncCall&>(message);  // NOLINT: protobuf-c's
    const std::vector<std::string> name = strings(list(call.n_funcname, call.funcname));
    if (!name.empty() && name.back() == "set_config") {
      return true;
    }
  }
  bool found = false;
  for_each_child(message,
                 [&](const ProtobufCMessage& child) { found = found || calls_set_config(child); });
  return found;
}

SessionEffect session_effect(const Node& node) {
  const auto temporary = [](const PgQuery__RangeVar* range) {
    return is_temporary(range) ? SessionEffect::Temporary : SessionEffect::None;
  };
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
      return node.variable_set_stmt->is_local != 0 ? SessionEffect::None : SessionEffect::Setting;
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
    case PG_QUERY__NODE__NODE_PREPARE_STMT:
    case PG_QUERY__NODE__NODE_DEALLOCATE_STMT:
    case PG_QUERY__NODE__NODE_LISTEN_STMT:
    case PG_QUERY__NODE__NODE_LOAD_STMT:
      return SessionEffect::Setting;
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      if (const PgQuery__IntoClause* into = node.select_stmt->into_clause) {
        return temporary(into->rel);
      }
      return calls_set_config(node.select_stmt->base) ? SessionEffect::Setting
                                                      : SessionEffect::None;
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      return temporary(node.create_stmt->relation);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      return temporary(node.create_table_as_stmt->into->rel);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      return temporary(node.view_stmt->view);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      return temporary(node.create_seq_stmt->sequence);
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
      return SessionEffect::Temporary;
    default:
      return SessionEffect::None;
  }
}

Aftermath aftermath(const Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return Aftermath::IndexBuilt;
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return Aftermath::IndexGone;
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
      return Aftermath::Repeatable;
    default:
      return Aftermath::Unknown;
  }
}

void read_indexes(const Node& node, PlainStatement& statement) {
  if (node.node_case == PG_QUERY__NODE__NODE_INDEX_STMT) {
    const PgQuery__IndexStmt& index = *node.index_stmt;
    statement.table = relation(index.relation);
    const std::string name = index.idxname;
    if (!name.empty()) {
      // An index is always in the schema of its table.
      statement.indexes.push_back({.schema = statement.table.schema, .name = name});
    }
    return;
  }
  if (node.node_case != PG_QUERY__NODE__NODE_DROP_STMT) {
    return;
  }
  for (Node* const& object : list(node.drop_stmt->n_objects, node.drop_stmt->objects)) {
    const std::vector<std::string> name = strings(items(object));
    if (!name.empty()) {
      statement.indexes.push_back(
          {.schema = name.size() > 1 ? name[name.size() - 2] : "", .name = name.back()});
    }
  }
}

PlainStatement read(const Statement& part, const Node& node) {
  PlainStatement statement{.text = part.text,
                           .effect = part.effect,
                           .outside = outside_transaction(node),
                           .session = session_effect(node)};
  if (node.node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
    statement.setting = node.variable_set_stmt->name;
  }
  if (!statement.outside.empty()) {
    statement.aftermath = aftermath(node);
    read_indexes(node, statement);
  }
  return statement;
}

bool must_be_divided(const std::vector<PlainStatement>& statements) {
  return statements.size() > 1 &&
         std::any_of(statements.begin(), statements.end(), [](const PlainStatement& statement) {
           return !statement.outside.empty() || statement.effect != TransactionEffect::None ||
                  statement.session != SessionEffect::None;
         });
}

}  // namespace

std::vector<PlainStatement> read_plain_statements(std::string_view sql) {
  std::vector<PlainStatement> statements;
  try {
    for (const Statement& part : split_statements(sql)) {
      const ParseTree tree = parse(part.text);
      statements.push_back(read(part, *tree->stmts[0]->stmt));
    }
  } catch (const Error&) {
    return {{.text = std::string(sql)}};  // the server will say what is wrong, or knows better
  }
  return statements;
}

std::vector<PlainStatement> sent_statements(std::string_view sql, bool has_parameters) {
  std::vector<PlainStatement> statements = read_plain_statements(sql);
  if (!has_parameters && must_be_divided(statements)) {
    return statements;
  }
  PlainStatement whole = statements.size() == 1 ? statements.front() : PlainStatement{};
  whole.text = std::string(sql);
  return {std::move(whole)};
}

std::string find_outside_transaction(std::string_view sql) {
  for (const PlainStatement& statement : read_plain_statements(sql)) {
    if (!statement.outside.empty()) {
      return statement.outside;
    }
  }
  return {};
}

}  // namespace medusa
