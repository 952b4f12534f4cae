// SPDX-License-Identifier: MIT
// libpg_query's trees, seen through the standard library.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pg_query.pb-c.h"

namespace medusa {

using Node = PgQuery__Node;
using NodeList = std::span<Node* const>;

[[nodiscard]] inline NodeList list(std::size_t count, Node* const* items) {
  return {items, count};
}

/// The text of a String node; otherwise (NULL, a star) empty.
[[nodiscard]] std::string string_of(const Node* node);

/// As `string_of`, for each: a qualified name, a list of columns.
[[nodiscard]] std::vector<std::string> strings(NodeList nodes);

/// The items of a List node; of anything else, the node itself.
[[nodiscard]] NodeList items(Node* const& node);

/// The constant string that the expression is, casts aside.
[[nodiscard]] std::optional<std::string> constant_string(const Node* expression);

/// The text of a constant string that stands there without a cast.
[[nodiscard]] std::optional<std::string> bare_text(const Node* expression);

/// Whether the expression is a constant other than NULL, casts aside.
[[nodiscard]] bool is_constant(const Node* expression);

/// The messages directly below this one.
void for_each_child(const ProtobufCMessage& message,
                    const std::function<void(const ProtobufCMessage&)>& visit);

/// The message inside a Node; null if it has none.
[[nodiscard]] const ProtobufCMessage* content(const Node& node);

}  // namespace medusa
