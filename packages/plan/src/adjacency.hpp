// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "medusa/plan/migration_graph.hpp"

namespace medusa {

/// The edges of a graph by the node they leave, each node's sorted as edge_comes_first says.
class Adjacency {
 public:
  explicit Adjacency(const MigrationGraph& graph);

  [[nodiscard]] std::span<const OrderEdge> leaving(std::size_t node) const {
    return std::span(edges_).subspan(begin_[node], end_[node] - begin_[node]);
  }

  /// All of them, sorted.
  [[nodiscard]] const std::vector<OrderEdge>& edges() const { return edges_; }

 private:
  std::vector<OrderEdge> edges_;
  std::vector<std::size_t> begin_;  ///< By node, into edges_.
  std::vector<std::size_t> end_;
};

}  // namespace medusa
