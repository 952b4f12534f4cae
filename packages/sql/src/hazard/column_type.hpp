// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/sql/hazard.hpp"

#include "footprint/node.hpp"

namespace medusa {

/// The type; without a name if it is not one that every PostgreSQL has.
[[nodiscard]] ColumnType column_type(const PgQuery__TypeName& type);

}  // namespace medusa
