// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// What became of a transaction whose connection was lost.
enum class CommitOutcome {
  Committed,
  RolledBack,
  Unknown,  ///< The server could not be asked.
};

[[nodiscard]] std::string_view to_string(CommitOutcome outcome);

}  // namespace medusa
