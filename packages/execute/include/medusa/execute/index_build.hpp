// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace medusa {

/// How far an index is that the server builds, as pg_stat_progress_create_index tells
/// (https://www.postgresql.org/docs/current/progress-reporting.html).
struct IndexBuild {
  std::string relation = {};  ///< The table; empty: made in the same transaction.
  std::string phase = {};     ///< The server's words, e.g. "building index: scanning table".
  /// Of this phase; 0 of 0 where it counts something else.
  std::int64_t blocks_done = 0;
  std::int64_t blocks_total = 0;
  std::int64_t tuples_done = 0;
  std::int64_t tuples_total = 0;

  /// Of the phase, rounded down: tuples if it counts them, else blocks.
  [[nodiscard]] std::optional<int> percent() const {
    const std::int64_t total = tuples_total > 0 ? tuples_total : blocks_total;
    const std::int64_t done = tuples_total > 0 ? tuples_done : blocks_done;
    if (total <= 0) {
      return std::nullopt;
    }
    return static_cast<int>(done >= total ? 100 : done * 100 / total);
  }
};

}  // namespace medusa
