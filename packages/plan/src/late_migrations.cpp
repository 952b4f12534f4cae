// SPDX-License-Identifier: MIT
#include "late_migrations.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "medusa/sql/commutation.hpp"
#include "medusa/sql/known_objects_builder.hpp"

#include "applied_work.hpp"
#include "footprint_keys.hpp"

namespace medusa {

namespace {

/// When, by timestamp, each object was first created by what is applied.
class Creations {
 public:
  explicit Creations(const AppliedWorks& works) {
    for (const AppliedWork& work : works.all()) {
      for (const std::string& key : created_keys(works.footprint(work))) {
        const auto [found, is_first] = first_.emplace(key, work.timestamp);
        found->second = std::min(found->second, work.timestamp);
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

/// What there is and was, so that what has nothing to do with each other is not suspected.
KnownObjects known_objects(const KnownMigrations& known, const SchemaSnapshot& live) {
  KnownObjectsBuilder builder;
  for (MigrationNumber number = 0; number < known.size(); ++number) {
    builder.add(known.footprint(number).statements);
  }
  for (const MissingMigration& missing : known.missing()) {
    builder.add(missing.footprint.statements);
  }
  for (const SchemaObject& object : live.objects) {
    builder.add_existing(object.ref, object.depends_on);
  }
  for (const ObjectRef& rule : live.rules) {
    builder.add_existing(rule, {});
  }
  return std::move(builder).build();
}

class LateJudge {
 public:
  LateJudge(const KnownMigrations& known, const SchemaSnapshot& live)
      : known_(known),
        objects_(known_objects(known, live)),
        works_(known, objects_),
        creations_(works_) {}

  /// Of migrations of a member, in their order.
  LateVerdict judge(MigrationNumber late) {
    const Migration& migration = known_.at(late);
    std::int64_t& from = reached_[migration.member];
    from = std::max({from, migration.timestamp, creations_.awaited_by(known_.footprint(late))});
    return verdict_of(late, from);
  }

 private:
  using Kind = LateVerdict::Kind;

  [[nodiscard]] LateVerdict verdict_of(MigrationNumber late, std::int64_t from) const {
    const DirectionFootprint own = known_.footprint(late);
    if (const std::string doubt = own.doubt(); !doubt.empty()) {
      return {.kind = Kind::Unknown, .text = "what it does is not known (" + doubt + ')'};
    }
    LateVerdict verdict{.kind = Kind::Safe};
    for (const AppliedWork* work : works_.near(own)) {
      if (work->timestamp <= from) {
        continue;
      }
      const DirectionFootprint done = works_.footprint(*work);
      const auto found = collision(own.statements, done.statements, objects_);
      if (!found.has_value()) {
        continue;
      }
      if (!found->unknown) {
        return {.kind = Kind::Collides,
                .other = work->title,
                .text = found->told("it", work->title),
                .place = known_.place(late, found->first.statement),
                .other_place = place_of(*work, found->second.statement)};
      }
      if (verdict.kind == Kind::Safe) {
        verdict = {.kind = Kind::Unknown, .other = work->title, .text = why_unknown(*work, *found)};
      }
    }
    return verdict;
  }

  [[nodiscard]] Location place_of(const AppliedWork& work, std::size_t statement) const {
    return work.number.has_value() ? known_.place(*work.number, statement) : Location{};
  }

  [[nodiscard]] std::string why_unknown(const AppliedWork& work, const Collision& found) const {
    const std::string doubt = works_.footprint(work).doubt();
    if (doubt.empty()) {
      return found.told("it", work.title) + "; newer and applied: " + work.title;  // A trigger.
    }
    std::string which = "newer and applied";
    if (!work.number.has_value()) {
      which = "newer, applied and in no member";
    } else if (known_.is_changed(*work.number)) {
      which = "newer, applied and changed since";
    }
    return "what " + work.title + " did, " + which + ", is not known (" + doubt + ')';
  }

  const KnownMigrations& known_;
  KnownObjects objects_;
  AppliedWorks works_;
  Creations creations_;
  std::unordered_map<std::string_view, std::int64_t> reached_ = {};  ///< By member.
};

/// Where the other one stands, as a note.
std::string note_on_other(const LateVerdict& verdict) {
  const Location& place = verdict.other_place;
  if (place.file.empty()) {
    return verdict.other + " is newer, and applied, but in no member: its SQL was recorded";
  }
  if (place.line == 0) {
    return verdict.other + " is newer, and applied (" + place.file.filename().string() +
           "; what ran was recorded)";
  }
  return verdict.other + " is newer, and applied (" + place.file.filename().string() + ':' +
         std::to_string(place.line) + ')';
}

}  // namespace

std::vector<LateVerdict> late_verdicts(const KnownMigrations& known,
                                       const History& history,
                                       const SchemaSnapshot& live) {
  std::vector<LateVerdict> verdicts(known.size() - known.applied());
  std::optional<LateJudge> judge;
  for (MigrationNumber number = known.applied(); number < known.size(); ++number) {
    if (known.at(number).timestamp >= history.newest_timestamp()) {
      continue;
    }
    if (!judge.has_value()) {
      judge.emplace(known, live);
    }
    verdicts[number - known.applied()] = judge->judge(number);
  }
  return verdicts;
}

Diagnostic late_refusal(const Migration& migration, const LateVerdict& verdict) {
  Diagnostic diagnostic{.code = ErrorCode::Plan, .location = Location{.file = migration.source}};
  diagnostic.message = migration.id() + " is late, and not proven safe: " + verdict.text;
  if (verdict.kind == LateVerdict::Kind::Collides) {
    diagnostic.location = verdict.place;
    diagnostic.notes.push_back(note_on_other(verdict));
  }
  diagnostic.notes.emplace_back(
      "a new database would run them the other way round and might look different");
  diagnostic.hint = "give it a newer timestamp, or run it all the same, in medusa.toml: late.\"" +
                    migration.member + "\" = \"allow\"";
  return diagnostic;
}

}  // namespace medusa
