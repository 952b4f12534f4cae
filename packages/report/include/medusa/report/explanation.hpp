// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/catalog/lowered.hpp"
#include "medusa/plan/migration_place.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// What `migrations explain` tells about one migration.
struct Explanation {
  MigrationPlace place = {};
  Lowering up = {};  ///< Of a migration that is resolved.
  Lowering down = {};
};

/// Facts (state, place and why, what it does to which objects), then the SQL of both directions; in
/// JSON one object (README.md of this package).
void render_explanation(const Explanation& explanation, Terminal& terminal);

}  // namespace medusa
