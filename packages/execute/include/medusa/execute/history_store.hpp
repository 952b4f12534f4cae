// SPDX-License-Identifier: MIT
// TypeORM's `migrations` table. A row means: that migration is applied. Nothing else in the program
// knows the table's name or columns.
#pragma once

#include <string>

#include "medusa/database/connection.hpp"
#include "medusa/plan/history.hpp"

namespace medusa {

/// Reads and writes the table exactly as TypeORM 0.3 does, so that Medusa's own command line can
/// take over at any time.
class HistoryStore {
 public:
  /// @param schema where the table lies; Medusa's default is "public".
  HistoryStore(Connection& connection, std::string schema);

  /// Whether the table is there.
  [[nodiscard]] bool exists();

  /// Creates it with TypeORM's definition.
  void create();

  /// All rows; empty if there is no table.
  [[nodiscard]] History load();

  /// Records that the migration is applied.
  void insert(const std::string& name, std::int64_t timestamp);

  /// Removes the record; all rows of that name and timestamp, as TypeORM does.
  void remove(const std::string& name, std::int64_t timestamp);

 private:
  Connection& connection_;
  std::string schema_;
  std::string table_;  ///< Quoted and qualified.
};

}  // namespace medusa
