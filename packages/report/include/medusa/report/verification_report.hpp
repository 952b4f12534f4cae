// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/plan/verification.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// A changed migration with what makes the difference visible.
struct ChangedMigration {
  StatusRow row = {};
  /// Readable SQL of today; empty if it is not known. What ran is in the row's recording.
  std::string sql = {};
};

/// Answers `migrations verify`: each problem with its difference, then the counts; or one JSON
/// object on one line (README.md of this package).
/// @param changed what `verification.changed` has, in that order.
void render_verification(const Verification& verification,
                         const std::vector<ChangedMigration>& changed,
                         Terminal& terminal);

}  // namespace medusa
