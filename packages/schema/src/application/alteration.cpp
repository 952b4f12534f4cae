// SPDX-License-Identifier: MIT
// What must be there, and what changes.
#include <vector>

#include "application.hpp"
#include "column_type_text.hpp"

namespace medusa {

void Application::need(const Effect& effect) {
  if (effect.of_body && !surroundings_.session.checks_function_bodies()) {
    return;
  }
  // Where IF NOT EXISTS found something, nothing more is looked for, except by CREATE INDEX.
  const bool excused = stands_ && statement_->guard->object.kind != ObjectKind::Index;
  // Under ALTER TABLE IF EXISTS, whose table is there, only what is added or dropped may have an IF
  // of its own.
  const bool conditional = effect.conditional && !(guarded_ && effect.action != Action::Drop);
  const Lookup found = find(effect.object);
  if (found.absent() && !conditional && !excused) {
    report_missing(found);
  }
}

void Application::alter(const Effect& effect) {
  const Lookup found = find(effect.object);
  if (!found.there()) {
    return need(effect);
  }
  ObjectNode& altered = graph_.change(found.node);
  if (!altered.definition.empty() && !effect.definition.empty()) {
    altered.definition += "\n" + effect.definition;
  }
  altered.open = altered.open || !statement_->opaque.empty();
  if (altered.kind == ObjectKind::Column) {
    alter_column(found.node, effect.definition);
    if (effect.definition.starts_with("TYPE ")) {
      graph_.change(found.node).value_type = column_type_text(effect.type);
    }
  }
  if (altered.kind == ObjectKind::Sequence && !effect.depends_on.empty()) {
    // OWNED BY: from now on by this column only.
    graph_.unlink(found.node, [](const Edge& edge) { return edge.owned; });
  }
  depend(effect_index_, found.node, effect.depends_on);
  note_change(found.node);
}

void Application::alter_column(NodeId column, const std::string& change) {
  const auto unlink = [&](auto... kinds) {
    graph_.unlink(column, [&](const Edge& edge) {
      return !edge.owned && ((graph_.node(edge.to).kind == kinds) || ...);
    });
  };
  if (change.starts_with("TYPE ")) {
    unlink(ObjectKind::Type);
    graph_.change(column).type = kNoNode;
  } else if (change.starts_with("SET DEFAULT") || change == "DROP DEFAULT") {
    unlink(ObjectKind::Sequence, ObjectKind::Function);
  } else if (change == "DROP EXPRESSION") {
    unlink(ObjectKind::Sequence, ObjectKind::Function);
  } else if (change == "DROP IDENTITY") {
    std::vector<NodeId> sequences;
    graph_.for_each_user(column, [&](NodeId user, const Edge& edge) {
      if (edge.owned && graph_.node(user).kind == ObjectKind::Sequence) {
        sequences.push_back(user);
      }
    });
    unlink(ObjectKind::Sequence);
    drop(sequences, false);
  }
}

}  // namespace medusa
