// SPDX-License-Identifier: MIT
// Constant texts that become values of enums.
#include <algorithm>
#include <vector>

#include "application.hpp"

namespace medusa {

namespace {

/// What PostgreSQL 17 forgives: a value added to a type of the same transaction (release notes).
constexpr int kForgivesNewTypes = 170000;

NodeId column_at(const ObjectGraph& graph, NodeId table, std::size_t position) {
  std::vector<NodeId> columns;
  graph.for_each_user(table, [&](NodeId user, const Edge&) {
    if (graph.node(user).parent == table && graph.node(user).kind == ObjectKind::Column) {
      columns.push_back(user);
    }
  });
  std::sort(columns.begin(), columns.end());  // as they were made
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return position <= columns.size() ? columns[position - 1] : kNoNode;
}

bool is_enum(const ObjectGraph& graph, NodeId type) {
  bool has_values = false;
  graph.for_each_user(type, [&](NodeId user, const Edge&) {
    has_values = has_values || (graph.node(user).parent == type &&
                                graph.node(user).kind == ObjectKind::EnumValue);
  });
  return has_values || graph.node(type).definition.starts_with("ENUM");
}

}  // namespace

NodeId Application::type_of(const ConstantText& constant) const {
  const Lookup found = find(constant.of);
  if (!found.there()) {
    return kNoNode;  // that is a problem of its own, or nothing is known about it
  }
  NodeId node = found.node;
  if (constant.position > 0) {
    if (graph_.node(node).kind != ObjectKind::Table || graph_.node(node).open) {
      return kNoNode;
    }
    node = column_at(graph_, node, constant.position);
  }
  if (node != kNoNode && graph_.node(node).kind == ObjectKind::Column) {
    node = graph_.node(node).type;
  }
  return node == kNoNode || graph_.node(node).kind != ObjectKind::Type ? kNoNode : node;
}

void Application::use_text(const ConstantText& constant) {
  if (constant.of_body && !surroundings_.session.checks_function_bodies()) {
    return;
  }
  const NodeId type = type_of(constant);
  if (type == kNoNode || !is_enum(graph_, type)) {
    return;
  }
  ObjectRef value = graph_.ref(type);
  value.kind = ObjectKind::EnumValue;
  value.part = constant.text;
  const Lookup found = find(value);
  if (found.absent()) {
    // Of a type that is not open all values are known.
    SchemaProblem* const problem = report_missing(found);
    if (problem != nullptr && problem->object.kind == ObjectKind::EnumValue) {
      problem->exact = true;
    }
    return;
  }
  if (!found.there() || !is_uncommitted(found.node, type)) {
    return;
  }
  SchemaProblem& problem = report(SchemaProblemKind::UncommittedValue, value);
  problem.other = graph_.node(found.node).creator;
}

bool Application::is_uncommitted(NodeId value, NodeId type) const {
  const auto is_of_this = [&](NodeId node) {
    return graph_.node(node).transaction != 0 &&
           graph_.node(node).transaction == surroundings_.session.transaction();
  };
  return is_of_this(value) &&
         !(surroundings_.server_version >= kForgivesNewTypes && is_of_this(type));
}

}  // namespace medusa
