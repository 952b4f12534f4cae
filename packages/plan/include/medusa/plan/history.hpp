// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace medusa {

/// A row of the `migrations` table.
struct AppliedMigration {
  std::int64_t id = 0;         ///< Order of execution.
  std::int64_t timestamp = 0;  ///< Of the name, not of the execution.
  std::string name = {};
};

/// What the database says was applied. Built once, then only read.
class History {
 public:
  History() = default;
  /// @param rows in any order.
  explicit History(std::vector<AppliedMigration> rows);

  /// Ascending by id.
  [[nodiscard]] const std::vector<AppliedMigration>& rows() const { return rows_; }

  /// Whether a migration of that name is recorded; TypeORM looks at nothing else.
  [[nodiscard]] bool contains(const std::string& name) const { return names_.contains(name); }

  /// The highest timestamp recorded, or 0.
  [[nodiscard]] std::int64_t newest_timestamp() const { return newest_; }

 private:
  std::vector<AppliedMigration> rows_;
  std::unordered_set<std::string> names_;
  std::int64_t newest_ = 0;
};

}  // namespace medusa
