// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "medusa/sql/known_objects.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// What one applied migration did, as far as that is known.
struct AppliedWork {
  std::string title = {};  ///< Its id, or its name if no member ships it.
  std::int64_t timestamp = 0;
  std::optional<MigrationNumber> number = {};  ///< Absent: it is missing.
  const MissingMigration* missing = nullptr;
};

/// Everything that is applied, found by what it may meet another migration in: with thousands
/// applied, few have anything to do with a late one. References must outlive it.
class AppliedWorks {
 public:
  AppliedWorks(const KnownMigrations& known, const KnownObjects& objects);

  [[nodiscard]] const std::vector<AppliedWork>& all() const { return works_; }

  /// Read anew at each call.
  [[nodiscard]] DirectionFootprint footprint(const AppliedWork& work) const;

  /// All that could collide with the footprint, those that no member ships last.
  [[nodiscard]] std::vector<const AppliedWork*> near(const DirectionFootprint& footprint) const;

 private:
  const KnownMigrations& known_;
  std::vector<AppliedWork> works_ = {};
  const KnownObjects& objects_;
  std::unordered_map<KnownObjects::Entity, std::vector<std::size_t>> by_entity_ = {};
  std::vector<std::size_t> everywhere_ = {};
};

}  // namespace medusa
