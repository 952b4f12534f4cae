// SPDX-License-Identifier: MIT
// TypeORM's `migrations` table. A row means: that migration is applied. Nothing else in the program
// knows the table's name or columns.
#pragma once

#include <string>

#include "medusa/core/error.hpp"
#include "medusa/database/connection.hpp"
#include "medusa/plan/history.hpp"

namespace medusa {

/// Reads and writes the table exactly as TypeORM 0.3 does, so that Medusa's own command line can
/// take over at any time.
class HistoryStore {
 public:
  static constexpr const char* kTable = "migrations";

  /// @param schema where the table lies; Medusa's default is "public".
  HistoryStore(Connection& connection, std::string schema);

  /// The table, quoted and qualified.
  [[nodiscard]] const std::string& table() const { return table_; }

  /// Whether the table is there.
  [[nodiscard]] bool exists();

  /// Creates it with TypeORM's definition.
  void create();

  /// All rows; empty if there is no table, which an open transaction takes for an error.
  /// @throws Error with ErrorCode::Database if they may not be read.
  [[nodiscard]] History load();

  /// The statement that records that migration $2 with timestamp $1 is applied; it returns "id",
  /// "timestamp" and "name". A part of UpgradeStore's, so that both go in one round trip.
  [[nodiscard]] std::string insertion() const;

  /// The statement that removes the record; all rows of that name and timestamp, as TypeORM does.
  [[nodiscard]] std::string removal() const;

 private:
  [[nodiscard]] Error unreadable(const SqlError& error) const;

  Connection& connection_;
  std::string schema_;
  std::string table_;  ///< Quoted and qualified.
};

}  // namespace medusa
