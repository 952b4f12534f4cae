// SPDX-License-Identifier: MIT
// What tells functions and views of one name apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "footprint/node.hpp"

namespace medusa {

/// Types of the input arguments, which identify a function among those of its name (source:
/// proargtypes of pg_proc). Nothing if one of them is not PostgreSQL's own.
[[nodiscard]] std::optional<std::vector<std::string>> arguments_of(
    const PgQuery__CreateFunctionStmt& create);

/// Those of DROP FUNCTION f(...). Nothing also where it names none.
[[nodiscard]] std::optional<std::vector<std::string>> arguments_of(
    const PgQuery__ObjectWithArgs& function);

/// "int4", "setof text", "procedure"; empty: not known, as where arguments are results, too.
[[nodiscard]] std::string result_of(const PgQuery__CreateFunctionStmt& create);

/// Names of the view's columns; nothing where only the tables tell.
[[nodiscard]] std::optional<std::vector<std::string>> columns_of(const PgQuery__ViewStmt& view);

}  // namespace medusa
