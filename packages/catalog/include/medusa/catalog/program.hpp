// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/catalog/lowered.hpp"
#include "medusa/catalog/migration.hpp"

namespace medusa {

/// The SQL that one direction of the migration is known to send: of an SQL migration what its file
/// says, of a JavaScript one what was recorded when it was built. Without a program the reason says
/// why only running it can tell.
/// @throws Error with ErrorCode::Build if the file cannot be read or is damaged.
[[nodiscard]] Lowering load_lowering(const Migration& migration, bool up);

}  // namespace medusa
