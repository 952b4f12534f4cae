// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "medusa_program.hpp"

namespace medusa::fault {

/// What a run with --format json claims.
struct Report {
  /// Its last event; absent if it ended before the upgrade, or was killed.
  struct Counts {
    std::size_t done = 0;
    std::size_t rolled_back = 0;
    std::size_t failed = 0;
    std::size_t not_run = 0;
    std::size_t unknown = 0;
  };

  std::optional<Counts> counts = {};
  bool failed_one = false;        ///< It names a migration that failed.
  bool as_it_was_before = false;  ///< It says that the database is unchanged.

  /// @throws std::exception if it is not JSON, line by line.
  [[nodiscard]] static Report of(const Outcome& outcome);
};

}  // namespace medusa::fault
