// SPDX-License-Identifier: MIT
// What CREATE ... IF NOT EXISTS found in place of what it would have made, or what a CREATE failed
// on: the statement goes on, and its columns and values are compared with what is there.
#pragma once

#include <set>
#include <string>

#include "medusa/sql/footprint.hpp"

#include "object_graph.hpp"

namespace medusa {

class StandingIn {
 public:
  /// @param object what is there. @param effect what would have been created.
  /// @param conditional that is no failure.
  StandingIn(const ObjectGraph& graph,
             NodeId object,
             const Effect& effect,
             std::size_t index,
             bool conditional);

  [[nodiscard]] NodeId object() const { return object_; }

  /// Index of the effect that met it.
  [[nodiscard]] std::size_t index() const { return index_; }

  [[nodiscard]] bool conditional() const { return conditional_; }

  /// A part that the statement would have made.
  void compare(const ObjectGraph& graph, const Effect& part);

  /// Whether the shapes are known to differ, now that all parts are compared.
  [[nodiscard]] bool differs(const ObjectGraph& graph) const;

  /// In what, if only the types of columns differ that were read from a database, or what an index
  /// there is; else empty.
  [[nodiscard]] const std::string& detail() const { return detail_; }

 private:
  void compare_live_type(const ObjectGraph& graph, NodeId there, const Effect& part);

  NodeId object_;
  std::size_t index_;
  bool conditional_;
  bool comparable_;  ///< All columns are known on both sides.
  bool differs_;
  std::set<NodeId> matched_ = {};
  std::string detail_ = {};
};

}  // namespace medusa
