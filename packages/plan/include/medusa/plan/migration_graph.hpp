// SPDX-License-Identifier: MIT
// Which migration must come after which, and why: a graph without an order of its own. Nodes are
// positions in a list of the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/location.hpp"

namespace medusa {

/// Why one migration comes after another. Of several reasons the kind that stands first is told.
struct OrderReason {
  enum class Kind {
    Declared,    ///< Somebody said so.
    Inferred,    ///< The later one needs what the earlier one provides.
    SameMember,  ///< A member's migrations keep the order in which they were written.
  };

  Kind kind = Kind::SameMember;
  /// Declared: whom the later one is declared to follow, e.g. "medusa-plugin-reviews". Inferred:
  /// the object, e.g. "table review".
  std::string text = {};
  /// Declared: where. Inferred: where the object is created.
  std::optional<Location> place = {};
  std::optional<Location> needed_at = {};  ///< Inferred: where the object is needed.
};

/// "declared", "inferred" or "same-member"; stable.
[[nodiscard]] std::string_view to_string(OrderReason::Kind kind);

/// Node `before` comes before node `after`.
struct OrderEdge {
  std::size_t before = 0;
  std::size_t after = 0;
  OrderReason reason = {};
};

/// Nodes with their default order, and edges. What is made of it depends on neither the order in
/// which nodes are numbered nor the one in which edges were added.
class MigrationGraph {
 public:
  /// A node for each rank: its place in the default order (TypeORM's). @pre All are different.
  explicit MigrationGraph(std::vector<std::size_t> ranks);

  /// @pre Both ends are nodes. An edge may be there twice, or lead from a node to itself.
  void add_edge(OrderEdge edge);

  [[nodiscard]] std::size_t size() const { return ranks_.size(); }

  [[nodiscard]] std::size_t rank(std::size_t node) const { return ranks_[node]; }

  /// As added.
  [[nodiscard]] const std::vector<OrderEdge>& edges() const { return edges_; }

 private:
  std::vector<std::size_t> ranks_;
  std::vector<OrderEdge> edges_;
};

/// A total order of edges by their ends' ranks and then their reasons: what makes results
/// independent of the order in which edges were added.
[[nodiscard]] bool edge_comes_first(const MigrationGraph& graph,
                                    const OrderEdge& a,
                                    const OrderEdge& b);

}  // namespace medusa
