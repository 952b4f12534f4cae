// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/database/lock_holder.hpp"
#include "medusa/execute/blocker.hpp"

namespace medusa {

/// Who holds the run lock, e.g. "medusa 0.1.0 (pid 4711, since 2024-05-01 10:00:00+00)".
[[nodiscard]] std::string holder_text(const LockHolder& holder, RunLockWait reason);

/// "a lock on 'item' of pid 4711 (app, idle in transaction for 41 s)".
[[nodiscard]] std::string blockage_text(const Blockage& blockage);

}  // namespace medusa
