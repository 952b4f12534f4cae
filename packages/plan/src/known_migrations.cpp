// SPDX-License-Identifier: MIT
#include "known_migrations.hpp"

#include <algorithm>
#include <optional>

#include "medusa/plan/comparison.hpp"
#include "medusa/plan/plan.hpp"

#include "recorded_footprint.hpp"

namespace medusa {

namespace {

/// Schemas aside: an unqualified name may be in any.
bool same_name(const ObjectRef& a, const ObjectRef& b) {
  return namespace_of(a.kind) == namespace_of(b.kind) && a.name == b.name && a.part == b.part;
}

std::optional<std::size_t> find_statement(const DirectionFootprint& footprint,
                                          Action action,
                                          const ObjectRef& object) {
  for (std::size_t i = 0; i < footprint.statements.size(); ++i) {
    const std::vector<Effect>& effects = footprint.statements[i].effects;
    if (std::any_of(effects.begin(), effects.end(), [&](const Effect& effect) {
          return effect.action == action && same_name(effect.object, object);
        })) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string described(ObjectRef object, const std::string& default_schema) {
  if (object.schema == default_schema || object.schema == "public") {
    object.schema.clear();
  }
  return std::string(to_string(object.kind)) + ' ' + object.text();
}

KnownMigrations::KnownMigrations(const Catalog& catalog,
                                 const History& history,
                                 const std::vector<const Migration*>& pending,
                                 const UpgradeFacts& facts)
    : default_schema_(facts.schema),
      footprints_(facts.footprints),
      journal_(facts.journal) {
  for (const AppliedMigration& row : history.rows()) {
    const Recording* const recording = facts.recordings.of(row);
    const Migration* const migration = catalog.find(row.name);
    if (migration == nullptr) {
      missing_.push_back({.name = row.name,
                          .timestamp = row.timestamp,
                          .footprint = recorded_footprint(recording)});
      continue;
    }
    if (recording != nullptr && medusa::is_change(compare(*migration, *recording))) {
      changed_.emplace(static_cast<MigrationNumber>(migrations_.size()),
                       recorded_footprint(recording));
    }
    migrations_.push_back(migration);
  }
  applied_ = static_cast<MigrationNumber>(migrations_.size());
  migrations_.insert(migrations_.end(), pending.begin(), pending.end());
}

DirectionFootprint KnownMigrations::footprint(MigrationNumber number) const {
  const BegunMigration* const begun =
      number < applied_ ? nullptr : journal_.applying(at(number).name);
  if (begun != nullptr) {
    // What is left of it would have to be told from what is there already.
    return footprint_of({.reason = to_text(*begun)});
  }
  const auto changed = changed_.find(number);
  return changed == changed_.end() ? footprints_.up(at(number)) : changed->second;
}

bool KnownMigrations::in_transaction(MigrationNumber number, TransactionMode mode) const {
  return journal_.applying(at(number).name) == nullptr &&
         medusa::in_transaction(at(number), Direction::Up, mode);
}

Location KnownMigrations::place(MigrationNumber number, std::size_t statement) const {
  return place_in(footprint(number), number, statement);
}

Location KnownMigrations::place_in(const DirectionFootprint& direction,
                                   MigrationNumber number,
                                   std::size_t statement) const {
  Location place = statement < direction.places.size() ? direction.places[statement] : Location{};
  if (place.file.empty()) {
    place.file = at(number).source;
  }
  return place;
}

Location KnownMigrations::place_of(MigrationNumber number,
                                   Action action,
                                   const ObjectRef& object) const {
  const DirectionFootprint direction = footprint(number);
  return place_in(
      direction, number, find_statement(direction, action, object).value_or(std::string::npos));
}

bool KnownMigrations::does(MigrationNumber number, Action action, const ObjectRef& object) const {
  return find_statement(footprint(number), action, object).has_value();
}

}  // namespace medusa
