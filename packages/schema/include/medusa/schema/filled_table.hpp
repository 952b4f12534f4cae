// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "medusa/sql/hazard.hpp"

namespace medusa {

/// A table of the live database that may have rows: what a lock on it costs.
struct FilledTable {
  std::string schema = {};
  std::string name = {};
  /// As of the last VACUUM or ANALYZE, of a partitioned table the sum of its partitions. Absent:
  /// there was none.
  std::optional<std::int64_t> rows = {};
  /// With indexes and TOAST. Absent: not measured, since somebody holds the table locked.
  std::optional<std::int64_t> bytes = {};

  struct Column {
    std::string name = {};
    ColumnType type = {};
    /// SET NOT NULL reads nothing: it is so already, or a valid CHECK (x IS NOT NULL) says so.
    bool never_null = false;

    friend bool operator==(const Column&, const Column&) = default;
  };

  std::vector<Column> columns = {};

  friend bool operator==(const FilledTable&, const FilledTable&) = default;
};

}  // namespace medusa
