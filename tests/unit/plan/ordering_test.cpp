// SPDX-License-Identifier: MIT
#include "medusa/plan/ordering.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "random_graphs.hpp"

namespace medusa {

namespace {

using test::below;
using test::GraphSpec;
using test::Nodes;
using test::ToyGate;

constexpr int kMany = 100'000;

/// Ranks are the nodes' numbers.
GraphSpec line_of(std::size_t size, std::vector<std::pair<std::size_t, std::size_t>> edges) {
  GraphSpec spec{.ranks = Nodes(size)};
  std::iota(spec.ranks.begin(), spec.ranks.end(), std::size_t{0});
  for (const auto& [before, after] : edges) {
    spec.edges.push_back(
        {.before = before,
         .after = after,
         .reason = {.kind = OrderReason::Kind::Declared,
                    .text = std::to_string(before) + '<' + std::to_string(after)}});
  }
  return spec;
}

Ordering ordering_of(const GraphSpec& spec) {
  return find_ordering(spec.graph());
}

std::string text_of(const OrderEdge& edge) {
  return std::to_string(edge.before) + ">" + std::to_string(edge.after);
}

std::string text_of(const std::vector<OrderEdge>& edges) {
  std::string text;
  for (const OrderEdge& edge : edges) {
    text += (text.empty() ? "" : " ") + text_of(edge);
  }
  return text;
}

/// An edge by ranks, so that it can be compared with that of a renumbered graph.
std::string ranked(const GraphSpec& spec, const OrderEdge& edge) {
  return std::to_string(spec.ranks[edge.before]) + '>' + std::to_string(spec.ranks[edge.after]) +
         std::string(to_string(edge.reason.kind)) + edge.reason.text;
}

/// Everything an ordering says, by ranks.
std::string ranked(const GraphSpec& spec, const Ordering& ordering) {
  std::string text = "sequence";
  for (const std::size_t node : ordering.sequence) {
    text += ' ' + std::to_string(spec.ranks[node]);
    if (ordering.because[node].has_value()) {
      text += '(' + ranked(spec, *ordering.because[node]) + ')';
    }
  }
  for (const OrderEdge& edge : ordering.edges) {
    text += "\nedge " + ranked(spec, edge);
  }
  for (const OrderCycle& cycle : ordering.cycles) {
    text += "\ncycle";
    for (const OrderEdge& edge : cycle.path) {
      text += ' ' + ranked(spec, edge);
    }
  }
  for (const UnmetNeed& unmet : ordering.unmet) {
    text += "\nunmet " + std::to_string(spec.ranks[unmet.node]);
    for (const std::string& key : unmet.keys) {
      text += ' ' + key;
    }
  }
  return text;
}

/// What is wrong with the reasons, or nothing.
std::string fault_of_reasons(const GraphSpec& spec, const Ordering& ordering) {
  std::size_t highest = 0;
  Nodes position(spec.ranks.size());
  for (std::size_t i = 0; i < ordering.sequence.size(); ++i) {
    position[ordering.sequence[i]] = i;
  }
  for (const std::size_t node : ordering.sequence) {
    const bool moved = spec.ranks[node] < highest;
    highest = std::max(highest, spec.ranks[node]);
    const auto& because = ordering.because[node];
    if (because.has_value() != moved) {
      return moved ? "no reason for a move" : "a reason without a move";
    }
    if (!moved) {
      continue;
    }
    const bool is_edge =
        std::any_of(ordering.edges.begin(), ordering.edges.end(), [&](const OrderEdge& edge) {
          return ranked(spec, edge) == ranked(spec, *because);
        });
    if (!is_edge || because->after != node || position[because->before] >= position[node]) {
      return "a reason that is none";
    }
    // The end of the chain must be what made it necessary: something of a higher rank.
    const std::vector<OrderEdge> chain = ordering.chain(node);
    if (std::none_of(chain.begin(), chain.end(), [&](const OrderEdge& edge) {
          return spec.ranks[edge.before] > spec.ranks[node];
        })) {
      return "a chain that explains nothing";
    }
  }
  return {};
}

bool is_reachable(const GraphSpec& spec, std::size_t from, std::size_t to) {
  std::vector<bool> seen(spec.ranks.size());
  Nodes open{from};
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    for (const OrderEdge& edge : spec.edges) {
      if (edge.before == node && edge.after == to) {
        return true;
      }
      if (edge.before == node && !seen[edge.after]) {
        seen[edge.after] = true;
        open.push_back(edge.after);
      }
    }
  }
  return false;
}

/// Groups of nodes that lead to each other, by brute force: their lowest ranks.
std::set<std::size_t> tangles_of(const GraphSpec& spec) {
  std::set<std::size_t> lowest;
  for (std::size_t node = 0; node < spec.ranks.size(); ++node) {
    if (!is_reachable(spec, node, node)) {
      continue;
    }
    std::size_t rank = spec.ranks[node];
    for (std::size_t other = 0; other < spec.ranks.size(); ++other) {
      if (is_reachable(spec, node, other) && is_reachable(spec, other, node)) {
        rank = std::min(rank, spec.ranks[other]);
      }
    }
    lowest.insert(rank);
  }
  return lowest;
}

bool is_cycle(const OrderCycle& cycle) {
  for (std::size_t i = 0; i < cycle.path.size(); ++i) {
    if (cycle.path[i].after != cycle.path[(i + 1) % cycle.path.size()].before) {
      return false;
    }
  }
  return !cycle.path.empty();
}

}  // namespace

TEST_CASE("without edges the order is the default one", "[plan]") {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const GraphSpec spec{.ranks = test::random_permutation(random, below(random, 30))};
    const Ordering ordering = ordering_of(spec);
    const Nodes ranks = test::ranks_of(spec, ordering.sequence);
    REQUIRE(ranks.size() == spec.ranks.size());
    REQUIRE(std::is_sorted(ranks.begin(), ranks.end()));
    REQUIRE(fault_of_reasons(spec, ordering).empty());
  }
}

TEST_CASE("what must wait stands right behind what it waits for", "[plan]") {
  CHECK(ordering_of(line_of(5, {{3, 1}})).sequence == Nodes{0, 2, 3, 1, 4});
  CHECK(ordering_of(line_of(5, {{3, 1}, {4, 1}})).sequence == Nodes{0, 2, 3, 4, 1});
  CHECK(ordering_of(line_of(5, {{4, 0}, {0, 1}})).sequence == Nodes{2, 3, 4, 0, 1});
  CHECK(ordering_of(line_of(3, {{0, 1}, {1, 2}})).sequence == Nodes{0, 1, 2});
}

TEST_CASE("a chain tells what a migration waited for, and what that waited for", "[plan]") {
  const Ordering ordering = ordering_of(line_of(5, {{4, 1}, {1, 0}, {1, 3}}));
  CHECK(ordering.sequence == Nodes{2, 4, 1, 0, 3});
  CHECK(text_of(ordering.chain(0)) == "1>0 4>1");
  CHECK(text_of(ordering.chain(1)) == "4>1");
  CHECK(text_of(ordering.chain(3)) == "1>3 4>1");
  CHECK(ordering.chain(2).empty());
  CHECK(ordering.chain(4).empty());
}

TEST_CASE("the order of any graph is the smallest that there is", "[plan]") {
  std::mt19937 random(2);
  int moved = 0;
  for (int i = 0; i < kMany; ++i) {
    const GraphSpec spec = test::random_dag(random, 7);
    const Ordering ordering = ordering_of(spec);
    const std::string fault = test::fault_of(spec, ordering) + fault_of_reasons(spec, ordering);
    if (!fault.empty()) {
      FAIL("graph " << i << ": " << fault << '\n' << ranked(spec, ordering));
    }
    const Nodes ranks = test::ranks_of(spec, ordering.sequence);
    moved += std::is_sorted(ranks.begin(), ranks.end()) ? 0 : 1;
  }
  CHECK(moved > kMany / 3);  // the edges did matter
}

TEST_CASE("the check above finds every kind of mistake", "[plan]") {
  std::mt19937 random(3);
  std::map<std::string, int> faults;
  for (int i = 0; i < 5'000; ++i) {
    const GraphSpec spec = test::random_dag(random, 7);
    Ordering ordering = ordering_of(spec);
    Nodes& sequence = ordering.sequence;
    if (sequence.size() < 2) {
      continue;
    }
    const Nodes right = sequence;
    const std::size_t place = below(random, sequence.size() - 1);
    switch (below(random, 4)) {
      case 0:  // two neighbours change places
        std::swap(sequence[place], sequence[place + 1]);
        break;
      case 1:
        sequence[place] = sequence[place + 1];
        break;
      case 2:
        sequence.pop_back();
        break;
      default:  // an order that respects the edges but moves what need not move
        sequence = find_ordering([&] {
                     GraphSpec reversed = spec;
                     for (std::size_t& rank : reversed.ranks) {
                       rank = spec.ranks.size() - 1 - rank;
                     }
                     return reversed.graph();
                   }())
                       .sequence;
    }
    if (sequence != right) {
      const std::string fault = test::fault_of(spec, ordering);
      REQUIRE_FALSE(fault.empty());
      ++faults[fault];
    }
  }
  CHECK(faults["not a permutation"] > 100);
  CHECK(faults["an edge is not respected"] > 100);
  CHECK(faults["not the smallest displacement"] > 100);
}

TEST_CASE("numbering and the order of adding do not matter", "[plan]") {
  std::mt19937 random(4);
  for (int i = 0; i < 20'000; ++i) {
    const GraphSpec spec = test::random_digraph(random, 8);
    const auto schema = test::random_schema(random, spec.ranks.size(), true);
    const Nodes numbers = test::random_permutation(random, spec.ranks.size());
    const GraphSpec other = test::renumbered(spec, numbers, random);
    REQUIRE(ranked(spec, ordering_of(spec)) == ranked(other, ordering_of(other)));
    test::ToySchema other_schema = schema;
    for (std::size_t node = 0; node < numbers.size(); ++node) {
      other_schema.needs[numbers[node]] = schema.needs[node];
      other_schema.creates[numbers[node]] = schema.creates[node];
      other_schema.drops[numbers[node]] = schema.drops[node];
    }
    ToyGate gate(schema);
    ToyGate other_gate(other_schema);
    REQUIRE(ranked(spec, find_ordering(spec.graph(), &gate)) ==
            ranked(other, find_ordering(other.graph(), &other_gate)));
  }
}

TEST_CASE("what nobody depends on changes nobody's order", "[plan]") {
  std::mt19937 random(5);
  for (int i = 0; i < 20'000; ++i) {
    const GraphSpec old = test::random_dag(random, 7);
    const std::size_t size = old.ranks.size();
    const std::size_t added = 1 + below(random, 4);
    // The new ones take any ranks between the old ones.
    GraphSpec both = old;
    Nodes places = test::random_permutation(random, size + added);
    std::sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(size));
    for (std::size_t node = 0; node < size; ++node) {
      both.ranks[node] = places[old.ranks[node]];
    }
    for (std::size_t node = size; node < size + added; ++node) {
      both.ranks.push_back(places[node]);
      for (std::size_t count = below(random, 4); count > 0 && node > 0; --count) {
        both.edges.push_back({.before = below(random, node), .after = node});
      }
    }
    Nodes kept = ordering_of(both).sequence;
    REQUIRE(kept.size() == size + added);
    std::erase_if(kept, [&](std::size_t node) { return node >= size; });
    REQUIRE(kept == ordering_of(old).sequence);
  }
}

TEST_CASE("of each tangle one cycle is told, and nothing in or behind it is placed", "[plan]") {
  std::mt19937 random(6);
  int cyclic = 0;
  for (int i = 0; i < 20'000; ++i) {
    const GraphSpec spec = test::random_digraph(random, 8);
    const Ordering ordering = ordering_of(spec);
    std::set<std::size_t> lowest;
    for (const OrderCycle& cycle : ordering.cycles) {
      REQUIRE(is_cycle(cycle));
      std::size_t rank = spec.ranks.size();
      for (const OrderEdge& edge : cycle.path) {
        rank = std::min(rank, spec.ranks[edge.before]);
        REQUIRE(std::any_of(spec.edges.begin(), spec.edges.end(), [&](const OrderEdge& one) {
          return ranked(spec, one) == ranked(spec, edge);
        }));
      }
      REQUIRE(lowest.insert(rank).second);
      REQUIRE(spec.ranks[cycle.path.front().before] == rank);
    }
    REQUIRE(lowest == tangles_of(spec));
    for (std::size_t node = 0; node < spec.ranks.size(); ++node) {
      bool is_stuck = false;
      for (std::size_t other = 0; other < spec.ranks.size(); ++other) {
        is_stuck = is_stuck || (is_reachable(spec, other, other) &&
                                (other == node || is_reachable(spec, other, node)));
      }
      REQUIRE(is_stuck == (std::find(ordering.sequence.begin(), ordering.sequence.end(), node) ==
                           ordering.sequence.end()));
    }
    cyclic += ordering.cycles.empty() ? 0 : 1;
  }
  CHECK(cyclic > 5'000);
}

TEST_CASE("a cycle is as short as it can be through its first node", "[plan]") {
  const Ordering ordering =
      ordering_of(line_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {1, 3}, {4, 4}, {3, 5}}));
  REQUIRE(ordering.cycles.size() == 2);
  CHECK(text_of(ordering.cycles[0].path) == "0>1 1>3 3>0");
  CHECK(text_of(ordering.cycles[1].path) == "4>4");
  CHECK(ordering.sequence.empty());
  CHECK_FALSE(ordering.complete());
}

TEST_CASE("what needs something waits until it is there", "[plan]") {
  ToyGate gate({.needs = {{"a", "b"}, {}, {}, {}},
                .creates = {{}, {"a"}, {}, {"b"}},
                .drops = {{}, {}, {}, {}}});
  const Ordering ordering = find_ordering(line_of(4, {}).graph(), &gate);
  CHECK(ordering.sequence == Nodes{1, 2, 3, 0});
  CHECK(ordering.complete());
  CHECK(text_of(ordering.edges) == "1>0 3>0");
  CHECK(text_of(ordering.chain(0)) == "3>0");
  CHECK(ordering.edges[0].reason.kind == OrderReason::Kind::Inferred);
  CHECK(ordering.edges[0].reason.text == "a");
}

TEST_CASE("what was there when it was needed leaves no edge", "[plan]") {
  ToyGate gate({.needs = {{}, {"a"}}, .creates = {{"a"}, {}}, .drops = {{}, {}}});
  const Ordering ordering = find_ordering(line_of(2, {}).graph(), &gate);
  CHECK(ordering.sequence == Nodes{0, 1});
  CHECK(ordering.edges.empty());
}

TEST_CASE("needs that nothing meets are told, not what stands behind them", "[plan]") {
  ToyGate gate({.needs = {{"x", "a"}, {}, {}}, .creates = {{}, {"a"}, {}}, .drops = {{}, {}, {}}});
  const Ordering ordering = find_ordering(line_of(3, {{0, 2}}).graph(), &gate);
  CHECK(ordering.sequence == Nodes{1});
  CHECK(ordering.cycles.empty());
  REQUIRE(ordering.unmet.size() == 1);
  CHECK(ordering.unmet[0].node == 0);
  CHECK(ordering.unmet[0].keys == std::vector<std::string>{"x"});
  CHECK_FALSE(ordering.complete());
}

TEST_CASE("any gate decides as it would by definition", "[plan]") {
  std::mt19937 random(7);
  int deferred = 0;
  int unmet = 0;
  for (int i = 0; i < kMany; ++i) {
    const GraphSpec spec = test::random_dag(random, 7);
    const auto schema = test::random_schema(random, spec.ranks.size(), i % 2 == 0);
    ToyGate gate(schema);
    const Ordering ordering = find_ordering(spec.graph(), &gate);
    if (ordering.sequence != test::order_with_needs(spec, schema)) {
      FAIL("graph " << i << '\n' << ranked(spec, ordering));
    }
    REQUIRE(ordering.cycles.empty());
    REQUIRE(ordering.complete() == (ordering.sequence.size() == spec.ranks.size()));
    REQUIRE(fault_of_reasons(spec, ordering).empty());
    for (const OrderEdge& edge : ordering.edges) {
      if (ordering.complete()) {
        REQUIRE(test::respects(ordering.sequence, {edge}));
      }
    }
    deferred += ordering.edges.size() > spec.edges.size() ? 1 : 0;
    unmet += ordering.unmet.empty() ? 0 : 1;
  }
  CHECK(deferred > kMany / 20);
  CHECK(unmet > kMany / 20);
}

TEST_CASE("graphs of a hundred thousand nodes need no deep stack", "[plan]") {
  constexpr std::size_t kSize = 100'000;
  std::mt19937 random(8);
  GraphSpec spec{.ranks = test::random_permutation(random, kSize)};
  const Nodes hidden = test::random_permutation(random, kSize);
  for (std::size_t i = 1; i < kSize; ++i) {  // one chain through all, and as many edges more
    spec.edges.push_back({.before = hidden[i - 1], .after = hidden[i]});
    spec.edges.push_back({.before = hidden[below(random, i)], .after = hidden[i]});
  }
  const Ordering ordering = ordering_of(spec);
  CHECK(ordering.sequence == hidden);
  // Closed to one circle of all nodes.
  spec.edges.push_back({.before = hidden.back(), .after = hidden.front()});
  const Ordering stuck = ordering_of(spec);
  CHECK(stuck.sequence.empty());
  REQUIRE(stuck.cycles.size() == 1);
  CHECK(is_cycle(stuck.cycles.front()));
}

}  // namespace medusa
