// SPDX-License-Identifier: MIT
// The order of a graph's migrations: of all orders that respect every edge, the one whose sequence
// of default ranks is lexicographically smallest. So a migration stands at its default place unless
// it must wait, and then right behind what it waits for; nothing is moved forward.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "medusa/plan/migration_graph.hpp"

namespace medusa {

/// Decides whether a migration that may run as far as the graph is concerned can run now: a
/// symbolic database. Keys are its own words for what migrations need and provide.
///
/// Contract: a key leaves the answer of `missing` only when `place` has returned it; any key may
/// enter it when a node is placed (something was dropped).
class OrderGate {
 public:
  OrderGate() = default;
  virtual ~OrderGate() = default;
  OrderGate(const OrderGate&) = delete;
  OrderGate& operator=(const OrderGate&) = delete;
  OrderGate(OrderGate&&) = delete;
  OrderGate& operator=(OrderGate&&) = delete;

  /// What the node needs and nothing placed so far provides; empty: it can run.
  [[nodiscard]] virtual std::vector<std::string> missing(std::size_t node) = 0;

  /// The node runs next. Returns the keys it provides.
  virtual std::vector<std::string> place(std::size_t node) = 0;

  /// What to say about `node` having waited until `provider` provided `key`.
  [[nodiscard]] virtual OrderReason reason(std::size_t provider,
                                           std::size_t node,
                                           const std::string& key) const;
};

/// Edges that lead in a circle: each begins where the one before it ends.
struct OrderCycle {
  std::vector<OrderEdge> path = {};
};

/// A node that could not be placed because nothing provides what it needs.
struct UnmetNeed {
  std::size_t node = 0;
  std::vector<std::string> keys = {};  ///< Sorted.
};

/// What find_ordering found. Complete if there are neither cycles nor unmet needs; else `sequence`
/// has what could be placed, and the rest stands behind a problem.
struct Ordering {
  std::vector<std::size_t> sequence = {};  ///< Nodes, first to run first.
  /// By node: why it does not stand at its default place, that is, why something of a higher rank
  /// comes before it: the edge to blame. Nothing: no reason is needed.
  std::vector<std::optional<OrderEdge>> because = {};
  /// By node: the edge it waited for longest.
  std::vector<std::optional<OrderEdge>> last = {};
  std::vector<std::size_t> ranks = {};  ///< By node.
  /// The graph's edges and the inferred ones, sorted.
  std::vector<OrderEdge> edges = {};
  std::vector<OrderCycle> cycles = {};  ///< One for each tangle, by rank.
  std::vector<UnmetNeed> unmet = {};    ///< By rank.

  [[nodiscard]] bool complete() const { return cycles.empty() && unmet.empty(); }

  /// Why the node stands where it stands, and why what it waited for stands where that stands, and
  /// so on; empty for a node at its default place.
  [[nodiscard]] std::vector<OrderEdge> chain(std::size_t node) const;
};

/// Orders in O((n + e) log n), without recursion. Without a gate only the graph decides.
[[nodiscard]] Ordering find_ordering(const MigrationGraph& graph, OrderGate* gate = nullptr);

}  // namespace medusa
