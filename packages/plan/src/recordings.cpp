// SPDX-License-Identifier: MIT
#include "medusa/plan/recordings.hpp"

#include <utility>

namespace medusa {

Recordings::Recordings(std::vector<Recording> rows) {
  for (Recording& row : rows) {
    std::string name = row.name;
    by_name_.insert_or_assign(std::move(name), std::move(row));
  }
}

const Recording* Recordings::of(const AppliedMigration& row) const {
  const auto found = by_name_.find(row.name);
  const bool believed = found != by_name_.end() && found->second.id == row.id &&
                        found->second.timestamp == row.timestamp;
  return believed ? &found->second : nullptr;
}

}  // namespace medusa
