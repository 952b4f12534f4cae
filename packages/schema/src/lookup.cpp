// SPDX-License-Identifier: MIT
#include "lookup.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace medusa {

namespace {

using Answer = Lookup::Answer;

Lookup there(NodeId node) {
  return {.answer = Answer::There, .node = node};
}

const Lookup kAssumed{.answer = Answer::Assumed};

Lookup absent(ObjectRef missing, const Fate* fate) {
  return {.answer = Answer::Absent, .missing = std::move(missing), .fate = fate};
}

bool is_built_in_schema(std::string_view name) {
  return name.starts_with("pg_") || name == "information_schema";
}

/// Columns that every table has, unlisted.
bool is_system_column(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames{
      "tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

Lookup look_up_schema(const ObjectGraph& graph, const std::string& name) {
  const NodeId found = graph.find(kRoot, Namespace::Schema, name);
  if (found != kNoNode) {
    return there(found);
  }
  if (is_built_in_schema(name)) {
    return kAssumed;
  }
  return absent({.kind = ObjectKind::Schema, .name = name},
                graph.fate({kRoot, Namespace::Schema, name}));
}

/// The schemas in which the name is looked up, in order.
std::array<NodeId, 2> path_of(const ObjectGraph& graph, const Surroundings& surroundings) {
  return {surroundings.default_schema, graph.find(kRoot, Namespace::Schema, "public")};
}

/// Whether what was not found counts as there all the same. (Needs of built-in types and functions
/// are not in footprints.)
bool is_assumed(const Surroundings& surroundings, ObjectKind kind, const std::string& name) {
  if (kind == ObjectKind::Function) {
    return surroundings.announced_functions.count(name) == 0;
  }
  return namespace_of(kind) == Namespace::Relation && name.starts_with("pg_");
}

/// An object of that kind that stands in a schema, by the schema and name of `ref`.
Lookup look_up_whole(const ObjectGraph& graph,
                     const Surroundings& surroundings,
                     ObjectKind kind,
                     const ObjectRef& ref) {
  std::array<NodeId, 2> path = path_of(graph, surroundings);
  if (!ref.schema.empty()) {
    const Lookup schema = look_up_schema(graph, ref.schema);
    if (!schema.there()) {
      return schema;
    }
    path = {schema.node, kNoNode};
  }
  const Namespace space = namespace_of(kind);
  const Fate* fate = nullptr;
  for (const NodeId schema : path) {
    if (schema == kNoNode) {
      continue;
    }
    const NodeId found = graph.find(schema, space, ref.name);
    if (found != kNoNode) {
      return there(found);
    }
    // A table is also the type of its rows.
    const NodeId row =
        space == Namespace::Type ? graph.find(schema, Namespace::Relation, ref.name) : kNoNode;
    if (row != kNoNode) {
      return there(row);
    }
    fate = fate == nullptr ? graph.fate({schema, space, ref.name}) : fate;
  }
  if (is_assumed(surroundings, kind, ref.name)) {
    return kAssumed;
  }
  return absent({.kind = kind, .schema = graph.node(path[0]).name, .name = ref.name}, fate);
}

/// The relation or type that the object is part of.
Lookup look_up_container(const ObjectGraph& graph,
                         const Surroundings& surroundings,
                         const ObjectRef& ref) {
  if (ref.kind == ObjectKind::EnumValue) {
    return look_up_whole(graph, surroundings, ObjectKind::Type, ref);
  }
  Lookup found = look_up_whole(graph, surroundings, ObjectKind::Table, ref);
  if (!found.absent()) {
    return found;
  }
  // Composite types have columns, domains have constraints.
  const Lookup as_type = look_up_whole(graph, surroundings, ObjectKind::Type, ref);
  return as_type.there() ? as_type : found;
}

}  // namespace

const std::string& own_name(const ObjectRef& ref) {
  return is_part(ref.kind) ? ref.part : ref.name;
}

Lookup look_up_parent(const ObjectGraph& graph,
                      const Surroundings& surroundings,
                      const ObjectRef& ref) {
  if (ref.kind == ObjectKind::Schema || ref.kind == ObjectKind::Extension) {
    return there(kRoot);
  }
  if (is_part(ref.kind)) {
    return look_up_container(graph, surroundings, ref);
  }
  return ref.schema.empty() ? there(surroundings.default_schema)
                            : look_up_schema(graph, ref.schema);
}

Lookup look_up(const ObjectGraph& graph, const Surroundings& surroundings, const ObjectRef& ref) {
  if (ref.kind == ObjectKind::Setting) {
    return kAssumed;
  }
  if (ref.kind == ObjectKind::Schema) {
    return look_up_schema(graph, ref.name);
  }
  if (ref.kind == ObjectKind::Extension) {
    const NodeId found = graph.find(kRoot, Namespace::Extension, ref.name);
    return found != kNoNode ? there(found)
                            : absent(ref, graph.fate({kRoot, Namespace::Extension, ref.name}));
  }
  if (!is_part(ref.kind)) {
    return look_up_whole(graph, surroundings, ref.kind, ref);
  }
  Lookup container = look_up_container(graph, surroundings, ref);
  if (!container.there()) {
    return container;
  }
  const Namespace space = namespace_of(ref.kind);
  const NodeId found = graph.find(container.node, space, ref.part);
  if (found != kNoNode) {
    return there(found);
  }
  if (graph.node(container.node).open ||
      (ref.kind == ObjectKind::Column && is_system_column(ref.part))) {
    return kAssumed;
  }
  ObjectRef missing = graph.ref(container.node);
  missing.kind = ref.kind;
  missing.part = ref.part;
  return absent(std::move(missing), graph.fate({container.node, space, ref.part}));
}

}  // namespace medusa
