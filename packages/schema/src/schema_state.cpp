// SPDX-License-Identifier: MIT
#include "medusa/schema/schema_state.hpp"

#include <algorithm>
#include <utility>

#include "application.hpp"
#include "column_type_text.hpp"
#include "credit.hpp"
#include "object_graph.hpp"

namespace medusa {

struct SchemaState::State {
  ObjectGraph graph = {};
  Surroundings surroundings = {};
  std::vector<MigrationNumber> opaque = {};
  std::vector<TakenAlong> taken_along = {};
  Origins origins = {};

  /// Applies, but does not note what is opaque.
  std::vector<SchemaProblem> apply(MigrationNumber migration,
                                   const MigrationFootprint& footprint,
                                   TransactionScope scope,
                                   std::vector<TakenAlong>& taken) {
    surroundings.session.begin(scope);
    Application application(graph, surroundings, migration, taken);
    for (const StatementFootprint& statement : footprint) {
      application.apply(statement);
    }
    return std::move(application).problems();
  }
};

namespace {

NodeId schema_named(ObjectGraph& graph, const std::string& name) {
  const NodeId there = graph.find(kRoot, Namespace::Schema, name);
  return there == kNoNode ? graph.add(ObjectKind::Schema, kRoot, name) : there;
}

/// Parents come before parts, what is referred to mostly before what refers to it.
int rank(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
    case ObjectKind::Extension:
      return 0;
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Trigger:
    case ObjectKind::EnumValue:
      return 2;
    default:
      return 1;
  }
}

std::vector<const SchemaObject*> by_rank(const SchemaSnapshot& snapshot) {
  std::vector<const SchemaObject*> objects;
  objects.reserve(snapshot.objects.size());
  for (const SchemaObject& object : snapshot.objects) {
    objects.push_back(&object);
  }
  std::stable_sort(objects.begin(), objects.end(), [](const auto* a, const auto* b) {
    return rank(a->ref.kind) < rank(b->ref.kind);
  });
  return objects;
}

/// The index's table is that of a column it has, or of the constraint that it is there for.
std::vector<ObjectRef> key_columns(const SchemaObject& index) {
  std::vector<ObjectRef> columns;
  for (const Effect::Dependency& dependency : index.depends_on) {
    if (is_part(dependency.object.kind) || dependency.object.kind == ObjectKind::Table) {
      for (const std::string& name : *index.signature) {
        ObjectRef column = dependency.object;
        column.kind = ObjectKind::Column;
        column.part = name;
        columns.push_back(std::move(column));
      }
      break;
    }
  }
  return columns;
}

/// Null where there are none.
std::shared_ptr<const ObjectDetails> details_of(const ObjectGraph& graph,
                                                const Surroundings& surroundings,
                                                const SchemaObject& object) {
  const bool is_index = object.ref.kind == ObjectKind::Index;
  if (!object.signature && object.overloads.empty() && !(is_index && !object.definition.empty())) {
    return nullptr;
  }
  auto details = std::make_shared<ObjectDetails>();
  if (is_index) {
    details->live_definition = object.definition;
  }
  details->is_primary_key = object.is_primary_key;
  if (object.ref.kind == ObjectKind::View) {
    details->columns = object.signature;
  }
  for (const Overload& overload : object.overloads) {
    details->overloads.push_back({.overload = overload});
  }
  if (is_index && object.signature) {
    for (const ObjectRef& column : key_columns(object)) {
      const Lookup found = look_up(graph, surroundings, column);
      if (!found.there()) {
        details->key.clear();
        details->is_primary_key = false;
        break;
      }
      details->key.push_back(found.node);
    }
  }
  return details;
}

/// Adds what a database has; of what a damaged snapshot names twice or without its parent, nothing.
void fill(ObjectGraph& graph, const Surroundings& surroundings, const SchemaSnapshot& snapshot) {
  std::vector<std::pair<NodeId, const SchemaObject*>> added;
  added.reserve(snapshot.objects.size());
  for (const SchemaObject* object : by_rank(snapshot)) {
    const Lookup parent = look_up_parent(graph, surroundings, object->ref);
    const std::string& name = own_name(object->ref);
    if (!parent.there() ||
        graph.find(parent.node, namespace_of(object->ref.kind), name) != kNoNode) {
      continue;
    }
    const NodeId node = graph.add(object->ref.kind, parent.node, name);
    ObjectNode& made = graph.change(node);
    made.definition = made.kind == ObjectKind::Index ? std::string() : object->definition;
    made.open = made.kind == ObjectKind::View;
    made.value_type = column_type_text(object->type);
    added.emplace_back(node, object);
  }
  for (const auto& [node, object] : added) {
    if (auto details = details_of(graph, surroundings, *object)) {
      graph.change(node).details = std::move(details);
    }
    for (const Effect::Dependency& dependency : object->depends_on) {
      const Lookup used = look_up(graph, surroundings, dependency.object);
      if (used.there() && used.node != node) {
        graph.link(node, used.node, dependency.owned);
        if (dependency.is_type) {
          graph.change(node).type = used.node;
        }
      }
    }
  }
}

}  // namespace

SchemaState::SchemaState(std::string default_schema)
    : SchemaState(std::move(default_schema),
                  {.objects = {{.ref = {.kind = ObjectKind::Schema, .name = "public"}}}}) {}

SchemaState::SchemaState(std::string default_schema, const SchemaSnapshot& snapshot, PathRule rule)
    : state_(std::make_unique<State>()) {
  ObjectGraph& graph = state_->graph;
  static_cast<void>(schema_named(graph, default_schema));
  const std::vector<std::string> usual{default_schema, "public"};
  state_->surroundings = {
      .session = SchemaSession(snapshot.search_path.empty() ? usual : snapshot.search_path,
                               rule == PathRule::Entered ? usual : std::vector<std::string>(),
                               snapshot.user),
      .available_extensions = snapshot.available_extensions,
      .server_version = snapshot.server_version};
  if (rule == PathRule::Entered) {
    // Before the first migration, too.
    state_->surroundings.session.begin(TransactionScope::New);
  }
  fill(graph, state_->surroundings, snapshot);
}

SchemaState::~SchemaState() = default;

SchemaState::SchemaState(const SchemaState& other)
    : state_(std::make_unique<State>(*other.state_)) {}

SchemaState::SchemaState(SchemaState&&) noexcept = default;

SchemaState& SchemaState::operator=(const SchemaState& other) {
  if (this != &other) {
    state_ = std::make_unique<State>(*other.state_);
  }
  return *this;
}

SchemaState& SchemaState::operator=(SchemaState&&) noexcept = default;

void SchemaState::announce(const MigrationFootprint& footprint) {
  for (const StatementFootprint& statement : footprint) {
    for (const Effect& effect : statement.effects) {
      if (effect.action == Action::Create && effect.object.kind == ObjectKind::Function) {
        state_->surroundings.announced_functions.insert(effect.object.name);
      }
    }
  }
}

void SchemaState::credit(MigrationNumber migration, const MigrationFootprint& footprint) {
  credit_work(state_->graph, state_->surroundings, migration, footprint, state_->origins);
}

std::vector<SchemaProblem> SchemaState::apply(MigrationNumber migration,
                                              const MigrationFootprint& footprint,
                                              TransactionScope scope) {
  const bool is_opaque = std::any_of(footprint.begin(), footprint.end(), [](const auto& statement) {
    return !statement.opaque.empty();
  });
  if (is_opaque) {
    state_->opaque.push_back(migration);
  }
  return state_->apply(migration, footprint, scope, state_->taken_along);
}

std::vector<SchemaProblem> SchemaState::check(MigrationNumber migration,
                                              const MigrationFootprint& footprint,
                                              TransactionScope scope) {
  const SchemaSession before = state_->surroundings.session;
  const ObjectGraph::Trial trial = state_->graph.begin_trial();
  std::vector<TakenAlong> taken;  // undone, like everything else here
  std::vector<SchemaProblem> problems = state_->apply(migration, footprint, scope, taken);
  state_->graph.undo(trial);
  state_->surroundings.session = before;
  return problems;
}

std::vector<ObjectRef> SchemaState::missing(const MigrationFootprint& footprint,
                                            TransactionScope scope) {
  std::vector<ObjectRef> missing;
  for (const SchemaProblem& problem : check(0, footprint, scope)) {
    if (is_missing(problem)) {
      missing.push_back(problem.object);
    }
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

bool SchemaState::has_uncommitted_values() const {
  return state_->surroundings.session.has_uncommitted();
}

bool SchemaState::contains(const ObjectRef& object) const {
  return look_up(state_->graph, state_->surroundings, object).there();
}

const std::vector<MigrationNumber>& SchemaState::opaque() const {
  return state_->opaque;
}

const std::vector<TakenAlong>& SchemaState::taken_along() const {
  return state_->taken_along;
}

std::vector<CreatedObject> SchemaState::created() const {
  const ObjectGraph& graph = state_->graph;
  std::vector<CreatedObject> objects;
  for (NodeId id = kRoot + 1; id < graph.size(); ++id) {
    const ObjectNode& node = graph.node(id);
    if (!node.alive || !node.creator.has_value()) {
      continue;
    }
    objects.push_back({.object = graph.ref(id), .creator = *node.creator});
    for (const Edge& edge : node.uses) {
      if (edge.owned || edge.to == node.parent) {
        objects.back().owners.push_back(graph.ref(edge.to));
      }
    }
  }
  std::stable_sort(objects.begin(), objects.end(), [](const auto& a, const auto& b) {
    return a.creator < b.creator;
  });
  return objects;
}

std::vector<TableOwnership> SchemaState::ownership() const {
  const ObjectGraph& graph = state_->graph;
  std::vector<TableOwnership> tables;
  for (NodeId id = kRoot + 1; id < graph.size(); ++id) {
    const ObjectNode& node = graph.node(id);
    if (node.alive && (node.kind == ObjectKind::Table || node.kind == ObjectKind::View)) {
      tables.push_back(
          {.table = graph.ref(id), .creator = node.creator, .changers = node.changers});
    }
  }
  std::sort(
      tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.table < b.table; });
  return tables;
}

SchemaSnapshot SchemaState::snapshot() const {
  const ObjectGraph& graph = state_->graph;
  SchemaSnapshot snapshot{.available_extensions = state_->surroundings.available_extensions,
                          .server_version = state_->surroundings.server_version};
  for (NodeId id = kRoot + 1; id < graph.size(); ++id) {
    const ObjectNode& node = graph.node(id);
    if (!node.alive) {
      continue;
    }
    SchemaObject object{.ref = graph.ref(id), .definition = node.definition};
    for (const Edge& edge : node.uses) {
      if (edge.to != node.parent) {
        object.depends_on.push_back(
            {.object = graph.ref(edge.to), .owned = edge.owned, .is_type = edge.to == node.type});
      }
    }
    std::sort(object.depends_on.begin(), object.depends_on.end(), [](const auto& a, const auto& b) {
      return a.object < b.object;
    });
    snapshot.objects.push_back(std::move(object));
  }
  std::sort(snapshot.objects.begin(), snapshot.objects.end(), [](const auto& a, const auto& b) {
    return a.ref < b.ref;
  });
  return snapshot;
}

}  // namespace medusa
