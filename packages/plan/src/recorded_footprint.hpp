// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/catalog/footprints.hpp"
#include "medusa/plan/recordings.hpp"

namespace medusa {

/// What was done when the migration was applied, read from the SQL that was noted then; opaque if
/// none was. Where it asked the database how to go on, both ways are taken.
/// @param recording null: nothing was noted.
[[nodiscard]] DirectionFootprint recorded_footprint(const Recording* recording);

}  // namespace medusa
