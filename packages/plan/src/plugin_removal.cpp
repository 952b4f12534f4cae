// SPDX-License-Identifier: MIT
#include "medusa/plan/plugin_removal.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "medusa/core/text.hpp"
#include "medusa/plan/upgrade_order.hpp"

#include "known_migrations.hpp"
#include "plugin_uses.hpp"
#include "refusal.hpp"
#include "starting_schema.hpp"

namespace medusa {

namespace {

bool is_removable(const Member& member) {
  return member.role == Role::Plugin || member.role == Role::Module;
}

const Member& member_named(const Catalog& catalog, const std::string& name) {
  std::vector<std::string> names;
  for (const Member& member : catalog.members()) {
    if (member.name == name && is_removable(member)) {
      return member;
    }
    if (member.name == name) {
      throw Error({.code = ErrorCode::Plan,
                   .message = "'" + name + "' is the " + std::string(to_string(member.role)) +
                              ", not a plugin",
                   .hint = "name one of [workspace] plugins in medusa.toml"});
    }
    if (is_removable(member)) {
      names.push_back(member.name);
    }
  }
  const auto close = closest_match(name, names);
  throw Error({.code = ErrorCode::Plan,
               .message = "no plugin is called '" + name + "'",
               .hint = close.has_value() ? "did you mean '" + *close + "'?"
                       : names.empty()   ? "the workspace has no plugins"
                                         : "there are: " + join(names, ", ")});
}

class Remover {
 public:
  Remover(const Member& member,
          const Catalog& catalog,
          const History& history,
          const UpgradeFacts& facts)
      : name_(member.name),
        history_(history),
        facts_(facts),
        known_(catalog, history, pending_migrations(catalog, history), facts),
        state_(starting_schema(known_, facts)) {
    removal_.plugin = member.name;
    removal_.version = member.version;
  }

  PluginRemoval plan(const Catalog& catalog, const Recordings& recordings) {
    note_missing(catalog, recordings);
    for (MigrationNumber number = known_.applied(); number-- > 0;) {
      if (known_.at(number).member == name_) {
        revert(number);
      }
    }
    count_executed_since();
    removal_.used_by = uses_of(name_, known_);
    note_unknown();
    note_remaining();
    return std::move(removal_);
  }

 private:
  void note_missing(const Catalog& catalog, const Recordings& recordings) {
    for (const AppliedMigration& row : history_.rows()) {
      const Recording* recording = recordings.of(row);
      if (recording != nullptr && recording->member == name_ && catalog.find(row.name) == nullptr) {
        removal_.missing.push_back(row.name);
      }
    }
  }

  void revert(MigrationNumber number) {
    const DirectionFootprint down = facts_.footprints.down(known_.at(number));
    RemovalStep step{.migration = known_.at(number), .doubt = down.doubt()};
    const auto row = std::find_if(
        history_.rows().begin(), history_.rows().end(), [&](const AppliedMigration& applied) {
          return applied.name == step.migration.name;
        });
    step.id = row == history_.rows().end() ? 0 : row->id;
    if (step.doubt.empty() &&
        std::find(down.asked.begin(), down.asked.end(), true) != down.asked.end()) {
      step.doubt = "it asks the database how to go on";
    }
    const std::set<std::string> dropped = note_drops(step, down);
    const std::size_t taken_before = state_.taken_along().size();
    for (const SchemaProblem& problem : state_.apply(number, down.statements)) {
      const bool asked = problem.statement < down.asked.size() && down.asked[problem.statement];
      if (!asked) {
        note_problem(step, number, problem);
      }
    }
    note_along(step, dropped, taken_before);
    removal_.steps.push_back(std::move(step));
  }

  /// Returns the names of the relations and types that go.
  std::set<std::string> note_drops(RemovalStep& step, const DirectionFootprint& down) const {
    std::set<std::string> names;
    for (const StatementFootprint& statement : down.statements) {
      for (const Effect& effect : statement.effects) {
        if (effect.action == Action::Drop && state_.contains(effect.object)) {
          step.drops.push_back(known_.text(effect.object));
          if (effect.object.part.empty()) {
            names.insert(effect.object.name);
          }
        }
      }
    }
    return names;
  }

  void note_problem(RemovalStep& step, MigrationNumber number, const SchemaProblem& problem) {
    if (problem.kind != SchemaProblemKind::Blocked) {
      step.problems.push_back(
          refusal_of({.migration = number, .problem = problem}, known_).message);
      return;
    }
    BlockedDrop blocked{.by = step.migration.id(), .object = known_.text(problem.object)};
    for (const ObjectRef& dependent : problem.dependents) {
      blocked.dependents.push_back(known_.text(dependent));
    }
    removal_.blocked.push_back(std::move(blocked));
  }

  void note_along(RemovalStep& step, const std::set<std::string>& dropped, std::size_t from) {
    const std::vector<TakenAlong>& taken = state_.taken_along();
    std::set<std::string> constraints;  // an index of the same name goes without saying
    for (std::size_t i = from; i < taken.size(); ++i) {
      if (taken[i].object.kind == ObjectKind::Constraint) {
        constraints.insert(taken[i].object.part);
      }
    }
    for (std::size_t i = from; i < taken.size(); ++i) {
      const ObjectRef& object = taken[i].object;
      const bool inside = !object.part.empty() && dropped.contains(object.name);
      const bool twin = object.kind == ObjectKind::Index && constraints.contains(object.name);
      if (is_of_others(taken[i], inside)) {
        removal_.taken.push_back(
            {.by = step.migration.id(),
             .object = known_.text(object),
             .creator = taken[i].creator.has_value() ? known_.at(*taken[i].creator).id() : ""});
      } else if (!inside && !twin) {
        step.along.push_back(known_.text(object));
      }
    }
  }

  /// Of what nobody is known to have made, views and parts of tables that stay are somebody's.
  [[nodiscard]] bool is_of_others(const TakenAlong& taken, bool inside) const {
    if (taken.creator.has_value()) {
      return known_.at(*taken.creator).member != name_;
    }
    return taken.object.kind == ObjectKind::View || (!taken.object.part.empty() && !inside);
  }

  void count_executed_since() {
    if (removal_.steps.empty()) {
      return;
    }
    const std::int64_t first = removal_.steps.back().id;
    const auto since = std::count_if(history_.rows().begin(),
                                     history_.rows().end(),
                                     [&](const AppliedMigration& row) { return row.id >= first; });
    removal_.executed_since = static_cast<std::size_t>(since) - removal_.steps.size();
  }

  void note_unknown() {
    bool after = false;
    for (MigrationNumber number = 0; number < known_.size(); ++number) {
      const Migration& migration = known_.at(number);
      const std::string doubt = known_.footprint(number).doubt();
      if (migration.member == name_) {
        after = true;
      } else if (after && !doubt.empty()) {
        removal_.unknown.push_back({.migration = migration.id(), .reason = doubt});
      }
    }
  }

  void note_remaining() {
    for (const TableOwnership& table : state_.ownership()) {
      if (table.creator.has_value() && *table.creator < known_.applied() &&
          known_.at(*table.creator).member == name_) {
        removal_.remaining.push_back(known_.text(table.table));
      }
    }
  }

  std::string name_;
  const History& history_;
  const UpgradeFacts& facts_;
  KnownMigrations known_;
  SchemaState state_;
  PluginRemoval removal_ = {};
};

}  // namespace

PluginRemoval plan_removal(const std::string& plugin,
                           const Catalog& catalog,
                           const History& history,
                           const Recordings& recordings,
                           const UpgradeFacts& facts) {
  return Remover(member_named(catalog, plugin), catalog, history, facts).plan(catalog, recordings);
}

}  // namespace medusa
