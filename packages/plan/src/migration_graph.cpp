// SPDX-License-Identifier: MIT
#include "medusa/plan/migration_graph.hpp"

#include <tuple>
#include <utility>

namespace medusa {

namespace {

auto place_key(const std::optional<Location>& place) {
  const Location location = place.value_or(Location{});
  return std::tuple(location.file, location.line, location.column);
}

bool is_before(const OrderReason& a, const OrderReason& b) {
  if (a.kind != b.kind || a.kind == OrderReason::Kind::SameMember) {
    return a.kind < b.kind;
  }
  return std::tuple(a.text, place_key(a.place), place_key(a.needed_at)) <
         std::tuple(b.text, place_key(b.place), place_key(b.needed_at));
}

}  // namespace

std::string_view to_string(OrderReason::Kind kind) {
  switch (kind) {
    case OrderReason::Kind::Declared:
      return "declared";
    case OrderReason::Kind::Inferred:
      return "inferred";
    case OrderReason::Kind::SameMember:
      break;
  }
  return "same-member";
}

MigrationGraph::MigrationGraph(std::vector<std::size_t> ranks) : ranks_(std::move(ranks)) {}

void MigrationGraph::add_edge(OrderEdge edge) {
  edges_.push_back(std::move(edge));
}

bool edge_comes_first(const MigrationGraph& graph, const OrderEdge& a, const OrderEdge& b) {
  const auto ends = [&](const OrderEdge& edge) {
    return std::pair(graph.rank(edge.before), graph.rank(edge.after));
  };
  return ends(a) != ends(b) ? ends(a) < ends(b) : is_before(a.reason, b.reason);
}

}  // namespace medusa
