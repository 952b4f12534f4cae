// SPDX-License-Identifier: MIT
#include "applied_work.hpp"

#include <set>

namespace medusa {

AppliedWorks::AppliedWorks(const KnownMigrations& known, const KnownObjects& objects)
    : known_(known),
      objects_(objects) {
  for (MigrationNumber number = 0; number < known.applied(); ++number) {
    works_.push_back({.title = known.at(number).id(),
                      .timestamp = known.at(number).timestamp,
                      .number = number});
  }
  for (const MissingMigration& missing : known.missing()) {
    works_.push_back({.title = missing.name, .timestamp = missing.timestamp, .missing = &missing});
  }
  for (std::size_t i = 0; i < works_.size(); ++i) {
    const auto near = objects_.near(footprint(works_[i]).statements);
    if (!near.has_value()) {
      everywhere_.push_back(i);
      continue;
    }
    for (const KnownObjects::Entity entity : *near) {
      by_entity_[entity].push_back(i);
    }
  }
}

DirectionFootprint AppliedWorks::footprint(const AppliedWork& work) const {
  return work.number.has_value() ? known_.footprint(*work.number) : work.missing->footprint;
}

std::vector<const AppliedWork*> AppliedWorks::near(const DirectionFootprint& footprint) const {
  std::vector<const AppliedWork*> found;
  const auto entities = objects_.near(footprint.statements);
  if (!entities.has_value()) {
    for (const AppliedWork& work : works_) {
      found.push_back(&work);
    }
    return found;
  }
  std::set<std::size_t> indexes(everywhere_.begin(), everywhere_.end());
  for (const KnownObjects::Entity entity : *entities) {
    const auto there = by_entity_.find(entity);
    if (there != by_entity_.end()) {
      indexes.insert(there->second.begin(), there->second.end());
    }
  }
  for (const std::size_t index : indexes) {
    found.push_back(&works_[index]);
  }
  return found;
}

}  // namespace medusa
