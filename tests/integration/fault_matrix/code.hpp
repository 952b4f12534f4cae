// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace medusa::fault {

/// What kind of migrations a plan has.
enum class Code {
  Lowered,     ///< SQL and TypeScript whose SQL is known: no Node runs.
  Concurrent,  ///< Likewise; one builds an index concurrently, one has `transaction = false`.
  Dynamic,     ///< One migration asks the database and writes what it heard.
};

[[nodiscard]] std::string to_string(Code code);

/// Where a plan leads: to have all of its migrations applied, or none of them any more.
enum class Direction { Up, Down };

}  // namespace medusa::fault
