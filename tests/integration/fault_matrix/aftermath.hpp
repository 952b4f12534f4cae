// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "subject.hpp"

namespace medusa::fault {

/// One row of medusa_upgrade.
struct UpgradeRow {
  std::string outcome = {};
  bool finished = false;  ///< It has a time at which it ended.
};

/// What is found in the database once nobody of a run works there any more.
struct Aftermath {
  std::vector<std::string> applied = {};   ///< TypeORM's table, in its order.
  std::vector<std::string> recorded = {};  ///< Names in medusa_migration whose upgrade has a row.
  std::vector<std::string> effects = {};   ///< What the migrations wrote, sorted.
  std::vector<UpgradeRow> upgrades = {};   ///< Those of the plan's direction, by id.
  std::size_t ended = 0;  ///< How many of the plan's steps are final: applied, or reverted.
  std::vector<std::string> invalid = {};  ///< Indexes.
  std::string shape = {};                 ///< See shape_of.

  /// Waits until the runs' backends are gone. @throws std::runtime_error if they stay.
  [[nodiscard]] static Aftermath read(Subject& subject);
};

}  // namespace medusa::fault
