// SPDX-License-Identifier: MIT
#include "adjacency.hpp"

#include <algorithm>

namespace medusa {

Adjacency::Adjacency(const MigrationGraph& graph)
    : edges_(graph.edges()),
      begin_(graph.size()),
      end_(graph.size()) {
  std::sort(edges_.begin(), edges_.end(), [&](const OrderEdge& a, const OrderEdge& b) {
    return edge_comes_first(graph, a, b);
  });
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const std::size_t node = edges_[i].before;
    if (i == 0 || edges_[i - 1].before != node) {
      begin_[node] = i;
    }
    end_[node] = i + 1;
  }
}

}  // namespace medusa
