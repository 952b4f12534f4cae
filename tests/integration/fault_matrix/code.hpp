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

}  // namespace medusa::fault
