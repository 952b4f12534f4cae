// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "medusa/core/error.hpp"
#include "medusa/plan/upgrade_order.hpp"

#include "symbolic_run.hpp"

namespace medusa {

/// What became of the migrations that could not be placed.
struct StuckMigrations {
  std::vector<Diagnostic> circles = {};  ///< Migrations that wait for each other.
  /// Nodes that need something which none of the others would provide.
  std::vector<std::size_t> unprovided = {};
};

/// @param order not complete.
[[nodiscard]] StuckMigrations explain_stuck(const UpgradeOrder& order, const SymbolicRun& run);

}  // namespace medusa
