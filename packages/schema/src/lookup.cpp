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

/// Whether what was not found counts as there all the same. (Needs of built-in types and functions
/// are not in footprints.)
bool is_assumed(const Surroundings& surroundings, ObjectKind kind, const std::string& name) {
  if (kind == ObjectKind::Function) {
    return surroundings.announced_functions.count(name) == 0;
  }
  return namespace_of(kind) == Namespace::Relation && name.starts_with("pg_");
}

NodeId find_in(const ObjectGraph& graph, NodeId schema, Namespace space, const std::string& name) {
  const NodeId found = graph.find(schema, space, name);
  // A table is also the type of its rows.
  return found == kNoNode && space == Namespace::Type
             ? graph.find(schema, Namespace::Relation, name)
             : found;
}

/// An object of that kind along the search_path.
Lookup look_up_on_path(const ObjectGraph& graph,
                       const Surroundings& surroundings,
                       ObjectKind kind,
                       const std::string& name) {
  const Namespace space = namespace_of(kind);
  const Fate* fate = nullptr;
  const std::vector<std::string>& path = surroundings.session.search_path();
  std::string first = path.empty() ? std::string() : path.front();
  bool first_is_there = false;
  for (const std::string& each : path) {
    const NodeId schema = graph.find(kRoot, Namespace::Schema, each);
    if (schema == kNoNode) {
      continue;
    }
    const NodeId found = find_in(graph, schema, space, name);
    if (found != kNoNode) {
      return there(found);
    }
    first = first_is_there ? first : each;
    first_is_there = true;
    fate = fate == nullptr ? graph.fate({schema, space, name}) : fate;
  }
  if (is_assumed(surroundings, kind, name)) {
    return kAssumed;
  }
  // On a path of its own, a migration may mean any of its schemas.
  return absent({.kind = kind,
                 .schema = surroundings.session.has_own_path() ? std::string() : std::move(first),
                 .name = name},
                fate);
}

/// An object of that kind that stands in a schema, by the schema and name of `ref`.
Lookup look_up_whole(const ObjectGraph& graph,
                     const Surroundings& surroundings,
                     ObjectKind kind,
                     const ObjectRef& ref) {
  if (ref.schema.empty()) {
    return look_up_on_path(graph, surroundings, kind, ref.name);
  }
  const Lookup schema = look_up_schema(graph, ref.schema);
  if (!schema.there()) {
    return schema;
  }
  const Namespace space = namespace_of(kind);
  const NodeId found = find_in(graph, schema.node, space, ref.name);
  if (found != kNoNode) {
    return there(found);
  }
  if (is_assumed(surroundings, kind, ref.name)) {
    return kAssumed;
  }
  return absent({.kind = kind, .schema = ref.schema, .name = ref.name},
                graph.fate({schema.node, space, ref.name}));
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
  if (!ref.schema.empty()) {
    return look_up_schema(graph, ref.schema);
  }
  const NodeId schema = creation_schema(graph, surroundings);
  if (schema != kNoNode) {
    return there(schema);
  }
  const std::vector<std::string>& path = surroundings.session.search_path();
  return look_up_schema(graph, path.empty() ? std::string() : path.front());
}

NodeId creation_schema(const ObjectGraph& graph, const Surroundings& surroundings) {
  for (const std::string& name : surroundings.session.search_path()) {
    const NodeId schema = graph.find(kRoot, Namespace::Schema, name);
    if (schema != kNoNode) {
      return schema;
    }
  }
  return kNoNode;
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
