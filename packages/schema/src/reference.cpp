// SPDX-License-Identifier: MIT
#include "reference.hpp"

#include <algorithm>
#include <set>

namespace medusa {

namespace {

/// Columns that the object uses, owned by them or not.
std::set<NodeId> columns_of(const ObjectGraph& graph, NodeId node, bool owned) {
  std::set<NodeId> columns;
  const auto& details = graph.node(node).details;
  if (owned && details != nullptr && !details->key.empty()) {
    return {details->key.begin(), details->key.end()};  // without those that it INCLUDEs
  }
  for (const Edge& edge : graph.node(node).uses) {
    if (edge.owned == owned && graph.node(edge.to).kind == ObjectKind::Column) {
      columns.insert(edge.to);
    }
  }
  return columns;
}

/// The constraint that the index is there for, or kNoNode.
NodeId constraint_of(const ObjectGraph& graph, NodeId index) {
  for (const Edge& edge : graph.node(index).uses) {
    if (edge.owned && graph.node(edge.to).kind == ObjectKind::Constraint) {
      return edge.to;
    }
  }
  return kNoNode;
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

NodeId twin_of(const ObjectGraph& graph, NodeId node) {
  if (graph.node(node).kind == ObjectKind::Index) {
    return constraint_of(graph, node);
  }
  NodeId index = kNoNode;
  if (graph.node(node).kind == ObjectKind::Constraint) {
    graph.for_each_user(node, [&](NodeId user, const Edge& edge) {
      if (edge.owned && graph.node(user).kind == ObjectKind::Index) {
        index = user;
      }
    });
  }
  return index;
}

namespace {

NodeId primary_key_of(const ObjectGraph& graph, NodeId table) {
  NodeId key = kNoNode;
  graph.for_each_user(table, [&](NodeId user, const Edge&) {
    if (graph.node(user).kind == ObjectKind::Constraint &&
        graph.node(user).definition.starts_with("PRIMARY KEY")) {
      key = twin_of(graph, user);
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

std::vector<NodeId> primary_key_columns(const ObjectGraph& graph, NodeId table) {
  std::vector<NodeId> columns;
  graph.for_each_user(table, [&](NodeId part, const Edge&) {
    if (graph.node(part).kind != ObjectKind::Column || graph.node(part).parent != table) {
      return;
    }
    graph.for_each_user(part, [&](NodeId user, const Edge&) {
      const bool is_constraint = graph.node(user).kind == ObjectKind::Constraint;
      const NodeId index = is_constraint ? twin_of(graph, user) : user;
      if (index == kNoNode || graph.node(index).kind != ObjectKind::Index) {
        return;
      }
      const auto& details = graph.node(index).details;
      if (details != nullptr && details->is_primary_key) {
        columns = details->key;
      }
    });
  });
  return columns;
}

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
        (key == kNoNode || constraint_of(graph, user) != kNoNode)) {
      key = user;
    }
  });
  return key;
}

}  // namespace medusa
