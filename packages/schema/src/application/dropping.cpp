// SPDX-License-Identifier: MIT
// What goes, and what goes along.
#include <algorithm>

#include "application.hpp"
#include "removal.hpp"

namespace medusa {

void Application::drop(const StatementFootprint& statement) {
  const Effect& first = statement.effects[effect_index_];
  std::vector<NodeId> roots;
  // The objects of one DROP go together, so they do not stand in each other's way.
  for (;; ++effect_index_) {
    const Effect& effect = statement.effects[effect_index_];
    const Lookup found = find(effect.object);
    if (found.there() &&
        namespace_of(graph_.node(found.node).kind) != namespace_of(effect.object.kind)) {
      // The type of a table's rows goes only with the table.
      SchemaProblem& problem = report(SchemaProblemKind::Blocked, effect.object);
      problem.other = graph_.node(found.node).creator;
      problem.dependents = {graph_.ref(found.node)};
    } else if (found.there() && effect.object.kind == ObjectKind::Function &&
               drops_overload(effect, found.node)) {
      // Others of its name stay.
    } else if (found.there()) {
      roots.push_back(found.node);
    } else {
      need(effect);
    }
    if (effect_index_ + 1 == statement.effects.size()) {
      break;
    }
    const Effect& next = statement.effects[effect_index_ + 1];
    if (next.action != Action::Drop || next.cascade != first.cascade || is_part(next.object.kind) ||
        is_part(first.object.kind)) {
      break;
    }
  }
  drop(roots, first.cascade);
}

void Application::drop(const std::vector<NodeId>& roots, bool cascade) {
  if (roots.empty()) {
    return;
  }
  const Removal removal = removal_of(graph_, roots, cascade);
  if (!removal.blockers.empty()) {
    SchemaProblem& problem = report(SchemaProblemKind::Blocked, graph_.ref(roots.front()));
    problem.other = graph_.node(removal.blockers.front()).creator;
    problem.exact = roots.size() == 1 && is_exactly_blocked(roots.front(), removal.blockers);
    for (const NodeId blocker : removal.blockers) {
      problem.dependents.push_back(graph_.ref(blocker));
    }
  }
  for (const NodeId node : removal.gone) {
    note_change(node);
    if (std::find(roots.begin(), roots.end(), node) == roots.end()) {
      taken_.push_back(
          {.by = migration_, .object = graph_.ref(node), .creator = graph_.node(node).creator});
    }
  }
  for (const Removal::Loss& loss : removal.losses) {
    graph_.unlink(loss.from, [&loss](const Edge& edge) { return edge.to == loss.to; });
  }
  for (const NodeId node : removal.gone) {
    const ObjectNode& object = graph_.node(node);
    graph_.remember({object.parent, namespace_of(object.kind), object.name}, {.by = migration_});
    graph_.remove(node);
  }
}

}  // namespace medusa
