// SPDX-License-Identifier: MIT
#include "reference.hpp"

#include <algorithm>
#include <set>

namespace medusa {

namespace {

/// Columns that the object uses, owned by them or not.
std::set<NodeId> columns_of(const ObjectGraph& graph, NodeId node, bool owned) {
  std::set<NodeId> columns;
  for (const Edge& edge : graph.node(node).uses) {
    if (edge.owned == owned && graph.node(edge.to).kind == ObjectKind::Column) {
      columns.insert(edge.to);
    }
  }
  return columns;
}

bool has_constraint(const ObjectGraph& graph, NodeId index) {
  const std::vector<Edge>& uses = graph.node(index).uses;
  return std::any_of(uses.begin(), uses.end(), [&graph](const Edge& edge) {
    return edge.owned && graph.node(edge.to).kind == ObjectKind::Constraint;
  });
}

}  // namespace

NodeId table_of(const ObjectGraph& graph, NodeId node) {
  const ObjectNode& object = graph.node(node);
  switch (object.kind) {
    case ObjectKind::Table:
    case ObjectKind::View:
      return node;
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Trigger:
      return table_of(graph, object.parent);
    case ObjectKind::Index:
      for (const Edge& edge : object.uses) {
        if (edge.owned) {
          return table_of(graph, edge.to);
        }
      }
      return kNoNode;
    default:
      return kNoNode;
  }
}

NodeId twin_of(const ObjectGraph& graph, NodeId node, const std::string& name) {
  const ObjectNode& object = graph.node(node);
  const NodeId table = table_of(graph, node);
  if (table == kNoNode) {
    return kNoNode;
  }
  if (object.kind == ObjectKind::Index) {
    return graph.find(table, Namespace::Constraint, name);
  }
  if (object.kind != ObjectKind::Constraint) {
    return kNoNode;
  }
  const NodeId index = graph.find(graph.node(table).parent, Namespace::Relation, name);
  const bool same = index != kNoNode && graph.node(index).kind == ObjectKind::Index &&
                    table_of(graph, index) == table;
  return same ? index : kNoNode;
}

namespace {

NodeId primary_key_of(const ObjectGraph& graph, NodeId table) {
  NodeId key = kNoNode;
  graph.for_each_user(table, [&](NodeId user, const Edge&) {
    if (graph.node(user).kind == ObjectKind::Constraint &&
        graph.node(user).definition.starts_with("PRIMARY KEY")) {
      key = twin_of(graph, user, graph.node(user).name);
    }
  });
  return key;
}

/// The table that a foreign key refers to as a whole: another one that it uses, or its own.
NodeId referenced_table(const ObjectGraph& graph, NodeId constraint) {
  const ObjectNode& node = graph.node(constraint);
  for (const Edge& use : node.uses) {
    if (!use.owned && graph.node(use.to).kind == ObjectKind::Table) {
      return use.to;
    }
  }
  return node.parent;
}

}  // namespace

NodeId referenced_key(const ObjectGraph& graph, NodeId constraint) {
  if (graph.node(constraint).kind != ObjectKind::Constraint) {
    return kNoNode;
  }
  const std::set<NodeId> columns = columns_of(graph, constraint, false);
  NodeId key = kNoNode;
  if (columns.empty()) {
    const bool refers = graph.node(constraint).definition.starts_with("FOREIGN KEY");
    return refers ? primary_key_of(graph, referenced_table(graph, constraint)) : kNoNode;
  }
  graph.for_each_user(*columns.begin(), [&](NodeId user, const Edge&) {
    if (graph.node(user).kind == ObjectKind::Index && columns_of(graph, user, true) == columns &&
        (key == kNoNode || has_constraint(graph, user))) {
      key = user;
    }
  });
  return key;
}

}  // namespace medusa
