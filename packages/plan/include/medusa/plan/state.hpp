// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Where a migration stands between disk (resolved) and database (applied). The names are stable.
enum class MigrationState {
  Applied,  ///< Resolved and recorded.
  Pending,  ///< Resolved, not recorded: the next run runs it.
  Late,     ///< Pending, and older than something that is applied already. Run like any other.
  Failed,   ///< Neither applied nor not: it, or taking it back, began outside a transaction and did
            ///< not end.
  Changed,  ///< Applied, and no longer what it was when we applied it. It does not run again.
  Missing,  ///< Recorded, but in no member: it cannot be reverted.
  Disabled,  ///< Resolved, not recorded, its feature flag is off: not run.
};

[[nodiscard]] std::string_view to_string(MigrationState state);

/// Whether the next run would run it; of one that failed while it was taken back, the row of the
/// status knows better.
[[nodiscard]] bool is_pending(MigrationState state);

}  // namespace medusa
