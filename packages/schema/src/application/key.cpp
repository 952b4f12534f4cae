// SPDX-License-Identifier: MIT
// Keys: what foreign keys and ON CONFLICT count on.
#include <algorithm>
#include <set>

#include "application.hpp"
#include "key_type.hpp"
#include "reference.hpp"

namespace medusa {

namespace {

/// The key of an index, whatever the order of its columns; empty: it is none.
std::set<NodeId> key_of(const ObjectGraph& graph, NodeId index) {
  const auto& details = graph.node(index).details;
  return graph.node(index).kind != ObjectKind::Index || details == nullptr
             ? std::set<NodeId>()
             : std::set<NodeId>(details->key.begin(), details->key.end());
}

bool has_key(const ObjectGraph& graph, const std::vector<NodeId>& columns) {
  const std::set<NodeId> wanted(columns.begin(), columns.end());
  bool found = false;
  graph.for_each_user(columns.front(), [&](NodeId user, const Edge&) {
    // A live database's index depends on its constraint, and only that on the columns.
    const NodeId twin = twin_of(graph, user);
    found = found || key_of(graph, user) == wanted ||
            (twin != kNoNode && key_of(graph, twin) == wanted);
  });
  return found;
}

std::string names_of(const std::vector<ObjectRef>& columns) {
  std::string text;
  for (const ObjectRef& column : columns) {
    text += (text.empty() ? "" : ", ") + column.part;
  }
  return text;
}

/// The columns of a foreign key, and what they refer to: columns, or a table for its primary key.
struct Reference {
  explicit Reference(const Effect& effect) {
    for (const Effect::Dependency& each : effect.depends_on) {
      const bool is_column = each.object.kind == ObjectKind::Column;
      if (is_column && each.owned) {
        from.push_back(each.object);
      } else if (is_column) {
        to.push_back(each.object);
      } else if (!each.owned) {
        table = each.object;
      }
    }
    if (!to.empty()) {
      table = {.kind = ObjectKind::Table, .schema = to.front().schema, .name = to.front().name};
    }
  }

  std::vector<ObjectRef> from = {};
  std::vector<ObjectRef> to = {};
  ObjectRef table = {};
};

}  // namespace

void Application::note_key(NodeId index, const Effect& effect) {
  auto details = std::make_shared<ObjectDetails>();
  details->is_primary_key = effect.result == "primary key";
  for (const std::string& name : *effect.signature) {
    const auto column =
        std::find_if(effect.depends_on.begin(), effect.depends_on.end(), [&](const auto& each) {
          return each.object.kind == ObjectKind::Column && each.object.part == name;
        });
    const Lookup found = column == effect.depends_on.end() ? Lookup() : find(column->object);
    if (!found.there()) {
      return;
    }
    details->key.push_back(found.node);
  }
  graph_.change(index).details = std::move(details);
}

std::optional<std::vector<NodeId>> Application::nodes_of(
    const std::vector<ObjectRef>& columns) const {
  std::vector<NodeId> nodes;
  for (const ObjectRef& column : columns) {
    const Lookup found = find(column);
    if (!found.there() || graph_.node(found.node).kind != ObjectKind::Column) {
      return std::nullopt;
    }
    nodes.push_back(found.node);
  }
  return nodes;
}

NodeId Application::closed_table(const ObjectRef& table) const {
  const Lookup found = find(table);
  return found.there() && graph_.node(found.node).kind == ObjectKind::Table &&
                 !graph_.node(found.node).open
             ? found.node
             : kNoNode;
}

void Application::check_reference(const Effect& foreign_key) {
  const Reference reference(foreign_key);
  const NodeId table = closed_table(reference.table);
  const auto from = nodes_of(reference.from);
  auto to = nodes_of(reference.to);
  if (table == kNoNode || !from || !to) {
    return;
  }
  if (to->empty()) {
    to = primary_key_columns(graph_, table);
  }
  if (to->empty() || (from->size() == to->size() && !has_key(graph_, *to))) {
    report(SchemaProblemKind::NoKey, graph_.ref(table)).detail = names_of(reference.to);
    problems_.back().other = graph_.node(table).creator;
    return;
  }
  for (std::size_t i = 0; from->size() == to->size() && i < to->size(); ++i) {
    const ObjectNode& column = graph_.node((*from)[i]);
    const ObjectNode& key = graph_.node((*to)[i]);
    if (!can_refer(column.value_type, key.value_type)) {
      report(SchemaProblemKind::TypesDiffer, graph_.ref((*from)[i])).detail =
          column.name + " is " + column.value_type + ", " + graph_.ref((*to)[i]).text() + " is " +
          key.value_type;
      return;
    }
  }
}

void Application::check_arbiter(const Arbiter& arbiter) {
  const NodeId table = closed_table(arbiter.table);
  std::vector<ObjectRef> columns;
  for (const std::string& name : arbiter.columns) {
    ObjectRef column = arbiter.table;
    column.kind = ObjectKind::Column;
    column.part = name;
    columns.push_back(std::move(column));
  }
  const auto nodes = nodes_of(columns);
  if (table != kNoNode && nodes && !has_key(graph_, *nodes)) {
    effect_index_ = statement_->effects.size();
    report(SchemaProblemKind::NoArbiter, graph_.ref(table)).detail = names_of(columns);
    problems_.back().other = graph_.node(table).creator;
  }
}

void Application::note_keys() {
  for (const auto& [index, effect] : keys_) {
    if (graph_.node(index).alive) {
      note_key(index, *effect);
    }
  }
}

void Application::make_primary_key(NodeId index) {
  const auto& known = graph_.node(index).details;
  if (known != nullptr) {
    auto details = std::make_shared<ObjectDetails>(*known);
    details->is_primary_key = true;
    graph_.change(index).details = std::move(details);
  }
}

void Application::check_keys() {
  for (const auto& [index, effect] : references_) {
    effect_index_ = index;
    check_reference(*effect);
  }
  for (std::size_t i = 0; !stands_ && i < statement_->arbiters.size(); ++i) {
    check_arbiter(statement_->arbiters[i]);
  }
}

}  // namespace medusa
