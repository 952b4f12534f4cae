// SPDX-License-Identifier: MIT
#include "removal.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace medusa {

namespace {

/// Of a column's definition, which grows with what is altered.
bool is_identity(const std::string& definition) {
  const std::size_t made = definition.rfind(" AS IDENTITY");
  const std::size_t dropped = definition.rfind("DROP IDENTITY");
  return made != std::string::npos && (dropped == std::string::npos || dropped < made);
}

/// What the object is the inside of, so that it goes only with that, even under CASCADE: an index
/// of a constraint, a sequence of an identity column.
NodeId whole_of(const ObjectGraph& graph, NodeId id) {
  const ObjectKind kind = graph.node(id).kind;
  for (const Edge& edge : graph.node(id).uses) {
    const ObjectNode& used = graph.node(edge.to);
    const bool inside = (kind == ObjectKind::Index && used.kind == ObjectKind::Constraint) ||
                        (kind == ObjectKind::Sequence && used.kind == ObjectKind::Column &&
                         is_identity(used.definition));
    if (edge.owned && used.alive && inside) {
      return edge.to;
    }
  }
  return kNoNode;
}

/// A column uses functions and sequences in its default only, and outlives that.
bool loses_default(const ObjectGraph& graph, NodeId user, NodeId used) {
  const ObjectKind kind = graph.node(used).kind;
  return graph.node(user).kind == ObjectKind::Column &&
         (kind == ObjectKind::Function || kind == ObjectKind::Sequence);
}

class Collection {
 public:
  explicit Collection(const ObjectGraph& graph) : graph_(graph) {}

  void add(NodeId id) {
    if (members_.insert(id).second) {
      result_.gone.push_back(id);
    }
  }

  /// Takes along what is owned, until nothing new is found; notes the rest.
  void close() {
    for (; next_ < result_.gone.size(); ++next_) {
      const NodeId used = result_.gone[next_];
      graph_.for_each_user(used, [&](NodeId user, const Edge& edge) {
        if (edge.owned) {
          add(user);
        } else {
          others_.push_back({.from = user, .to = used});
        }
      });
    }
  }

  Removal finish(bool cascade) {
    close();
    for (std::size_t i = 0; cascade && i < others_.size(); ++i) {
      if (!loses_default(graph_, others_[i].from, others_[i].to)) {
        add(others_[i].from);
        close();
      }
    }
    for (const Removal::Loss& other : others_) {
      if (members_.count(other.from) != 0) {
        continue;
      }
      result_.losses.push_back(other);
      std::vector<NodeId>& blockers = result_.blockers;
      if (!cascade && std::find(blockers.begin(), blockers.end(), other.from) == blockers.end()) {
        blockers.push_back(other.from);
      }
    }
    return std::move(result_);
  }

  [[nodiscard]] bool has(NodeId id) const { return members_.count(id) != 0; }

 private:
  const ObjectGraph& graph_;
  Removal result_;
  std::unordered_set<NodeId> members_;
  std::vector<Removal::Loss> others_;
  std::size_t next_ = 0;
};

}  // namespace

Removal removal_of(const ObjectGraph& graph, const std::vector<NodeId>& roots, bool cascade) {
  Collection collection(graph);
  for (const NodeId root : roots) {
    collection.add(root);
  }
  Removal removal = collection.finish(cascade);
  for (const NodeId root : roots) {
    const NodeId whole = whole_of(graph, root);
    if (whole != kNoNode && !collection.has(whole)) {
      removal.blockers.push_back(whole);
    }
  }
  return removal;
}

}  // namespace medusa
