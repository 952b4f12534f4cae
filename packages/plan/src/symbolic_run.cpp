// SPDX-License-Identifier: MIT
#include "symbolic_run.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "medusa/catalog/lowered.hpp"

#include "footprint_keys.hpp"

namespace medusa {

namespace {

bool asks_for(const Effect& effect, const ObjectRef& object) {
  // What is missing is the outermost: who needs a column of a missing table needs the table.
  const auto same = [&](const ObjectRef& other) {
    return other.name == object.name && (object.part.empty() || other.part == object.part);
  };
  return (effect.action != Action::Create && same(effect.object)) ||
         std::any_of(effect.depends_on.begin(),
                     effect.depends_on.end(),
                     [&](const Effect::Dependency& dependency) { return same(dependency.object); });
}

/// The first statement that needs the object, or the number of statements.
std::size_t needing_statement(const DirectionFootprint& footprint, const ObjectRef& object) {
  const auto found = std::find_if(
      footprint.statements.begin(),
      footprint.statements.end(),
      [&](const StatementFootprint& statement) {
        return std::any_of(statement.effects.begin(),
                           statement.effects.end(),
                           [&](const Effect& effect) { return asks_for(effect, object); }) ||
               (object.kind == ObjectKind::EnumValue &&
                std::any_of(statement.texts.begin(),
                            statement.texts.end(),
                            [&](const ConstantText& text) { return text.text == object.part; }));
      });
  return static_cast<std::size_t>(found - footprint.statements.begin());
}

}  // namespace

SymbolicRun::SymbolicRun(const KnownMigrations& known,
                         SchemaState start,
                         TransactionMode mode,
                         std::set<std::string> waived)
    : known_(known),
      state_(std::move(start)),
      mode_(mode),
      waived_(std::move(waived)),
      commits_(known.size() - known.applied()) {}

bool SymbolicRun::in_transaction(std::size_t node) const {
  return known_.in_transaction(number(node), mode_);
}

TransactionScope SymbolicRun::scope_of(std::size_t node) const {
  if (!in_transaction(node)) {
    return TransactionScope::None;
  }
  const bool joins = mode_ == TransactionMode::All && last_.has_value() && in_transaction(*last_);
  return joins ? TransactionScope::Continued : TransactionScope::New;
}

std::string SymbolicRun::needed_commit(std::size_t node) {
  if (!state_.has_uncommitted_values()) {
    return {};
  }
  const MigrationNumber own = number(node);
  for (const SchemaProblem& problem :
       state_.check(own, footprint(node).statements, TransactionScope::Continued)) {
    if (problem.kind == SchemaProblemKind::UncommittedValue && problem.other.has_value() &&
        *problem.other != own) {
      return "uses " + known_.text(problem.object) + ", which " + known_.at(*problem.other).id() +
             " adds and must be committed first";
    }
  }
  return {};
}

std::vector<std::string> SymbolicRun::missing(std::size_t node) {
  std::vector<std::string> keys;
  for (const ObjectRef& object : state_.missing(footprint(node).statements, scope_of(node))) {
    std::string key = key_of(object);
    if (!waived_.contains(key)) {
      objects_.emplace(key, object);
      keys.push_back(std::move(key));
    }
  }
  return keys;
}

const DirectionFootprint& SymbolicRun::footprint(std::size_t node) {
  if (!read_.has_value() || read_->node != node) {
    read_ = {.node = node, .footprint = known_.footprint(number(node))};
  }
  return read_->footprint;
}

void SymbolicRun::note_needs(std::size_t node) {
  const DirectionFootprint& own = footprint(node);
  std::unordered_set<std::size_t> noted;
  const auto note = [&](const ObjectRef& object, std::size_t statement) {
    auto provider = providers_.find(key_of(object));
    if (provider == providers_.end()) {  // maybe of what it is part of
      provider = providers_.find(key_of({.kind = ObjectKind::Table, .name = object.name}));
    }
    if (provider == providers_.end() ||
        known_.at(number(provider->second)).member == known_.at(number(node)).member ||
        !noted.insert(provider->second).second) {
      return;
    }
    needs_.push_back(
        {.before = provider->second,
         .after = node,
         .reason = {.kind = OrderReason::Kind::Inferred,
                    .text = known_.text(object),
                    .place = known_.place_of(number(provider->second), Action::Create, object),
                    .needed_at = known_.place_in(own, number(node), statement)}});
  };
  for_each_needed(own, note);
}

void SymbolicRun::note_own_transaction(std::size_t node) {
  if (!in_transaction(node)) {
    return;
  }
  const DirectionFootprint& own = footprint(node);
  for (std::size_t i = 0; i < own.statements.size(); ++i) {
    for (const Hazard& hazard : own.statements[i].hazards) {
      if (hazard.rule == HazardRule::TransactionControl) {
        own_transactions_.push_back({.migration = number(node),
                                     .statement = hazard.name,
                                     .place = known_.place_in(own, number(node), i)});
        return;
      }
    }
  }
  const Migration& migration = known_.at(number(node));
  if (migration.dynamic_up == kControlsTransaction) {  // as the build saw it
    own_transactions_.push_back({.migration = number(node), .place = {.file = migration.source}});
  }
}

std::vector<std::string> SymbolicRun::place(std::size_t node) {
  note_needs(node);
  note_own_transaction(node);
  const bool in_doubt = !state_.opaque().empty();
  TransactionScope scope = scope_of(node);
  if (scope == TransactionScope::Continued) {
    commits_[node] = needed_commit(node);
    scope = commits_[node].empty() ? scope : TransactionScope::New;
  }
  last_ = node;
  for (SchemaProblem& problem : state_.apply(number(node), footprint(node).statements, scope)) {
    problems_.push_back(
        {.migration = number(node), .problem = std::move(problem), .in_doubt = in_doubt});
  }
  std::vector<std::string> keys = created_keys(footprint(node));
  for (const std::string& key : keys) {
    providers_.insert_or_assign(key, node);
  }
  return keys;
}

std::vector<std::string> SymbolicRun::provided(std::size_t node) const {
  return created_keys(known_.footprint(number(node)));
}

OrderReason SymbolicRun::reason(std::size_t provider,
                                std::size_t node,
                                const std::string& key) const {
  const ObjectRef& object = objects_.at(key);
  const DirectionFootprint needing = known_.footprint(number(node));
  return {.kind = OrderReason::Kind::Inferred,
          .text = known_.text(object),
          .place = known_.place_of(number(provider), Action::Create, object),
          .needed_at = known_.place_in(needing, number(node), needing_statement(needing, object))};
}

std::vector<SchemaProblem> SymbolicRun::check(std::size_t node) {
  return state_.check(number(node), known_.footprint(number(node)).statements, scope_of(node));
}

}  // namespace medusa
