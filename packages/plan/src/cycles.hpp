// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/plan/ordering.hpp"

#include "adjacency.hpp"

namespace medusa {

/// A cycle of every tangle (strongly connected part) among the nodes that `is_left` marks: a
/// shortest one through the part's node of lowest rank; by that rank.
[[nodiscard]] std::vector<OrderCycle> find_cycles(const MigrationGraph& graph,
                                                  const Adjacency& adjacency,
                                                  const std::vector<bool>& is_left);

}  // namespace medusa
