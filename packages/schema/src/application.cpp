// SPDX-License-Identifier: MIT
#include "application.hpp"

#include <algorithm>
#include <utility>

#include "chosen_name.hpp"
#include "reference.hpp"
#include "removal.hpp"

namespace medusa {

namespace {

bool has_rows(ObjectKind kind) {
  return kind == ObjectKind::Table || kind == ObjectKind::View;
}

}  // namespace

void Application::apply(const StatementFootprint& statement) {
  statement_ = &statement;
  guarded_ = false;
  stands_ = false;
  if (statement.guard) {
    const bool there = look_up(graph_, surroundings_, statement.guard->object).there();
    if (statement.guard->must_exist && !there) {
      ++statement_index_;
      return;
    }
    guarded_ = statement.guard->must_exist;
    stands_ = there && !guarded_;
  }
  for (effect_index_ = 0; effect_index_ < statement.effects.size(); ++effect_index_) {
    apply(statement.effects[effect_index_]);
  }
  finish_statement();
  ++statement_index_;
}

std::vector<SchemaProblem> Application::problems() && {
  std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.statement, a.effect) < std::pair(b.statement, b.effect);
  });
  return std::move(problems_);
}

void Application::apply(const Effect& effect) {
  switch (effect.action) {
    case Action::Create:
      return create(effect);
    case Action::Need:
    case Action::Read:
    case Action::Write:
      return need(effect);
    case Action::Alter:
      return alter(effect);
    case Action::Rename:
      return rename(effect);
    case Action::Drop:
      return drop(*statement_);
  }
}

Lookup Application::find(const ObjectRef& ref) const {
  // What this statement made under another name than proposed is meant by the proposal.
  for (const Alias& alias : aliases_) {
    if (alias.proposal == ref) {
      return {.answer = Lookup::Answer::There, .node = alias.node};
    }
  }
  return look_up(graph_, surroundings_, ref);
}

// --- Create -------------------------------------------------------------------------------------

void Application::create(const Effect& effect) {
  const ObjectRef& ref = effect.object;
  if (ref.kind == ObjectKind::Setting) {
    return;
  }
  const Lookup parent = look_up_parent(graph_, surroundings_, ref);
  if (parent.absent()) {
    report_missing(parent);
  }
  if (!parent.there() || stands_in(effect, parent.node)) {
    return;
  }
  if (!effect.generated_name) {
    const NodeId there = name_conflict(ref, parent.node);
    if (there != kNoNode) {
      return meet(effect, there);
    }
  }
  make(effect, parent.node);
}

NodeId Application::name_conflict(const ObjectRef& ref, NodeId parent) const {
  const NodeId same = graph_.find(parent, namespace_of(ref.kind), own_name(ref));
  if (same != kNoNode) {
    return same;
  }
  // The rows of a table or view have a type of its name.
  if (has_rows(ref.kind)) {
    return graph_.find(parent, Namespace::Type, ref.name);
  }
  if (ref.kind == ObjectKind::Type) {
    const NodeId relation = graph_.find(parent, Namespace::Relation, ref.name);
    return relation != kNoNode && has_rows(graph_.node(relation).kind) ? relation : kNoNode;
  }
  return kNoNode;
}

bool Application::stands_in(const Effect& effect, NodeId parent) {
  for (StandingIn& there : standing_in_) {
    if (there.conditional() && !effect.conditional) {
      continue;
    }
    if (there.object() == parent) {
      there.compare(graph_, effect);
      return true;
    }
    // Its indexes, constraints and sequences are not made either.
    const auto belongs = [&](const Effect::Dependency& dependency) {
      const Lookup used = look_up(graph_, surroundings_, dependency.object);
      const Lookup whole = is_part(dependency.object.kind)
                               ? look_up_parent(graph_, surroundings_, dependency.object)
                               : used;
      return dependency.owned && ((used.there() && used.node == there.object()) ||
                                  (whole.there() && whole.node == there.object()));
    };
    if (std::any_of(effect.depends_on.begin(), effect.depends_on.end(), belongs)) {
      return true;
    }
  }
  return false;
}

void Application::meet(const Effect& effect, NodeId there) {
  if (effect.replaces) {
    ObjectNode& replaced = graph_.change(there);
    replaced.definition = effect.definition;
    const NodeId parent = replaced.parent;
    graph_.unlink(there, [parent](const Edge& edge) { return edge.to != parent; });
    depend(effect_index_, there, effect.depends_on);
    return note_change(there);
  }
  // A guard speaks of its own object; whether a column has an IF of its own cannot be told.
  const bool guards_this = !statement_->guard || effect.object == statement_->guard->object ||
                           effect.object.kind == ObjectKind::Column;
  standing_in_.emplace_back(
      graph_, there, effect, effect_index_, effect.conditional && guards_this);
}

std::string Application::name_for(const Effect& effect, NodeId parent) {
  const ObjectRef& ref = effect.object;
  if (!effect.generated_name) {
    return own_name(ref);
  }
  // A constraint and its index get one name, whichever comes first.
  const ObjectKind partner =
      ref.kind == ObjectKind::Index ? ObjectKind::Constraint : ObjectKind::Index;
  const auto is_partner = [&](const Effect& other) {
    return other.action == Action::Create && other.generated_name && other.object.kind == partner &&
           own_name(other.object) == own_name(ref);
  };
  const std::vector<Effect>& effects = statement_->effects;
  bool paired = effect_index_ + 1 < effects.size() && is_partner(effects[effect_index_ + 1]);
  if (effect_index_ > 0 && is_partner(effects[effect_index_ - 1]) && !made_.empty()) {
    if (graph_.node(made_.back()).kind == partner) {
      return graph_.node(made_.back()).name;
    }
    paired = true;
  }
  const NodeId schema = is_part(ref.kind) ? graph_.node(parent).parent : parent;
  return chosen_name(graph_, schema, ref.kind, paired, own_name(ref));
}

void Application::make(const Effect& effect, NodeId parent) {
  const ObjectRef& ref = effect.object;
  if (ref.kind == ObjectKind::Extension && !surroundings_.available_extensions.empty() &&
      std::find(surroundings_.available_extensions.begin(),
                surroundings_.available_extensions.end(),
                ref.name) == surroundings_.available_extensions.end()) {
    report(SchemaProblemKind::ExtensionMissing, ref);
  }
  const NodeId node = graph_.add(ref.kind, parent, name_for(effect, parent));
  ObjectNode& made = graph_.change(node);
  made.creator = migration_;
  made.definition = effect.definition;
  made.open = effect.columns_unknown || ref.kind == ObjectKind::View || !statement_->opaque.empty();
  made_.push_back(node);
  if (effect.generated_name) {
    aliases_.push_back({.proposal = ref, .node = node});
  }
  depend(effect_index_, node, effect.depends_on);
  if (ref.kind == ObjectKind::Sequence && effect.generated_name) {
    // Of a serial or identity column, whose values come from it.
    for (const Edge edge : std::vector<Edge>(graph_.node(node).uses)) {
      if (edge.owned) {
        graph_.link(edge.to, node, false);
      }
    }
  }
  note_change(node);
}

void Application::depend(std::size_t effect,
                         NodeId from,
                         const std::vector<Effect::Dependency>& on) {
  for (const Effect::Dependency& dependency : on) {
    const Lookup found = find(dependency.object);
    if (found.there() && found.node != from) {
      graph_.link(from, found.node, dependency.owned);
    } else if (found.absent()) {
      pending_.push_back({.effect = effect, .from = from, .dependency = dependency});
    }
  }
}

// --- Need, Alter --------------------------------------------------------------------------------

void Application::need(const Effect& effect) {
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
  } else if (change.starts_with("SET DEFAULT") || change == "DROP DEFAULT") {
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

// --- Rename -------------------------------------------------------------------------------------

void Application::rename(const Effect& effect) {
  const Lookup found = find(effect.object);
  if (!found.there() || !effect.renamed_to) {
    return need(effect);
  }
  const NodeId node = found.node;
  const ObjectNode before = graph_.node(node);
  NodeId parent = before.parent;
  if (!is_part(before.kind) && !effect.renamed_to->schema.empty()) {
    const Lookup schema = look_up_parent(graph_, surroundings_, *effect.renamed_to);
    if (schema.absent()) {
      report_missing(schema);
    }
    if (!schema.there()) {
      return;
    }
    parent = schema.node;
  }
  const std::string& name = own_name(*effect.renamed_to);
  if (parent == before.parent && name == before.name && !effect.renamed_to->schema.empty()) {
    return;  // SET SCHEMA to where it is; RENAME to its own name fails.
  }
  ObjectRef target = *effect.renamed_to;
  target.kind = before.kind;
  NodeId there = name_conflict(target, parent);
  const NodeId twin = twin_of(graph_, node);
  if (there == kNoNode && twin != kNoNode && name != before.name) {
    const ObjectNode& other = graph_.node(twin);
    there = graph_.find(other.parent, namespace_of(other.kind), name);
  }
  if (there != kNoNode) {
    SchemaProblem& problem = report(SchemaProblemKind::AlreadyThere, graph_.ref(there));
    problem.other = graph_.node(there).creator;
    return;
  }
  note_change(node);
  graph_.rename(node, parent, name);
  graph_.remember({before.parent, namespace_of(before.kind), before.name},
                  {.by = migration_, .renamed_to = graph_.ref(node)});
  if (parent != before.parent) {
    move_along(node, parent);
  }
  rename_twin(node, name);
}

void Application::move_along(NodeId table, NodeId schema) {
  // Indexes and owned sequences follow their table (manual, "ALTER TABLE", SET SCHEMA).
  for (const NodeId owned : removal_of(graph_, {table}, false).gone) {
    const ObjectNode& node = graph_.node(owned);
    if (owned != table && !is_part(node.kind) && node.parent != schema) {
      graph_.rename(owned, schema, node.name);
    }
  }
}

void Application::rename_twin(NodeId node, const std::string& name) {
  // The index of a constraint and the constraint are renamed together.
  const NodeId twin = twin_of(graph_, node);
  if (twin != kNoNode) {
    const ObjectNode& other = graph_.node(twin);
    const NameKey old{other.parent, namespace_of(other.kind), other.name};
    graph_.rename(twin, other.parent, name);
    graph_.remember(old, {.by = migration_, .renamed_to = graph_.ref(twin)});
  }
}

// --- Drop ---------------------------------------------------------------------------------------

void Application::drop(const StatementFootprint& statement) {
  const Effect& first = statement.effects[effect_index_];
  std::vector<NodeId> roots;
  // The objects of one DROP go together, so they do not stand in each other's way.
  for (;; ++effect_index_) {
    const Effect& effect = statement.effects[effect_index_];
    const Lookup found = find(effect.object);
    if (found.there() &&
        namespace_of(graph_.node(found.node).kind) != namespace_of(effect.object.kind)) {
      // The type of a table's rows goes only with the table.
      SchemaProblem& problem = report(SchemaProblemKind::Blocked, effect.object);
      problem.other = graph_.node(found.node).creator;
      problem.dependents = {graph_.ref(found.node)};
    } else if (found.there()) {
      roots.push_back(found.node);
    } else {
      need(effect);
    }
    if (effect_index_ + 1 == statement.effects.size()) {
      break;
    }
    const Effect& next = statement.effects[effect_index_ + 1];
    if (next.action != Action::Drop || next.cascade != first.cascade || is_part(next.object.kind) ||
        is_part(first.object.kind)) {
      break;
    }
  }
  drop(roots, first.cascade);
}

void Application::drop(const std::vector<NodeId>& roots, bool cascade) {
  if (roots.empty()) {
    return;
  }
  const Removal removal = removal_of(graph_, roots, cascade);
  if (!removal.blockers.empty()) {
    SchemaProblem& problem = report(SchemaProblemKind::Blocked, graph_.ref(roots.front()));
    problem.other = graph_.node(removal.blockers.front()).creator;
    for (const NodeId blocker : removal.blockers) {
      problem.dependents.push_back(graph_.ref(blocker));
    }
  }
  for (const NodeId node : removal.gone) {
    note_change(node);
    if (std::find(roots.begin(), roots.end(), node) == roots.end()) {
      taken_.push_back(
          {.by = migration_, .object = graph_.ref(node), .creator = graph_.node(node).creator});
    }
  }
  for (const Removal::Loss& loss : removal.losses) {
    graph_.unlink(loss.from, [&loss](const Edge& edge) { return edge.to == loss.to; });
  }
  for (const NodeId node : removal.gone) {
    const ObjectNode& object = graph_.node(node);
    graph_.remember({object.parent, namespace_of(object.kind), object.name}, {.by = migration_});
    graph_.remove(node);
  }
}

// --- The statement as a whole -------------------------------------------------------------------

void Application::finish_statement() {
  for (const Pending& pending : pending_) {
    const Lookup found = find(pending.dependency.object);
    if (!graph_.node(pending.from).alive) {
      continue;
    }
    if (found.there() && found.node != pending.from) {
      graph_.link(pending.from, found.node, pending.dependency.owned);
    } else if (found.absent()) {
      effect_index_ = pending.effect;
      report_missing(found);
    }
  }
  for (const NodeId made : made_) {
    if (!graph_.node(made).alive) {
      continue;
    }
    adopt_index(made);
    const NodeId key = referenced_key(graph_, made);
    if (key != kNoNode) {
      graph_.link(made, key, false);
    }
  }
  excuse_needs();
  for (const StandingIn& there : standing_in_) {
    const bool differs = there.differs(graph_);
    if (there.conditional() && !differs) {
      continue;
    }
    effect_index_ = there.index();
    SchemaProblem& problem = report(
        there.conditional() ? SchemaProblemKind::HiddenDifference : SchemaProblemKind::AlreadyThere,
        graph_.ref(there.object()));
    problem.other = graph_.node(there.object()).creator;
    problem.definitions_differ = differs;
  }
  aliases_.clear();
  pending_.clear();
  standing_in_.clear();
  made_.clear();
}

void Application::adopt_index(NodeId constraint) {
  if (graph_.node(constraint).kind != ObjectKind::Constraint) {
    return;
  }
  // USING INDEX: from now on the index is the constraint's, and both are of the same columns.
  for (const Edge& edge : std::vector<Edge>(graph_.node(constraint).uses)) {
    if (!edge.owned || graph_.node(edge.to).kind != ObjectKind::Index) {
      continue;
    }
    const NodeId index = edge.to;
    graph_.unlink(constraint, [index](const Edge& used) { return used.to == index; });
    for (const Edge& used : std::vector<Edge>(graph_.node(index).uses)) {
      if (used.owned) {
        graph_.link(constraint, used.to, true);
      }
    }
    graph_.link(index, constraint, true);
  }
}

void Application::excuse_needs() {
  // ADD COLUMN IF NOT EXISTS does not look at type and references where the column is there.
  const bool column_stands =
      std::any_of(standing_in_.begin(), standing_in_.end(), [this](const StandingIn& there) {
        return there.conditional() && graph_.node(there.object()).kind == ObjectKind::Column;
      });
  if (column_stands) {
    problems_.erase(std::remove_if(problems_.begin(),
                                   problems_.end(),
                                   [this](const SchemaProblem& problem) {
                                     return problem.statement == statement_index_ &&
                                            is_missing(problem);
                                   }),
                    problems_.end());
  }
}

void Application::note_change(NodeId node) {
  const NodeId table = table_of(graph_, node);
  if (table == kNoNode || graph_.node(table).creator == migration_) {
    return;
  }
  const std::vector<MigrationNumber>& known = graph_.node(table).changers;
  if (std::find(known.begin(), known.end(), migration_) == known.end()) {
    graph_.change(table).changers.push_back(migration_);
  }
}

SchemaProblem& Application::report(SchemaProblemKind kind, ObjectRef object) {
  SchemaProblem& problem = problems_.emplace_back();
  problem.kind = kind;
  problem.statement = statement_index_;
  problem.effect = effect_index_;
  problem.object = std::move(object);
  return problem;
}

void Application::report_missing(const Lookup& lookup) {
  const bool known =
      std::any_of(problems_.begin(), problems_.end(), [&](const SchemaProblem& problem) {
        return is_missing(problem) && problem.object == lookup.missing;
      });
  if (known) {
    return;
  }
  SchemaProblem& problem = report(SchemaProblemKind::NeverThere, lookup.missing);
  if (lookup.missing.kind == ObjectKind::Extension) {
    problem.kind = SchemaProblemKind::ExtensionMissing;
  } else if (lookup.fate != nullptr) {
    problem.kind = lookup.fate->renamed_to ? SchemaProblemKind::RenamedBefore
                                           : SchemaProblemKind::DroppedBefore;
  }
  if (lookup.fate != nullptr) {
    problem.other = lookup.fate->by;
    problem.renamed_to = lookup.fate->renamed_to;
  }
}

}  // namespace medusa
