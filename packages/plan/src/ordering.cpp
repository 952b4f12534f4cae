// SPDX-License-Identifier: MIT
#include "medusa/plan/ordering.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <unordered_map>
#include <utility>

#include "adjacency.hpp"
#include "cycles.hpp"

namespace medusa {

namespace {

/// A deferred node was asked about because `provider` provided `key`.
struct Provision {
  std::size_t provider = 0;
  std::string key = {};
};

/// Kahn's algorithm: of the nodes that may run, the one of lowest rank is next.
class Search {
 public:
  Search(const MigrationGraph& graph, OrderGate* gate)
      : graph_(graph),
        gate_(gate),
        adjacency_(graph),
        waits_for_(graph.size()),
        direct_(graph.size()),
        awaited_(gate == nullptr ? 0 : graph.size()),
        provisions_(gate == nullptr ? 0 : graph.size()),
        is_placed_(graph.size()) {
    result_.because.resize(graph.size());
    result_.last.resize(graph.size());
    for (std::size_t node = 0; node < graph.size(); ++node) {
      result_.ranks.push_back(graph.rank(node));
    }
  }

  Ordering run() {
    for (const OrderEdge& edge : graph_.edges()) {
      ++waits_for_[edge.after];
    }
    for (std::size_t node = 0; node < graph_.size(); ++node) {
      if (waits_for_[node] == 0) {
        make_ready(node);
      }
    }
    while (!ready_.empty()) {
      const std::size_t node = ready_.top().second;
      ready_.pop();
      if (can_run(node)) {
        place(node);
      }
    }
    find_problems();
    result_.edges = adjacency_.edges();
    result_.edges.insert(result_.edges.end(), inferred_.begin(), inferred_.end());
    std::sort(
        result_.edges.begin(), result_.edges.end(), [&](const OrderEdge& a, const OrderEdge& b) {
          return edge_comes_first(graph_, a, b);
        });
    return std::move(result_);
  }

 private:
  using Ranked = std::pair<std::size_t, std::size_t>;  ///< Rank and node.

  void make_ready(std::size_t node) { ready_.emplace(graph_.rank(node), node); }

  /// Asks the gate; a node that cannot run is put aside until something it waits for is provided.
  bool can_run(std::size_t node) {
    if (gate_ == nullptr) {
      return true;
    }
    const std::vector<std::string> missing = gate_->missing(node);
    for (const std::string& key : missing) {
      if (awaited_[node].insert(key).second) {
        waiting_[key].push_back(node);
      }
    }
    if (!missing.empty()) {
      deferred_[node] = missing;
    }
    return missing.empty();
  }

  void place(std::size_t node) {
    if (gate_ != nullptr) {
      infer_edges(node);
    }
    if (!result_.sequence.empty() && graph_.rank(node) < highest_) {
      result_.because[node] = direct_[node].has_value() ? direct_[node] : result_.last[node];
    }
    highest_ = std::max(highest_, graph_.rank(node));
    is_placed_[node] = true;
    result_.sequence.push_back(node);
    for (const OrderEdge& edge : adjacency_.leaving(node)) {
      blame(edge);
      if (--waits_for_[edge.after] == 0) {
        make_ready(edge.after);
      }
    }
    if (gate_ != nullptr) {
      for (const std::string& key : gate_->place(node)) {
        provide(node, key);
      }
    }
  }

  /// The last edge that must move its end explains the move; of one node's edges the first does.
  void blame(const OrderEdge& edge) {
    const auto replace = [&](std::optional<OrderEdge>& current) {
      if (!current.has_value() || current->before != edge.before) {
        current = edge;
      }
    };
    replace(result_.last[edge.after]);
    if (graph_.rank(edge.before) > graph_.rank(edge.after)) {
      replace(direct_[edge.after]);
    }
  }

  void provide(std::size_t provider, const std::string& key) {
    const auto found = waiting_.find(key);
    if (found == waiting_.end()) {
      return;
    }
    const std::vector<std::size_t> nodes = std::move(found->second);
    waiting_.erase(found);
    for (const std::size_t node : nodes) {
      awaited_[node].erase(key);
      provisions_[node].push_back({.provider = provider, .key = key});
      if (deferred_.erase(node) > 0) {
        make_ready(node);
      }
    }
  }

  /// The node runs now: what it waited for is known. A key that was provided, taken away and
  /// provided again came from the last provider.
  void infer_edges(std::size_t node) {
    std::set<std::string> told;
    std::vector<OrderEdge> edges;
    for (auto it = provisions_[node].rbegin(); it != provisions_[node].rend(); ++it) {
      if (told.insert(it->key).second) {
        edges.push_back({.before = it->provider,
                         .after = node,
                         .reason = gate_->reason(it->provider, node, it->key)});
      }
    }
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
      blame(*edge);
    }
    inferred_.insert(inferred_.end(), edges.begin(), edges.end());
    provisions_[node].clear();
  }

  void find_problems() {
    std::vector<bool> is_left(graph_.size());
    bool any = false;
    for (std::size_t node = 0; node < graph_.size(); ++node) {
      is_left[node] = !is_placed_[node] && !deferred_.contains(node);
      any = any || is_left[node];
    }
    if (any) {
      result_.cycles = find_cycles(graph_, adjacency_, is_left);
    }
    for (auto& [node, keys] : deferred_) {
      std::sort(keys.begin(), keys.end());
      result_.unmet.push_back({.node = node, .keys = keys});
    }
    std::sort(
        result_.unmet.begin(), result_.unmet.end(), [&](const UnmetNeed& a, const UnmetNeed& b) {
          return graph_.rank(a.node) < graph_.rank(b.node);
        });
  }

  const MigrationGraph& graph_;
  OrderGate* gate_;
  Adjacency adjacency_;
  std::vector<std::size_t> waits_for_;  ///< By node: edges that are not satisfied yet.
  std::priority_queue<Ranked, std::vector<Ranked>, std::greater<>> ready_;
  std::size_t highest_ = 0;                       ///< Rank of what is placed.
  std::vector<std::optional<OrderEdge>> direct_;  ///< By node: the last from a higher rank.
  std::unordered_map<std::string, std::vector<std::size_t>> waiting_;  ///< Nodes by key.
  std::vector<std::set<std::string>> awaited_;                         ///< Keys by node.
  std::vector<std::vector<Provision>> provisions_;
  std::unordered_map<std::size_t, std::vector<std::string>> deferred_;  ///< What they miss.
  std::vector<OrderEdge> inferred_;
  std::vector<bool> is_placed_;
  Ordering result_;
};

}  // namespace

OrderReason OrderGate::reason(std::size_t /*provider*/,
                              std::size_t /*node*/,
                              const std::string& key) const {
  return {.kind = OrderReason::Kind::Inferred, .text = key};
}

std::vector<OrderEdge> Ordering::chain(std::size_t node) const {
  std::vector<OrderEdge> links;
  // What is to be explained: why something of a higher rank than this comes before. Every edge
  // leads to a place further in front, so this ends.
  std::size_t rank = ranks[node];
  while (because[node].has_value()) {
    const bool explains = ranks[because[node]->before] > rank;
    links.push_back(explains ? *because[node] : *last[node]);
    node = links.back().before;
    rank = std::max(rank, ranks[node]);
  }
  return links;
}

Ordering find_ordering(const MigrationGraph& graph, OrderGate* gate) {
  return Search(graph, gate).run();
}

}  // namespace medusa
