// SPDX-License-Identifier: MIT
// New names and schemas.
#include "application.hpp"
#include "reference.hpp"
#include "removal.hpp"

namespace medusa {

void Application::rename(const Effect& effect) {
  const Lookup found = find(effect.object);
  if (effect.object.kind == ObjectKind::Column) {
    forget_columns(effect.object);
  }
  if (!found.there() || !effect.renamed_to) {
    return need(effect);
  }
  const NodeId node = found.node;
  const ObjectNode before = graph_.node(node);
  NodeId parent = before.parent;
  if (!is_part(before.kind) && !effect.renamed_to->schema.empty()) {
    const Lookup schema = look_up_parent(graph_, surroundings_, *effect.renamed_to);
    if (schema.absent()) {
      report_missing(schema);
    }
    if (!schema.there()) {
      return;
    }
    parent = schema.node;
  }
  const std::string& name = own_name(*effect.renamed_to);
  if (parent == before.parent && name == before.name && !effect.renamed_to->schema.empty()) {
    return;  // SET SCHEMA to where it is; RENAME to its own name fails.
  }
  ObjectRef target = *effect.renamed_to;
  target.kind = before.kind;
  NodeId there = name_conflict(target, parent);
  const NodeId twin = twin_of(graph_, node);
  if (there == kNoNode && twin != kNoNode && name != before.name) {
    const ObjectNode& other = graph_.node(twin);
    there = graph_.find(other.parent, namespace_of(other.kind), name);
  }
  // A handler of a DO block leaves that aside; other conditions of parts are guards.
  if (there != kNoNode && effect.conditional && is_part(before.kind) && !statement_->guard) {
    return;
  }
  if (there != kNoNode) {
    SchemaProblem& problem = report(SchemaProblemKind::AlreadyThere, graph_.ref(there));
    problem.other = graph_.node(there).creator;
    return;
  }
  note_change(node);
  graph_.rename(node, parent, name);
  graph_.remember({before.parent, namespace_of(before.kind), before.name},
                  {.by = migration_, .renamed_to = graph_.ref(node)});
  if (parent != before.parent) {
    move_along(node, parent);
  }
  rename_twin(node, name);
}

void Application::forget_columns(const ObjectRef& part) {
  const Lookup view = look_up_parent(graph_, surroundings_, part);
  if (view.there() && graph_.node(view.node).kind == ObjectKind::View) {
    graph_.change(view.node).details = nullptr;
  }
}

void Application::move_along(NodeId table, NodeId schema) {
  // Indexes and owned sequences follow their table (manual, "ALTER TABLE", SET SCHEMA).
  for (const NodeId owned : removal_of(graph_, {table}, false).gone) {
    const ObjectNode& node = graph_.node(owned);
    if (owned != table && !is_part(node.kind) && node.parent != schema) {
      graph_.rename(owned, schema, node.name);
    }
  }
}

void Application::rename_twin(NodeId node, const std::string& name) {
  // The index of a constraint and the constraint are renamed together.
  const NodeId twin = twin_of(graph_, node);
  if (twin != kNoNode) {
    const ObjectNode& other = graph_.node(twin);
    const NameKey old{other.parent, namespace_of(other.kind), other.name};
    graph_.rename(twin, other.parent, name);
    graph_.remember(old, {.by = migration_, .renamed_to = graph_.ref(twin)});
  }
}

}  // namespace medusa
