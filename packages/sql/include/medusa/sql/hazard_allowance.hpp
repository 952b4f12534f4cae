// SPDX-License-Identifier: MIT
// Hazards that a migration's author accepts, in a comment of its own source, for the whole
// migration:
//
//     -- medusa:allow index-blocks-writes: the table has a dozen rows     (SQL)
//     // medusa:allow index-blocks-writes: the table has a dozen rows     (TypeScript, JavaScript)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "medusa/core/error.hpp"

namespace medusa {

struct HazardAllowances {
  std::vector<std::string> codes = {};  ///< Of known rules, each once.
  /// With ErrorCode::Build and a Location (without a file): an unknown code, no reason.
  std::vector<Diagnostic> problems = {};
};

/// Comments as PostgreSQL's lexer sees them. @throws Error as the lexer does.
[[nodiscard]] HazardAllowances sql_allowances(std::string_view content);

/// What follows `//` up to the end of the line, wherever `//` and `medusa:allow` stand side by
/// side, blanks aside: the source is not parsed, so that a string that says this counts too.
[[nodiscard]] HazardAllowances script_allowances(std::string_view content);

}  // namespace medusa
