// SPDX-License-Identifier: MIT
#include "application.hpp"

#include <algorithm>
#include <utility>

#include "error_condition.hpp"
#include "reference.hpp"

namespace medusa {

void Application::apply(const StatementFootprint& statement) {
  if (statement.handled.empty()) {
    perform(statement);
  } else {
    attempt(statement);
  }
}

void Application::attempt(const StatementFootprint& statement) {
  StatementFootprint plain = statement;
  for (Effect& effect : plain.effects) {
    effect.conditional = false;
  }
  const ObjectGraph::Trial trial = graph_.begin_trial();
  const SchemaSession session = surroundings_.session;
  const std::size_t index = statement_index_;
  const auto known = static_cast<std::ptrdiff_t>(problems_.size());
  const auto taken = static_cast<std::ptrdiff_t>(taken_.size());
  perform(plain);
  // The first thing that PostgreSQL comes across is what it says.
  const auto first = std::min_element(
      problems_.begin() + known, problems_.end(), [](const auto& a, const auto& b) {
        return a.effect < b.effect;
      });
  if (first == problems_.end()) {
    return graph_.keep(trial);
  }
  SchemaProblem problem = std::move(*first);
  problems_.erase(problems_.begin() + known, problems_.end());
  taken_.erase(taken_.begin() + taken, taken_.end());
  graph_.undo(trial);
  surroundings_.session = session;
  const std::vector<std::string>& handled = statement.handled;
  if (std::find(handled.begin(), handled.end(), condition_of(problem, plain, graph_)) ==
      handled.end()) {
    statement_index_ = index;
    return perform(plain);
  }
  if (problem.kind == SchemaProblemKind::AlreadyThere && problem.definitions_differ) {
    problem.kind = SchemaProblemKind::HiddenDifference;
    problems_.push_back(std::move(problem));
  }
}

void Application::perform(const StatementFootprint& statement) {
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
    case Action::Write:
      if (effect.object.kind == ObjectKind::Setting) {
        return surroundings_.session.set(effect);
      }
      return need(effect);
    case Action::Need:
    case Action::Read:
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

void Application::finish_statement() {
  for (const Pending& pending : pending_) {
    const Lookup found = find(pending.dependency.object);
    if (!graph_.node(pending.from).alive) {
      continue;
    }
    if (found.there() && found.node != pending.from) {
      connect(pending.from, found.node, pending.dependency);
    } else if (found.absent()) {
      effect_index_ = pending.effect;
      report_missing(found);
    }
  }
  note_keys();
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
  check_keys();
  // Where IF NOT EXISTS found a table, PostgreSQL does not look at what follows.
  for (std::size_t i = 0; !stands_ && i < statement_->texts.size(); ++i) {
    effect_index_ = statement_->effects.size();
    use_text(statement_->texts[i]);
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
    problem.detail = there.detail();
  }
  aliases_.clear();
  pending_.clear();
  standing_in_.clear();
  made_.clear();
  keys_.clear();
  references_.clear();
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
    if (graph_.node(constraint).definition.starts_with("PRIMARY KEY")) {
      make_primary_key(index);
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

SchemaProblem* Application::report_missing(const Lookup& lookup) {
  const bool known =
      std::any_of(problems_.begin(), problems_.end(), [&](const SchemaProblem& problem) {
        return is_missing(problem) && problem.object == lookup.missing;
      });
  if (known) {
    return nullptr;
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
  return &problem;
}

}  // namespace medusa
