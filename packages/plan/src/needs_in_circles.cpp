// SPDX-License-Identifier: MIT
#include "needs_in_circles.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "medusa/core/text.hpp"
#include "medusa/plan/declared_order.hpp"

namespace medusa {

namespace {

/// Nodes that create each key and were not placed.
using Providers = std::unordered_map<std::string, std::vector<std::size_t>>;

Providers unplaced_providers(const UpgradeOrder& order, const SymbolicRun& run) {
  std::vector<bool> placed(order.pending.size());
  for (const std::size_t node : order.ordering.sequence) {
    placed[node] = true;
  }
  Providers providers;
  for (std::size_t node = 0; node < placed.size(); ++node) {
    if (!placed[node]) {
      for (const std::string& key : run.provided(node)) {
        providers[key].push_back(node);
      }
    }
  }
  return providers;
}

std::string why(const OrderReason& reason) {
  switch (reason.kind) {
    case OrderReason::Kind::Inferred:
      return "needs " + reason.text;
    case OrderReason::Kind::Declared:
      return "declared in " + short_place(reason.place.value_or(Location{}));
    case OrderReason::Kind::SameMember:
      break;
  }
  return "earlier in the same member";
}

std::string places(const OrderReason& reason) {
  if (reason.kind != OrderReason::Kind::Inferred || !reason.needed_at.has_value() ||
      !reason.place.has_value()) {
    return {};
  }
  return " (" + short_place(*reason.needed_at) + "), created in " + short_place(*reason.place);
}

Diagnostic circle_of(const OrderCycle& cycle, const UpgradeOrder& order) {
  std::vector<std::string> members;
  Diagnostic diagnostic{.code = ErrorCode::Plan};
  for (const OrderEdge& edge : cycle.path) {
    const Migration& earlier = *order.pending[edge.before];
    if (std::find(members.begin(), members.end(), earlier.member) == members.end()) {
      members.push_back(earlier.member);
    }
    diagnostic.notes.push_back(order.pending[edge.after]->id() + " runs after " + earlier.id() +
                               ": " + why(edge.reason) + places(edge.reason));
    if (!diagnostic.location.has_value() && edge.reason.needed_at.has_value()) {
      diagnostic.location = edge.reason.needed_at;
    }
  }
  diagnostic.message = "migrations of " + join(members, ", ") + " wait for each other in a circle";
  diagnostic.hint =
      "move what the others need into a migration of its own, with an earlier "
      "timestamp";
  return diagnostic;
}

bool has_need(const OrderCycle& cycle) {
  return std::any_of(cycle.path.begin(), cycle.path.end(), [](const OrderEdge& edge) {
    return edge.reason.kind == OrderReason::Kind::Inferred;
  });
}

}  // namespace

StuckMigrations explain_stuck(const UpgradeOrder& order, const SymbolicRun& run) {
  StuckMigrations stuck;
  const Providers providers = unplaced_providers(order, run);
  std::vector<std::size_t> ranks(order.pending.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  MigrationGraph graph(std::move(ranks));
  for (const OrderEdge& edge : order.ordering.edges) {
    graph.add_edge(edge);
  }
  for (const UnmetNeed& need : order.ordering.unmet) {
    bool provided = true;
    for (const std::string& key : need.keys) {
      const auto found = providers.find(key);
      if (found == providers.end()) {
        provided = false;
        continue;
      }
      for (const std::size_t provider : found->second) {
        if (provider == need.node) {
          provided = false;  // it is not what itself waits for
          continue;
        }
        graph.add_edge({.before = provider,
                        .after = need.node,
                        .reason = run.reason(provider, need.node, key)});
      }
    }
    if (!provided) {
      stuck.unprovided.push_back(need.node);
    }
  }
  for (const OrderCycle& cycle : find_ordering(graph).cycles) {
    if (has_need(cycle)) {
      stuck.circles.push_back(circle_of(cycle, order));
    }
  }
  return stuck;
}

}  // namespace medusa
