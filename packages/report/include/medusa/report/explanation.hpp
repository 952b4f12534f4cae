// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/catalog/lowered.hpp"
#include "medusa/plan/status.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// What `migrations explain` tells about one migration.
struct Explanation {
  StatusRow row = {};
  Lowering up = {};  ///< Of a migration that is resolved.
  Lowering down = {};
};

/// Facts, then the SQL of both directions; in JSON one object (README.md of this package).
void render_explanation(const Explanation& explanation, Terminal& terminal);

}  // namespace medusa
