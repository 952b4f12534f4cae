// SPDX-License-Identifier: MIT
#include "cycles.hpp"

#include <algorithm>
#include <deque>
#include <limits>

namespace medusa {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

/// Tarjan's strongly connected components with a stack of its own instead of recursion.
class Components {
 public:
  Components(const Adjacency& adjacency, const std::vector<bool>& is_left)
      : adjacency_(adjacency),
        is_left_(is_left),
        number_(is_left.size(), kNone),
        low_(is_left.size()),
        component_(is_left.size(), kNone) {
    for (std::size_t node = 0; node < is_left.size(); ++node) {
      if (is_left[node] && number_[node] == kNone) {
        explore(node);
      }
    }
  }

  /// By node; kNone for those that were not left.
  [[nodiscard]] const std::vector<std::size_t>& of_node() const { return component_; }

 private:
  /// A node whose edges are being followed, and how many of them were.
  struct Frame {
    std::size_t node = 0;
    std::size_t next = 0;
  };

  void enter(std::size_t node) {
    number_[node] = low_[node] = count_++;
    open_.push_back(node);
    frames_.push_back({.node = node});
  }

  void explore(std::size_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const auto edges = adjacency_.leaving(frame.node);
      if (frame.next == edges.size()) {
        leave();
        continue;
      }
      const std::size_t from = frame.node;
      const std::size_t to = edges[frame.next++].after;
      if (is_left_[to] && number_[to] == kNone) {
        enter(to);
      } else if (is_left_[to] && component_[to] == kNone) {
        low_[from] = std::min(low_[from], number_[to]);
      }
    }
  }

  void leave() {
    const std::size_t node = frames_.back().node;
    frames_.pop_back();
    if (!frames_.empty()) {
      const std::size_t parent = frames_.back().node;
      low_[parent] = std::min(low_[parent], low_[node]);
    }
    if (low_[node] != number_[node]) {
      return;
    }
    std::size_t member = kNone;
    while (member != node) {
      member = open_.back();
      open_.pop_back();
      component_[member] = components_;
    }
    ++components_;
  }

  const Adjacency& adjacency_;
  const std::vector<bool>& is_left_;
  std::vector<std::size_t> number_;  ///< Order of discovery.
  std::vector<std::size_t> low_;
  std::vector<std::size_t> component_;
  std::vector<std::size_t> open_;
  std::vector<Frame> frames_;
  std::size_t count_ = 0;
  std::size_t components_ = 0;
};

/// Walks breadth first from `start` through its component until an edge leads back; nothing if none
/// does. `came_by` is scratch, all null, and is left so.
OrderCycle shortest_cycle(std::size_t start,
                          const Adjacency& adjacency,
                          const std::vector<std::size_t>& component,
                          std::vector<const OrderEdge*>& came_by) {
  OrderCycle cycle;
  std::deque<std::size_t> queue{start};
  std::vector<std::size_t> touched;
  while (!queue.empty() && cycle.path.empty()) {
    const std::size_t node = queue.front();
    queue.pop_front();
    for (const OrderEdge& edge : adjacency.leaving(node)) {
      if (edge.after == start) {
        const OrderEdge* step = &edge;
        for (; step->before != start; step = came_by[step->before]) {
          cycle.path.push_back(*step);
        }
        cycle.path.push_back(*step);
        break;
      }
      if (component[edge.after] == component[start] && came_by[edge.after] == nullptr) {
        came_by[edge.after] = &edge;
        touched.push_back(edge.after);
        queue.push_back(edge.after);
      }
    }
  }
  for (const std::size_t node : touched) {
    came_by[node] = nullptr;
  }
  std::reverse(cycle.path.begin(), cycle.path.end());
  return cycle;
}

}  // namespace

std::vector<OrderCycle> find_cycles(const MigrationGraph& graph,
                                    const Adjacency& adjacency,
                                    const std::vector<bool>& is_left) {
  const Components components(adjacency, is_left);
  const std::vector<std::size_t>& component = components.of_node();
  std::vector<std::size_t> by_rank;
  for (std::size_t node = 0; node < is_left.size(); ++node) {
    if (is_left[node]) {
      by_rank.push_back(node);
    }
  }
  std::sort(by_rank.begin(), by_rank.end(), [&](std::size_t a, std::size_t b) {
    return graph.rank(a) < graph.rank(b);
  });
  std::vector<OrderCycle> cycles;
  std::vector<bool> seen(graph.size());
  std::vector<const OrderEdge*> came_by(graph.size());
  for (const std::size_t node : by_rank) {
    if (seen[component[node]]) {
      continue;
    }
    seen[component[node]] = true;
    OrderCycle cycle = shortest_cycle(node, adjacency, component, came_by);
    if (!cycle.path.empty()) {
      cycles.push_back(std::move(cycle));
    }
  }
  return cycles;
}

}  // namespace medusa
