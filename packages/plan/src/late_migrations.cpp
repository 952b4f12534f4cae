// SPDX-License-Identifier: MIT
#include "late_migrations.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "medusa/sql/commutation.hpp"

#include "footprint_keys.hpp"

namespace medusa {

namespace {

/// Calls `action` with every name that the footprint could share with another one.
template <typename Do>
void for_each_name(const DirectionFootprint& footprint, Do action) {
  const auto name = [&](const ObjectRef& object) {
    action(object.name);
    if (!object.schema.empty()) {
      action(object.schema);
    }
  };
  for (const StatementFootprint& statement : footprint.statements) {
    for (const Effect& effect : statement.effects) {
      name(effect.object);
      if (effect.renamed_to.has_value()) {
        name(*effect.renamed_to);
      }
      for (const Effect::Dependency& dependency : effect.depends_on) {
        name(dependency.object);
      }
    }
  }
}

/// What is applied, found by what it touches: with thousands applied, few have anything to do with
/// a late one.
class AppliedByName {
 public:
  explicit AppliedByName(const KnownMigrations& known) {
    for (MigrationNumber number = 0; number < known.applied(); ++number) {
      if (!known.footprint(number).doubt().empty()) {
        opaque_.push_back(number);
      }
      for_each_name(known.footprint(number), [&](const std::string& name) {
        std::vector<MigrationNumber>& numbers = by_name_[name];
        if (numbers.empty() || numbers.back() != number) {
          numbers.push_back(number);
        }
      });
    }
  }

  /// Everything that could collide with the footprint, in order of execution.
  [[nodiscard]] std::vector<MigrationNumber> candidates(const DirectionFootprint& footprint) const {
    std::vector<MigrationNumber> found = opaque_;
    for_each_name(footprint, [&](const std::string& name) {
      const auto numbers = by_name_.find(name);
      if (numbers != by_name_.end()) {
        found.insert(found.end(), numbers->second.begin(), numbers->second.end());
      }
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  std::unordered_map<std::string_view, std::vector<MigrationNumber>> by_name_ = {};
  std::vector<MigrationNumber> opaque_ = {};
};

/// When, by timestamp, each object was first created by what is applied.
class Creations {
 public:
  explicit Creations(const KnownMigrations& known) {
    for (MigrationNumber number = 0; number < known.applied(); ++number) {
      for (const std::string& key : created_keys(known.footprint(number))) {
        const auto [found, is_first] = first_.emplace(key, known.at(number).timestamp);
        found->second = std::min(found->second, known.at(number).timestamp);
      }
    }
  }

  /// The timestamp behind which the footprint would stand on a new database, because what it needs
  /// is created only then; 0 if it would not have to wait.
  [[nodiscard]] std::int64_t awaited_by(const DirectionFootprint& footprint) const {
    const std::vector<std::string> own = created_keys(footprint);
    std::int64_t until = 0;
    const auto await = [&](const ObjectRef& object) {
      const std::string key = key_of(object);
      const auto found = first_.find(key);
      if (found != first_.end() && std::find(own.begin(), own.end(), key) == own.end()) {
        until = std::max(until, found->second);
      }
    };
    for_each_needed(footprint, [&](const ObjectRef& object, std::size_t /*statement*/) {
      await(object);
      await({.kind = ObjectKind::Table, .name = object.name});  // of a part
    });
    return until;
  }

 private:
  std::unordered_map<std::string, std::int64_t> first_ = {};
};

LateVerdict verdict_of(MigrationNumber late,
                       std::int64_t from,
                       const KnownMigrations& known,
                       const AppliedByName& applied) {
  using Kind = LateVerdict::Kind;
  const DirectionFootprint& own = known.footprint(late);
  if (const std::string doubt = own.doubt(); !doubt.empty()) {
    return {.kind = Kind::Unknown, .text = "what it does is not known (" + doubt + ')'};
  }
  LateVerdict verdict{.kind = Kind::Safe};
  for (const MigrationNumber number : applied.candidates(own)) {
    const Migration& other = known.at(number);
    if (other.timestamp <= from) {
      continue;
    }
    const auto found = collision(own.statements, known.footprint(number).statements);
    if (!found.has_value()) {
      continue;
    }
    const std::string doubt = known.footprint(number).doubt();
    if (doubt.empty()) {
      return {.kind = Kind::Collides,
              .other = other.id(),
              .text = found->reason,
              .place = known.place(late, found->first.statement),
              .other_place = known.place(number, found->second.statement)};
    }
    verdict = {
        .kind = Kind::Unknown,
        .other = other.id(),
        .text = "what " + other.id() + " did, newer and applied, is not known (" + doubt + ')'};
  }
  return verdict;
}

}  // namespace

std::vector<LateVerdict> late_verdicts(const KnownMigrations& known, const History& history) {
  std::vector<LateVerdict> verdicts(known.size() - known.applied());
  std::optional<AppliedByName> applied;
  std::optional<Creations> creations;
  std::unordered_map<std::string_view, std::int64_t> reached;  // by member
  for (MigrationNumber number = known.applied(); number < known.size(); ++number) {
    const Migration& migration = known.at(number);
    if (migration.timestamp >= history.newest_timestamp()) {
      continue;
    }
    if (!applied.has_value()) {
      applied.emplace(known);
      creations.emplace(known);
    }
    std::int64_t& from = reached[migration.member];
    from = std::max({from, migration.timestamp, creations->awaited_by(known.footprint(number))});
    verdicts[number - known.applied()] = verdict_of(number, from, known, *applied);
  }
  return verdicts;
}

Diagnostic late_refusal(const Migration& migration, const LateVerdict& verdict) {
  Diagnostic diagnostic{.code = ErrorCode::Plan, .location = Location{.file = migration.source}};
  diagnostic.message = migration.id() + " is late, and not proven safe: " + verdict.text;
  if (verdict.kind == LateVerdict::Kind::Collides) {
    diagnostic.location = verdict.place;
    diagnostic.notes.push_back(verdict.other + " is newer, and applied (" +
                               verdict.other_place.file.filename().string() + ':' +
                               std::to_string(verdict.other_place.line) + ')');
  }
  diagnostic.notes.emplace_back(
      "a new database would run them the other way round and might look different");
  diagnostic.hint = "give it a newer timestamp, or run it all the same, in medusa.toml: late.\"" +
                    migration.member + "\" = \"allow\"";
  return diagnostic;
}

}  // namespace medusa
