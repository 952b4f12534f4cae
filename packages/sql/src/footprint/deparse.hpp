// SPDX-License-Identifier: MIT
// Normal forms: SQL text made from the tree, so that spelling and formatting are gone.
#pragma once

#include <string>

#include "footprint/node.hpp"

namespace medusa {

[[nodiscard]] std::string deparse_statement(Node& statement);
[[nodiscard]] std::string deparse_expression(Node& expression);
[[nodiscard]] std::string deparse_type(PgQuery__TypeName& type);
/// A column or constraint as it stands in CREATE TABLE.
[[nodiscard]] std::string deparse_table_element(Node& element);

/// The message inside a Node of its own, for the functions above: `node_of(&Node::create_stmt,
/// case, &statement)`.
template <typename Message>
[[nodiscard]] Node node_of(Message* Node::*member,
                           PgQuery__Node__NodeCase which,
                           Message* message) {
  Node node = PG_QUERY__NODE__INIT;
  node.node_case = which;
  node.*member = message;
  return node;
}

}  // namespace medusa
