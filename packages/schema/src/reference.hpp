// SPDX-License-Identifier: MIT
// How tables, constraints and indexes hang together.
#pragma once

#include "object_graph.hpp"

namespace medusa {

/// The table or view that the object is, is part of, or indexes; kNoNode if it is none of these.
[[nodiscard]] NodeId table_of(const ObjectGraph& graph, NodeId node);

/// Of a constraint its index, of an index its constraint. kNoNode if there is none.
[[nodiscard]] NodeId twin_of(const ObjectGraph& graph, NodeId node);

/// The index that a foreign key relies on: of the columns that it refers to. kNoNode if it is no
/// foreign key, or the index is not known.
[[nodiscard]] NodeId referenced_key(const ObjectGraph& graph, NodeId constraint);

/// The columns of the table's primary key, in its order; empty: it has none.
[[nodiscard]] std::vector<NodeId> primary_key_columns(const ObjectGraph& graph, NodeId table);

}  // namespace medusa
