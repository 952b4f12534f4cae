// SPDX-License-Identifier: MIT
#include "medusa/plan/upgrade_order.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/plan/declared_order.hpp"
#include "medusa/plan/plan.hpp"

namespace medusa {

namespace {

using Migrations = std::vector<const Migration*>;

/// Positions of each member's migrations, in order.
using ByMember = std::unordered_map<std::string, std::vector<std::size_t>>;

ByMember by_member(const Migrations& migrations) {
  ByMember result;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    result[migrations[i]->member].push_back(i);
  }
  return result;
}

std::vector<std::size_t> nodes_of(const OrderSide& side,
                                  const Migrations& migrations,
                                  const ByMember& members) {
  std::vector<std::size_t> nodes;
  if (const auto found = members.find(side.member); found != members.end()) {
    std::copy_if(found->second.begin(),
                 found->second.end(),
                 std::back_inserter(nodes),
                 [&](std::size_t node) { return side.includes(*migrations[node]); });
  }
  return nodes;
}

/// @param migrations in TypeORM's order.
MigrationGraph graph_of(const Migrations& migrations, const std::vector<DeclaredOrder>& declared) {
  std::vector<std::size_t> ranks(migrations.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{0});
  MigrationGraph graph(std::move(ranks));
  const ByMember members = by_member(migrations);
  for (const auto& [name, nodes] : members) {
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      graph.add_edge({.before = nodes[i - 1], .after = nodes[i]});
    }
  }
  for (const DeclaredOrder& order : declared) {
    const std::vector<std::size_t> earlier = nodes_of(order.earlier, migrations, members);
    if (earlier.empty()) {
      continue;
    }
    // A member's last one comes after all its others.
    for (const std::size_t later : nodes_of(order.later, migrations, members)) {
      graph.add_edge({.before = earlier.back(),
                      .after = later,
                      .reason = {.kind = OrderReason::Kind::Declared,
                                 .text = order.earlier.text(),
                                 .place = order.declaration.place}});
    }
  }
  return graph;
}

/// One line an edge; a run of a member's own migrations is one line.
std::vector<std::string> path_text(const OrderCycle& cycle, const Migrations& migrations) {
  std::vector<std::string> text;
  for (std::size_t i = 0; i < cycle.path.size(); ++i) {
    const OrderEdge& edge = cycle.path[i];
    std::size_t end = edge.after;
    const bool same_member = edge.reason.kind == OrderReason::Kind::SameMember;
    while (same_member && i + 1 < cycle.path.size() &&
           cycle.path[i + 1].reason.kind == OrderReason::Kind::SameMember) {
      end = cycle.path[++i].after;
    }
    const Migration& earlier = *migrations[edge.before];
    text.push_back(migrations[end]->id() + " runs after " + earlier.id() + ": " +
                   (same_member
                        ? "earlier in the same member"
                        : "declared in " + short_place(edge.reason.place.value_or(Location{}))));
  }
  return text;
}

Diagnostic problem_of(const OrderCycle& cycle, const Migrations& migrations) {
  std::vector<std::string> members;
  std::optional<Location> place;
  for (const OrderEdge& edge : cycle.path) {
    const std::string& member = migrations[edge.before]->member;
    if (std::find(members.begin(), members.end(), member) == members.end()) {
      members.push_back(member);
    }
    if (!place.has_value()) {
      place = edge.reason.place;
    }
  }
  return {.code = ErrorCode::Plan,
          .message = "the declared order of " + join(members, ", ") + " goes in a circle",
          .location = std::move(place),
          .notes = path_text(cycle, migrations),
          .hint = "remove one of these declarations"};
}

/// Refuses circles even where all of it is applied: a new database would meet them.
void refuse_cycles(const Catalog& catalog, const std::vector<DeclaredOrder>& declared) {
  const Migrations all = order(catalog);
  std::vector<Diagnostic> problems;
  for (const OrderCycle& cycle : find_ordering(graph_of(all, declared)).cycles) {
    problems.push_back(problem_of(cycle, all));
  }
  if (!problems.empty()) {
    throw Error(std::move(problems));
  }
}

/// A declaration that can no longer be kept: the later side ran, the earlier side did not.
std::vector<std::string> warnings_of(const Catalog& catalog,
                                     const History& history,
                                     const std::vector<DeclaredOrder>& declared) {
  const auto find = [&](const OrderSide& side, bool applied) -> const Migration* {
    for (const Migration& migration : catalog.migrations()) {
      if (migration.enabled && side.includes(migration) &&
          history.contains(migration.name) == applied) {
        return &migration;
      }
    }
    return nullptr;
  };
  std::vector<std::string> warnings;
  for (const DeclaredOrder& order : declared) {
    const Migration* applied = find(order.later, true);
    const Migration* pending = applied == nullptr ? nullptr : find(order.earlier, false);
    if (pending != nullptr) {
      warnings.push_back(order.later.text() + " is declared to run after " + order.earlier.text() +
                         " (" + short_place(order.declaration.place) + "), but " + applied->name +
                         " is applied already and " + pending->name +
                         " is not: a new database would have another order");
    }
  }
  return warnings;
}

}  // namespace

Migrations pending_migrations(const Catalog& catalog, const History& history) {
  Migrations pending = order(catalog);
  std::erase_if(pending,
                [&](const Migration* migration) { return history.contains(migration->name); });
  return pending;
}

UpgradeOrder order_upgrade(const Catalog& catalog, const History& history, OrderGate* gate) {
  const std::vector<DeclaredOrder> declared = resolve_declarations(catalog);
  if (!declared.empty()) {
    refuse_cycles(catalog, declared);
  }
  UpgradeOrder result{.pending = pending_migrations(catalog, history)};
  result.ordering = find_ordering(graph_of(result.pending, declared), gate);
  result.warnings = warnings_of(catalog, history, declared);
  return result;
}

std::string reason_text(const OrderReason& reason, const Migration& earlier) {
  switch (reason.kind) {
    case OrderReason::Kind::Declared:
      return "after " + reason.text + ": declared in " +
             short_place(reason.place.value_or(Location{}));
    case OrderReason::Kind::Inferred:
      return "after " + earlier.id() + ": needs " + reason.text;
    case OrderReason::Kind::SameMember:
      break;
  }
  return "after " + earlier.name + ": same member";
}

}  // namespace medusa
