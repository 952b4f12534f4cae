// SPDX-License-Identifier: MIT
// Pieces of SQL for the safer form.
#pragma once

#include <string>

#include "footprint/node.hpp"

namespace medusa {

/// `"product"`.
[[nodiscard]] std::string quoted(std::string_view name);

/// `"product"`, `"shop"."product"`.
[[nodiscard]] std::string quoted(const PgQuery__RangeVar& table);

/// `ALTER TABLE "product" `.
[[nodiscard]] std::string alter(const PgQuery__AlterTableStmt& statement);

}  // namespace medusa
