// SPDX-License-Identifier: MIT
// Where one migration stands, in the next run or in the history, and why: what `explain` tells.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "medusa/plan/plan.hpp"
#include "medusa/plan/prediction.hpp"
#include "medusa/plan/status.hpp"

namespace medusa {

/// What the next run does with a migration that is pending.
struct NextRun {
  std::size_t steps = 0;     ///< Of the whole run; 0: it has no order at all.
  std::size_t position = 0;  ///< From 1; 0: it cannot be placed.
  PlanStep step = {};        ///< Its reasons and notes, if it has a position.
  LateVerdict late = {};
  bool refused = false;                    ///< The run as a whole.
  std::vector<Diagnostic> refusals = {};   ///< Those that name this migration.
  std::vector<std::string> warnings = {};  ///< Likewise.
};

/// One migration's state and place.
struct MigrationPlace {
  StatusRow row = {};
  std::optional<NextRun> next = {};  ///< When it is pending.
};

/// The place of the migration with that name, or of "member/name". An upgrade that is refused is no
/// failure here, it is in the result.
/// @param facts called only if the migration is pending.
/// @throws Error with ErrorCode::Usage if there is none of that name, with a close one as the hint.
[[nodiscard]] MigrationPlace place_of(const std::string& name,
                                      const Catalog& catalog,
                                      const History& history,
                                      const Recordings& recordings,
                                      const Journal& journal,
                                      const std::function<UpgradeFacts()>& facts);

/// Whether the text names the migration with that id: as a whole, not as a part of a longer name.
[[nodiscard]] bool names_migration(std::string_view text, std::string_view id);

}  // namespace medusa
