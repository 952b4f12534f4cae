// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace medusa {

/// Whether two definitions of an index (Effect::definition) are known to be of different indexes:
/// of other columns, expressions, order, method, uniqueness or condition. One may be PostgreSQL's
/// own (pg_get_indexdef), which adds casts and writes some conditions anew: those are not compared,
/// nor are storage parameters.
[[nodiscard]] bool index_definitions_differ(const std::string& first, const std::string& second);

}  // namespace medusa
