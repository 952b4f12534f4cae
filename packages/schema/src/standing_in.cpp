// SPDX-License-Identifier: MIT
#include "standing_in.hpp"

#include "medusa/sql/index_definition.hpp"

#include "column_type_text.hpp"
#include "lookup.hpp"

namespace medusa {

namespace {

/// An empty definition is one that is not known.
bool definitions_differ(ObjectKind kind, const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() &&
         (kind == ObjectKind::Index ? index_definitions_differ(a, b) : a != b);
}

bool makes_shape(ObjectKind kind) {
  return kind == ObjectKind::Column || kind == ObjectKind::EnumValue;
}

}  // namespace

StandingIn::StandingIn(const ObjectGraph& graph,
                       NodeId object,
                       const Effect& effect,
                       std::size_t index,
                       bool conditional)
    : object_(object),
      index_(index),
      conditional_(conditional &&
                   namespace_of(graph.node(object).kind) == namespace_of(effect.object.kind)),
      comparable_(!effect.columns_unknown && !graph.node(object).open),
      differs_(graph.node(object).kind != effect.object.kind ||
               definitions_differ(
                   graph.node(object).kind, graph.node(object).definition, effect.definition)) {
  const auto& details = graph.node(object).details;
  if (effect.object.kind == ObjectKind::Index && details != nullptr &&
      !details->live_definition.empty() &&
      index_definitions_differ(details->live_definition, effect.definition)) {
    detail_ = "it is " + details->live_definition;
  }
}

void StandingIn::compare(const ObjectGraph& graph, const Effect& part) {
  if (!makes_shape(part.object.kind)) {
    return;
  }
  const NodeId there = graph.find(object_, namespace_of(part.object.kind), own_name(part.object));
  if (there == kNoNode) {
    differs_ = differs_ || comparable_;
    return;
  }
  matched_.insert(there);
  differs_ = differs_ ||
             definitions_differ(part.object.kind, graph.node(there).definition, part.definition);
  compare_live_type(graph, there, part);
}

void StandingIn::compare_live_type(const ObjectGraph& graph, NodeId there, const Effect& part) {
  const ObjectNode& live = graph.node(there);
  const std::string wanted = column_type_text(part.type);
  if (!live.definition.empty() || live.kind != ObjectKind::Column || wanted.empty() ||
      !detail_.empty()) {
    return;
  }
  const std::string is = live.type != kNoNode ? graph.node(live.type).name : live.value_type;
  if (!is.empty() && is != wanted) {
    detail_ = "column " + live.name + " is " + is + ", not " + wanted;
  }
}

bool StandingIn::differs(const ObjectGraph& graph) const {
  bool more = false;
  graph.for_each_user(object_, [&](NodeId user, const Edge&) {
    more = more || (graph.node(user).parent == object_ && makes_shape(graph.node(user).kind) &&
                    matched_.count(user) == 0);
  });
  return differs_ || !detail_.empty() || (comparable_ && more);
}

}  // namespace medusa
