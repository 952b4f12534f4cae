// SPDX-License-Identifier: MIT
// Functions of one name, told apart by their arguments where those are known.
#include <algorithm>

#include "application.hpp"

namespace medusa {

namespace {

using Overloads = std::vector<KnownOverload>;

Overloads overloads_of(const ObjectGraph& graph, NodeId function) {
  const auto& details = graph.node(function).details;
  return details == nullptr ? Overloads() : details->overloads;
}

Overloads::iterator find_same(Overloads& overloads, const std::vector<std::string>& arguments) {
  return std::find_if(overloads.begin(), overloads.end(), [&](const KnownOverload& each) {
    return each.overload.arguments == arguments;
  });
}

bool all_known(const Overloads& overloads) {
  return std::all_of(overloads.begin(), overloads.end(), [](const KnownOverload& each) {
    return each.overload.arguments.has_value();
  });
}

}  // namespace

void Application::set_overloads(NodeId function, Overloads overloads) {
  auto details = std::make_shared<ObjectDetails>();
  details->overloads = std::move(overloads);
  graph_.change(function).details = std::move(details);
}

void Application::meet_function(const Effect& effect, NodeId there) {
  Overloads overloads = overloads_of(graph_, there);
  const KnownOverload made{.overload = {.arguments = effect.signature, .result = effect.result},
                           .creator = migration_};
  const auto same = effect.signature ? find_same(overloads, *effect.signature) : overloads.end();
  if (same == overloads.end()) {
    // Another one of the name, or one that cannot be told from those.
    overloads.push_back(made);
    set_overloads(there, std::move(overloads));
    depend(effect_index_, there, effect.depends_on);
    return;
  }
  if (!effect.replaces) {
    SchemaProblem& problem = report(SchemaProblemKind::AlreadyThere, graph_.ref(there));
    problem.other = same->creator;
    problem.exact = true;
    return;
  }
  const std::string before = same->overload.result;
  if (!before.empty() && !effect.result.empty() && before != effect.result) {
    SchemaProblem& problem = report(SchemaProblemKind::CannotReplace, graph_.ref(there));
    problem.other = same->creator;
    problem.detail = "from " + before + " to " + effect.result;
    return;
  }
  const bool is_only_one = overloads.size() == 1;
  same->overload.result = effect.result.empty() ? before : effect.result;
  set_overloads(there, std::move(overloads));
  if (is_only_one) {
    meet(effect, there);
  } else {
    depend(effect_index_, there, effect.depends_on);
  }
}

bool Application::drops_overload(const Effect& effect, NodeId function) {
  Overloads overloads = overloads_of(graph_, function);
  if (!effect.signature || overloads.empty() || !all_known(overloads)) {
    return false;
  }
  const auto same = find_same(overloads, *effect.signature);
  if (same != overloads.end() && overloads.size() == 1) {
    return false;  // it is the whole object
  }
  if (same != overloads.end()) {
    overloads.erase(same);
    set_overloads(function, std::move(overloads));
    // Whose of these they were is not known.
    const NodeId schema = graph_.node(function).parent;
    graph_.unlink(function, [schema](const Edge& edge) { return edge.to != schema; });
  }
  return true;
}

bool Application::is_exactly_blocked(NodeId root, const std::vector<NodeId>& blockers) const {
  if (graph_.node(root).kind != ObjectKind::Function) {
    return false;
  }
  const Overloads overloads = overloads_of(graph_, root);
  return overloads.size() == 1 && all_known(overloads) &&
         std::all_of(blockers.begin(), blockers.end(), [this](NodeId blocker) {
           const ObjectKind kind = graph_.node(blocker).kind;
           return kind == ObjectKind::Column || kind == ObjectKind::Trigger ||
                  kind == ObjectKind::View;
         });
}

}  // namespace medusa
