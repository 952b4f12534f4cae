// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/hazard.hpp"

#include "schema_queries.hpp"

namespace medusa {

/// The column's type by its atttypid and atttypmod; no name where that tells nothing here.
[[nodiscard]] ColumnType column_type_of(Oid oid, int modifier);

/// "int4", "text[]", "trigger": as Effect::signature and Effect::result have it; empty: not known.
[[nodiscard]] std::string function_type_of(Oid oid);

}  // namespace medusa
