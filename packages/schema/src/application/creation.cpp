// SPDX-License-Identifier: MIT
// What comes into being, and what it meets.
#include <algorithm>

#include "application.hpp"
#include "chosen_name.hpp"
#include "column_type_text.hpp"

namespace medusa {

namespace {

bool has_rows(ObjectKind kind) {
  return kind == ObjectKind::Table || kind == ObjectKind::View;
}

}  // namespace

void Application::create(const Effect& effect) {
  const ObjectRef& ref = effect.object;
  if (ref.kind == ObjectKind::Setting) {
    return;
  }
  const Lookup parent = look_up_parent(graph_, surroundings_, ref);
  if (parent.absent()) {
    report_missing(parent);
  }
  if (!parent.there() || stands_in(effect, parent.node)) {
    return;
  }
  if (!effect.generated_name) {
    const NodeId there = name_conflict(ref, parent.node);
    if (there != kNoNode && ref.kind == ObjectKind::Function) {
      return meet_function(effect, there);
    }
    if (there != kNoNode) {
      return meet(effect, there);
    }
  }
  make(effect, parent.node);
}

NodeId Application::name_conflict(const ObjectRef& ref, NodeId parent) const {
  const NodeId same = graph_.find(parent, namespace_of(ref.kind), own_name(ref));
  if (same != kNoNode) {
    return same;
  }
  // The rows of a table or view have a type of its name.
  if (has_rows(ref.kind)) {
    return graph_.find(parent, Namespace::Type, ref.name);
  }
  if (ref.kind == ObjectKind::Type) {
    const NodeId relation = graph_.find(parent, Namespace::Relation, ref.name);
    return relation != kNoNode && has_rows(graph_.node(relation).kind) ? relation : kNoNode;
  }
  return kNoNode;
}

bool Application::stands_in(const Effect& effect, NodeId parent) {
  for (StandingIn& there : standing_in_) {
    if (there.conditional() && !effect.conditional) {
      continue;
    }
    if (there.object() == parent) {
      there.compare(graph_, effect);
      return true;
    }
    // Its indexes, constraints and sequences are not made either.
    const auto belongs = [&](const Effect::Dependency& dependency) {
      const Lookup used = look_up(graph_, surroundings_, dependency.object);
      const Lookup whole = is_part(dependency.object.kind)
                               ? look_up_parent(graph_, surroundings_, dependency.object)
                               : used;
      return dependency.owned && ((used.there() && used.node == there.object()) ||
                                  (whole.there() && whole.node == there.object()));
    };
    if (std::any_of(effect.depends_on.begin(), effect.depends_on.end(), belongs)) {
      return true;
    }
  }
  return false;
}

void Application::meet(const Effect& effect, NodeId there) {
  if (effect.replaces) {
    if (loses_column(effect, there)) {
      return;
    }
    ObjectNode& replaced = graph_.change(there);
    replaced.definition = effect.definition;
    const NodeId parent = replaced.parent;
    graph_.unlink(there, [parent](const Edge& edge) { return edge.to != parent; });
    depend(effect_index_, there, effect.depends_on);
    return note_change(there);
  }
  // A guard speaks of its own object; whether a column has an IF of its own cannot be told.
  const bool guards_this = !statement_->guard || effect.object == statement_->guard->object ||
                           effect.object.kind == ObjectKind::Column;
  standing_in_.emplace_back(
      graph_, there, effect, effect_index_, effect.conditional && guards_this);
}

std::string Application::name_for(const Effect& effect, NodeId parent) {
  const ObjectRef& ref = effect.object;
  if (!effect.generated_name) {
    return own_name(ref);
  }
  // A constraint and its index get one name, whichever comes first.
  const ObjectKind partner =
      ref.kind == ObjectKind::Index ? ObjectKind::Constraint : ObjectKind::Index;
  const auto is_partner = [&](const Effect& other) {
    return other.action == Action::Create && other.generated_name && other.object.kind == partner &&
           own_name(other.object) == own_name(ref);
  };
  const std::vector<Effect>& effects = statement_->effects;
  bool paired = effect_index_ + 1 < effects.size() && is_partner(effects[effect_index_ + 1]);
  if (effect_index_ > 0 && is_partner(effects[effect_index_ - 1]) && !made_.empty()) {
    if (graph_.node(made_.back()).kind == partner) {
      return graph_.node(made_.back()).name;
    }
    paired = true;
  }
  const NodeId schema = is_part(ref.kind) ? graph_.node(parent).parent : parent;
  return chosen_name(graph_, schema, ref.kind, paired, own_name(ref));
}

void Application::make(const Effect& effect, NodeId parent) {
  const ObjectRef& ref = effect.object;
  if (ref.kind == ObjectKind::Extension && !surroundings_.available_extensions.empty() &&
      std::find(surroundings_.available_extensions.begin(),
                surroundings_.available_extensions.end(),
                ref.name) == surroundings_.available_extensions.end()) {
    report(SchemaProblemKind::ExtensionMissing, ref);
  }
  const NodeId node = graph_.add(ref.kind, parent, name_for(effect, parent));
  ObjectNode& made = graph_.change(node);
  made.creator = migration_;
  made.definition = effect.definition;
  made.value_type = column_type_text(effect.type);
  made.open = effect.columns_unknown || ref.kind == ObjectKind::View || !statement_->opaque.empty();
  made_.push_back(node);
  note_details(node, effect);
  if (effect.generated_name) {
    aliases_.push_back({.proposal = ref, .node = node});
  }
  depend(effect_index_, node, effect.depends_on);
  if (ref.kind == ObjectKind::Sequence && effect.generated_name) {
    // Of a serial or identity column, whose values come from it.
    for (const Edge edge : std::vector<Edge>(graph_.node(node).uses)) {
      if (edge.owned) {
        graph_.link(edge.to, node, false);
      }
    }
  }
  note_transaction(node);
  note_change(node);
}

void Application::note_details(NodeId node, const Effect& effect) {
  switch (effect.object.kind) {
    case ObjectKind::Function:
      return set_overloads(node,
                           {{.overload = {.arguments = effect.signature, .result = effect.result},
                             .creator = migration_}});
    case ObjectKind::View: {
      auto details = std::make_shared<ObjectDetails>();
      details->columns = effect.signature;
      graph_.change(node).details = std::move(details);
      return;
    }
    case ObjectKind::Index:
      if (effect.signature.has_value()) {
        keys_.emplace_back(node, &effect);
      }
      return;
    case ObjectKind::Constraint:
      if (effect.definition.starts_with("FOREIGN KEY")) {
        references_.emplace_back(effect_index_, &effect);
      }
      return;
    default:
      return;
  }
}

bool Application::loses_column(const Effect& effect, NodeId view) {
  if (effect.object.kind != ObjectKind::View || graph_.node(view).kind != ObjectKind::View) {
    return false;
  }
  const auto before = graph_.node(view).details;
  if (before != nullptr && before->columns && effect.signature) {
    // It may get more columns behind those that it has (manual, "CREATE VIEW").
    for (std::size_t i = 0; i < before->columns->size(); ++i) {
      const std::string& column = (*before->columns)[i];
      if (i < effect.signature->size() && (*effect.signature)[i] == column) {
        continue;
      }
      SchemaProblem& problem = report(SchemaProblemKind::CannotReplace, graph_.ref(view));
      problem.other = graph_.node(view).creator;
      problem.detail = column;
      return true;
    }
  }
  note_details(view, effect);
  return false;
}

void Application::note_transaction(NodeId node) {
  const ObjectKind kind = graph_.node(node).kind;
  const NodeId type = graph_.node(node).parent;
  // The values that a type begins with can be used at once (source: check_safe_enum_use).
  const bool added =
      kind == ObjectKind::EnumValue && std::find(made_.begin(), made_.end(), type) == made_.end();
  if (added || kind == ObjectKind::Type) {
    graph_.change(node).transaction = surroundings_.session.transaction();
  }
  if (added) {
    surroundings_.session.note_uncommitted();
  }
}

void Application::connect(NodeId from, NodeId to, const Effect::Dependency& dependency) {
  graph_.link(from, to, dependency.owned);
  if (dependency.is_type && graph_.node(from).kind == ObjectKind::Column) {
    graph_.change(from).type = to;
  }
}

void Application::depend(std::size_t effect,
                         NodeId from,
                         const std::vector<Effect::Dependency>& on) {
  for (const Effect::Dependency& dependency : on) {
    const Lookup found = find(dependency.object);
    if (found.there() && found.node != from) {
      connect(from, found.node, dependency);
    } else if (found.absent()) {
      pending_.push_back({.effect = effect, .from = from, .dependency = dependency});
    }
  }
}

}  // namespace medusa
