// SPDX-License-Identifier: MIT
// Small random graphs and gates, and what an ordering of them must be by definition.
#pragma once

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "medusa/plan/ordering.hpp"

namespace medusa::test {

using Nodes = std::vector<std::size_t>;

/// A graph as a test holds it: so many nodes, their ranks, their edges.
struct GraphSpec {
  Nodes ranks = {};
  std::vector<OrderEdge> edges = {};

  [[nodiscard]] MigrationGraph graph() const {
    MigrationGraph graph(ranks);
    for (const OrderEdge& edge : edges) {
      graph.add_edge(edge);
    }
    return graph;
  }
};

inline std::size_t below(std::mt19937& random, std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

inline Nodes random_permutation(std::mt19937& random, std::size_t size) {
  Nodes nodes(size);
  std::iota(nodes.begin(), nodes.end(), std::size_t{0});
  std::shuffle(nodes.begin(), nodes.end(), random);
  return nodes;
}

inline OrderReason random_reason(std::mt19937& random) {
  const auto kind = static_cast<OrderReason::Kind>(below(random, 3));
  return {
      .kind = kind,
      .text = kind == OrderReason::Kind::SameMember ? "" : std::string(1, "abc"[below(random, 3)])};
}

/// A graph without cycles: edges follow a hidden order that has nothing to do with the ranks.
inline GraphSpec random_dag(std::mt19937& random, std::size_t largest) {
  GraphSpec spec{.ranks = random_permutation(random, below(random, largest + 1))};
  const std::size_t size = spec.ranks.size();
  const Nodes hidden = random_permutation(random, size);
  for (std::size_t count = size < 2 ? 0 : below(random, 2 * size); count > 0; --count) {
    std::size_t a = below(random, size);
    std::size_t b = below(random, size);
    if (a == b) {
      continue;
    }
    spec.edges.push_back({.before = hidden[std::min(a, b)],
                          .after = hidden[std::max(a, b)],
                          .reason = random_reason(random)});
  }
  return spec;
}

/// Any edges at all, with and without cycles.
inline GraphSpec random_digraph(std::mt19937& random, std::size_t largest) {
  GraphSpec spec{.ranks = random_permutation(random, 1 + below(random, largest))};
  const std::size_t size = spec.ranks.size();
  for (std::size_t count = below(random, size + 2); count > 0; --count) {
    spec.edges.push_back({.before = below(random, size),
                          .after = below(random, size),
                          .reason = random_reason(random)});
  }
  return spec;
}

/// The same graph with its nodes numbered otherwise and its edges added in another order. Node i is
/// node `numbers[i]` of the result.
inline GraphSpec renumbered(const GraphSpec& spec, const Nodes& numbers, std::mt19937& random) {
  GraphSpec result{.ranks = Nodes(spec.ranks.size())};
  for (std::size_t i = 0; i < spec.ranks.size(); ++i) {
    result.ranks[numbers[i]] = spec.ranks[i];
  }
  for (const OrderEdge& edge : spec.edges) {
    result.edges.push_back(
        {.before = numbers[edge.before], .after = numbers[edge.after], .reason = edge.reason});
  }
  std::shuffle(result.edges.begin(), result.edges.end(), random);
  return result;
}

inline Nodes ranks_of(const GraphSpec& spec, const Nodes& sequence) {
  Nodes ranks;
  for (const std::size_t node : sequence) {
    ranks.push_back(spec.ranks[node]);
  }
  return ranks;
}

inline bool is_permutation_of_nodes(const GraphSpec& spec, Nodes sequence) {
  std::sort(sequence.begin(), sequence.end());
  Nodes all(spec.ranks.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return sequence == all;
}

inline bool respects(const Nodes& sequence, const std::vector<OrderEdge>& edges) {
  const auto position = [&](std::size_t node) {
    return std::find(sequence.begin(), sequence.end(), node) - sequence.begin();
  };
  return std::all_of(edges.begin(), edges.end(), [&](const OrderEdge& edge) {
    return position(edge.before) < position(edge.after);
  });
}

/// All orders there are, by rank from the smallest on; the first that respects the edges.
inline std::optional<Nodes> smallest_order(const GraphSpec& spec) {
  Nodes by_rank(spec.ranks.size());
  for (std::size_t node = 0; node < spec.ranks.size(); ++node) {
    by_rank[spec.ranks[node]] = node;
  }
  Nodes ranks(spec.ranks.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  do {
    Nodes sequence;
    for (const std::size_t rank : ranks) {
      sequence.push_back(by_rank[rank]);
    }
    if (respects(sequence, spec.edges)) {
      return sequence;
    }
  } while (std::next_permutation(ranks.begin(), ranks.end()));
  return std::nullopt;
}

/// What is wrong with the answer, or nothing. It knows nothing of how the answer was found.
inline std::string fault_of(const GraphSpec& spec, const Ordering& answer) {
  if (!is_permutation_of_nodes(spec, answer.sequence)) {
    return "not a permutation";
  }
  if (!respects(answer.sequence, spec.edges)) {
    return "an edge is not respected";
  }
  if (answer.sequence != smallest_order(spec)) {
    return "not the smallest displacement";
  }
  return answer.complete() ? "" : "problems where there are none";
}

/// Things that come and go. What a node needs must be there when it runs.
struct ToySchema {
  std::vector<std::set<std::string>> needs = {};  ///< By node.
  std::vector<std::set<std::string>> creates = {};
  std::vector<std::set<std::string>> drops = {};
};

inline ToySchema random_schema(std::mt19937& random, std::size_t size, bool with_drops) {
  ToySchema schema{.needs = std::vector<std::set<std::string>>(size)};
  schema.creates = schema.drops = schema.needs;
  const auto name = [&] { return "t" + std::to_string(below(random, 4)); };
  for (std::size_t node = 0; node < size; ++node) {
    for (std::size_t count = below(random, 3); count > 0; --count) {
      schema.needs[node].insert(name());
    }
    for (std::size_t count = below(random, 3); count > 0; --count) {
      schema.creates[node].insert(name());
    }
    if (with_drops && below(random, 4) == 0) {
      schema.drops[node].insert(name());
    }
  }
  return schema;
}

/// The schema as a gate.
class ToyGate : public OrderGate {
 public:
  explicit ToyGate(ToySchema schema) : schema_(std::move(schema)) {}

  std::vector<std::string> missing(std::size_t node) override {
    std::vector<std::string> keys;
    for (const std::string& key : schema_.needs[node]) {
      if (!present_.contains(key)) {
        keys.push_back(key);
      }
    }
    return keys;
  }

  std::vector<std::string> place(std::size_t node) override {
    for (const std::string& key : schema_.drops[node]) {
      present_.erase(key);
    }
    present_.insert(schema_.creates[node].begin(), schema_.creates[node].end());
    return {schema_.creates[node].begin(), schema_.creates[node].end()};
  }

 private:
  ToySchema schema_;
  std::set<std::string> present_;
};

/// By definition: again and again the node of lowest rank whose edges are satisfied and whose needs
/// are there.
inline Nodes order_with_needs(const GraphSpec& spec, const ToySchema& schema) {
  ToyGate gate(schema);
  Nodes sequence;
  const auto has_run = [&](std::size_t node) {
    return std::find(sequence.begin(), sequence.end(), node) != sequence.end();
  };
  const auto can_run = [&](std::size_t node) {
    return !has_run(node) && gate.missing(node).empty() &&
           std::all_of(spec.edges.begin(), spec.edges.end(), [&](const OrderEdge& edge) {
             return edge.after != node || has_run(edge.before);
           });
  };
  while (true) {
    std::optional<std::size_t> next;
    for (std::size_t node = 0; node < spec.ranks.size(); ++node) {
      if (can_run(node) && (!next.has_value() || spec.ranks[node] < spec.ranks[*next])) {
        next = node;
      }
    }
    if (!next.has_value()) {
      return sequence;
    }
    sequence.push_back(*next);
    gate.place(*next);
  }
}

}  // namespace medusa::test
