// SPDX-License-Identifier: MIT
#include "medusa/plan/history.hpp"

#include <algorithm>
#include <utility>

namespace medusa {

History::History(std::vector<AppliedMigration> rows) : rows_(std::move(rows)) {
  std::sort(rows_.begin(), rows_.end(), [](const AppliedMigration& a, const AppliedMigration& b) {
    return a.id < b.id;
  });
  for (const AppliedMigration& row : rows_) {
    names_.insert(row.name);
    newest_ = std::max(newest_, row.timestamp);
  }
}

}  // namespace medusa
