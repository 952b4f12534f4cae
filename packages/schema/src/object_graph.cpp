// SPDX-License-Identifier: MIT
#include "object_graph.hpp"

#include <algorithm>
#include <utility>

namespace medusa {

bool is_part(ObjectKind kind) {
  return kind == ObjectKind::Column || kind == ObjectKind::Constraint ||
         kind == ObjectKind::Trigger || kind == ObjectKind::EnumValue;
}

std::size_t NameKeyHash::operator()(const NameKeyView& key) const {
  const std::size_t place =
      (static_cast<std::size_t>(key.parent) << 4U) + static_cast<std::size_t>(key.space);
  return std::hash<std::string_view>{}(key.name) ^ (place * 0x9E3779B97F4A7C15U);
}

ObjectGraph::ObjectGraph() : nodes_(1), users_(1) {}

NodeId ObjectGraph::add(ObjectKind kind, NodeId parent, std::string name) {
  const auto id = static_cast<NodeId>(nodes_.size());
  ObjectNode& made = nodes_.emplace_back();
  made.kind = kind;
  made.parent = parent;
  made.name = std::move(name);
  users_.emplace_back();
  if (recording_) {
    undo_.emplace_back([](ObjectGraph& graph) {
      graph.nodes_.pop_back();
      graph.users_.pop_back();
    });
  }
  bind(id);
  if (parent != kRoot) {
    link(id, parent, is_part(kind));
  }
  return id;
}

NodeId ObjectGraph::find(NodeId parent, Namespace space, std::string_view name) const {
  const auto found = names_.find(NameKeyView{parent, space, name});
  return found == names_.end() ? kNoNode : found->second;
}

ObjectNode& ObjectGraph::change(NodeId id) {
  if (restores(id)) {
    undo_.emplace_back([id, before = nodes_[id]](ObjectGraph& graph) mutable {
      graph.nodes_[id] = std::move(before);
    });
  }
  return nodes_[id];
}

void ObjectGraph::rename(NodeId id, NodeId parent, std::string name) {
  // Constraints are counted by schema, so those of a relation that moves must be counted anew.
  std::vector<NodeId> constraints;
  if (parent != nodes_[id].parent) {
    for_each_user(id, [&](NodeId user, const Edge&) {
      if (nodes_[user].parent == id && nodes_[user].kind == ObjectKind::Constraint) {
        constraints.push_back(user);
      }
    });
  }
  for (const NodeId constraint : constraints) {
    count_constraint(constraint, -1);
  }
  unbind(id);
  const NodeId old = nodes_[id].parent;
  ObjectNode& moved = change(id);
  moved.parent = parent;
  moved.name = std::move(name);
  bind(id);
  if (old != parent) {
    unlink(id, [old](const Edge& edge) { return edge.to == old; });
    link(id, parent, is_part(nodes_[id].kind));
  }
  for (const NodeId constraint : constraints) {
    count_constraint(constraint, 1);
  }
}

void ObjectGraph::remove(NodeId id) {
  unbind(id);
  change(id).alive = false;
}

void ObjectGraph::link(NodeId from, NodeId to, bool owned) {
  const std::vector<Edge>& uses = nodes_[from].uses;
  const auto there =
      std::find_if(uses.begin(), uses.end(), [to](const Edge& edge) { return edge.to == to; });
  if (there != uses.end()) {
    if (owned && !there->owned) {
      const auto place = there - uses.begin();
      change(from).uses[static_cast<std::size_t>(place)].owned = true;
    }
    return;
  }
  nodes_[from].uses.push_back({.to = to, .owned = owned});
  users_[to].push_back(from);
  if (restores(from)) {
    undo_.emplace_back([from](ObjectGraph& graph) { graph.nodes_[from].uses.pop_back(); });
  }
  if (restores(to)) {
    undo_.emplace_back([to](ObjectGraph& graph) { graph.users_[to].pop_back(); });
  }
}

void ObjectGraph::unlink(NodeId from, const std::function<bool(const Edge&)>& condition) {
  const std::vector<Edge>& uses = nodes_[from].uses;
  if (std::any_of(uses.begin(), uses.end(), condition)) {
    std::vector<Edge>& changed = change(from).uses;
    changed.erase(std::remove_if(changed.begin(), changed.end(), condition), changed.end());
  }
}

void ObjectGraph::for_each_user(NodeId id,
                                const std::function<void(NodeId, const Edge&)>& call) const {
  for (const NodeId user : users_[id]) {
    if (!nodes_[user].alive) {
      continue;
    }
    for (const Edge& edge : nodes_[user].uses) {
      if (edge.to == id) {
        call(user, edge);
      }
    }
  }
}

ObjectRef ObjectGraph::ref(NodeId id) const {
  const ObjectNode& object = nodes_[id];
  ObjectRef ref{.kind = object.kind};
  if (is_part(object.kind)) {
    const ObjectNode& whole = nodes_[object.parent];
    ref.part = object.name;
    ref.name = whole.name;
    ref.schema = nodes_[whole.parent].name;
  } else {
    ref.name = object.name;
    ref.schema = nodes_[object.parent].name;
  }
  return ref;
}

NodeId ObjectGraph::schema_of(NodeId id) const {
  const ObjectNode& object = nodes_[id];
  return is_part(object.kind) ? nodes_[object.parent].parent : object.parent;
}

bool ObjectGraph::has_constraint_named(NodeId schema, std::string_view name) const {
  const auto found = constraint_names_.find(NameKeyView{schema, Namespace::Constraint, name});
  return found != constraint_names_.end() && found->second > 0;
}

void ObjectGraph::remember(NameKey key, Fate fate) {
  if (recording_) {
    const auto there = fates_.find(key);
    if (there == fates_.end()) {
      undo_.emplace_back([key](ObjectGraph& graph) { graph.fates_.erase(key); });
    } else {
      undo_.emplace_back(
          [key, before = there->second](ObjectGraph& graph) { graph.fates_[key] = before; });
    }
  }
  fates_[std::move(key)] = std::move(fate);
}

const Fate* ObjectGraph::fate(const NameKeyView& key) const {
  const auto found = fates_.find(key);
  return found == fates_.end() ? nullptr : &found->second;
}

ObjectGraph::Trial ObjectGraph::begin_trial() {
  Trial trial;
  trial.outermost = !recording_;
  trial.first_new = first_new_;
  trial.undo = undo_.size();
  recording_ = true;
  first_new_ = size();
  return trial;
}

void ObjectGraph::undo(const Trial& trial) {
  recording_ = false;
  while (undo_.size() > trial.undo) {
    undo_.back()(*this);
    undo_.pop_back();
  }
  keep(trial);
}

void ObjectGraph::keep(const Trial& trial) {
  recording_ = !trial.outermost;
  first_new_ = trial.first_new;
  if (trial.outermost) {
    undo_.clear();
  }
}

void ObjectGraph::bind(NodeId id) {
  const ObjectNode& object = nodes_[id];
  NameKey key{object.parent, namespace_of(object.kind), object.name};
  if (recording_) {
    undo_.emplace_back([key](ObjectGraph& graph) { graph.names_.erase(key); });
  }
  names_[std::move(key)] = id;
  count_constraint(id, 1);
}

void ObjectGraph::unbind(NodeId id) {
  count_constraint(id, -1);
  const ObjectNode& object = nodes_[id];
  NameKey key{object.parent, namespace_of(object.kind), object.name};
  names_.erase(key);
  if (recording_) {
    undo_.emplace_back([key = std::move(key), id](ObjectGraph& graph) { graph.names_[key] = id; });
  }
}

void ObjectGraph::count_constraint(NodeId id, int by) {
  if (nodes_[id].kind != ObjectKind::Constraint) {
    return;
  }
  NameKey key{schema_of(id), Namespace::Constraint, nodes_[id].name};
  constraint_names_[key] += by;
  if (recording_) {
    undo_.emplace_back(
        [key = std::move(key), by](ObjectGraph& graph) { graph.constraint_names_[key] -= by; });
  }
}

}  // namespace medusa
