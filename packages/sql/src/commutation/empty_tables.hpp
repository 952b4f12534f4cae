// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "medusa/sql/footprint.hpp"

namespace medusa {

/// Tables that the migration makes, surely, and leaves empty.
[[nodiscard]] std::set<std::string> empty_tables_of(std::span<const StatementFootprint> footprint);

/// The footprint without the looks at rows that a foreign key of an empty table takes in vain: it
/// only needs the columns then.
[[nodiscard]] std::vector<StatementFootprint> without_vain_reads(
    std::span<const StatementFootprint> footprint, const std::set<std::string>& empty_tables);

}  // namespace medusa
