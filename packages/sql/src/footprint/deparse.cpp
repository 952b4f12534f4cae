// SPDX-License-Identifier: MIT
#include "footprint/deparse.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "pg_query.h"

namespace medusa {

namespace {

// What libpg_query cannot write: the tree itself, without places.
std::string describe(const ProtobufCMessage& message) {
  std::string text = message.descriptor->short_name;
  std::string packed(protobuf_c_message_get_packed_size(&message), '\0');
  protobuf_c_message_pack(&message, reinterpret_cast<std::uint8_t*>(packed.data()));
  text += " " + packed;
  return text;
}

std::string deparse(PgQuery__ParseResult& tree) {
  std::string packed(pg_query__parse_result__get_packed_size(&tree), '\0');
  pg_query__parse_result__pack(&tree, reinterpret_cast<std::uint8_t*>(packed.data()));
  const std::unique_ptr<PgQueryDeparseResult, void (*)(PgQueryDeparseResult*)> result(
      new PgQueryDeparseResult(
          pg_query_deparse_protobuf({.len = packed.size(), .data = packed.data()})),
      [](PgQueryDeparseResult* owned) {
        pg_query_free_deparse_result(*owned);
        delete owned;
      });
  if (result->error != nullptr || result->query == nullptr) {
    return describe(tree.base);
  }
  return result->query;
}

std::string without(std::string text, std::string_view prefix, std::string_view suffix = {}) {
  if (text.starts_with(prefix) && text.ends_with(suffix)) {
    text = text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
  }
  return text;
}

/// Other spellings of these ("integer", "timestamp with time zone") parse to pg_catalog's type of
/// that name, where an unqualified name is looked for first as well.
bool is_short_name(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"bool",
                                                           "float4",
                                                           "float8",
                                                           "int2",
                                                           "int4",
                                                           "int8",
                                                           "numeric",
                                                           "time",
                                                           "timestamp",
                                                           "timestamptz",
                                                           "timetz",
                                                           "varchar"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string deparse_cast_to(PgQuery__TypeName& type) {
  PgQuery__AConst null = PG_QUERY__A__CONST__INIT;
  null.isnull = 1;
  Node null_node = node_of(&Node::a_const, PG_QUERY__NODE__NODE_A_CONST, &null);
  PgQuery__TypeCast cast = PG_QUERY__TYPE_CAST__INIT;
  cast.arg = &null_node;
  cast.type_name = &type;
  Node expression = node_of(&Node::type_cast, PG_QUERY__NODE__NODE_TYPE_CAST, &cast);
  return without(deparse_expression(expression), "NULL::");
}

}  // namespace

std::string deparse_statement(Node& statement) {
  PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
  raw.stmt = &statement;
  PgQuery__RawStmt* raws[] = {&raw};
  PgQuery__ParseResult tree = PG_QUERY__PARSE_RESULT__INIT;
  tree.version = PG_VERSION_NUM;
  tree.n_stmts = 1;
  tree.stmts = raws;
  return deparse(tree);
}

std::string deparse_expression(Node& expression) {
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = &expression;
  Node target_node = node_of(&Node::res_target, PG_QUERY__NODE__NODE_RES_TARGET, &target);
  Node* targets[] = {&target_node};
  PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
  select.n_target_list = 1;
  select.target_list = targets;
  select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
  select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
  Node statement = node_of(&Node::select_stmt, PG_QUERY__NODE__NODE_SELECT_STMT, &select);
  return without(deparse_statement(statement), "SELECT ");
}

std::string deparse_type(PgQuery__TypeName& type) {
  if (type.n_names != 1 || !is_short_name(string_of(type.names[0]))) {
    return deparse_cast_to(type);
  }
  std::string catalog = "pg_catalog";
  PgQuery__String schema = PG_QUERY__STRING__INIT;
  schema.sval = catalog.data();
  Node schema_node = node_of(&Node::string, PG_QUERY__NODE__NODE_STRING, &schema);
  Node* names[] = {&schema_node, type.names[0]};
  PgQuery__TypeName qualified = type;
  qualified.n_names = 2;
  qualified.names = names;
  return deparse_cast_to(qualified);
}

std::string deparse_table_element(Node& element) {
  PgQuery__RangeVar name = PG_QUERY__RANGE_VAR__INIT;
  std::string x = "x";
  std::string permanent = "p";
  name.relname = x.data();
  name.relpersistence = permanent.data();
  name.inh = 1;
  Node* elements[] = {&element};
  PgQuery__CreateStmt create = PG_QUERY__CREATE_STMT__INIT;
  create.relation = &name;
  create.n_table_elts = 1;
  create.table_elts = elements;
  create.oncommit = PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_NOOP;
  Node statement = node_of(&Node::create_stmt, PG_QUERY__NODE__NODE_CREATE_STMT, &create);
  return without(deparse_statement(statement), "CREATE TABLE x (", ")");
}

}  // namespace medusa
