// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "medusa/database/query_result.hpp"
#include "medusa/schema/filled_table.hpp"
#include "medusa/sql/object.hpp"

#include "schema_queries.hpp"

namespace medusa {

/// The tables that may have rows, of the answers to kSchemaQueries.
/// @param name_of names a relation; null for one that is none of ours.
[[nodiscard]] std::vector<FilledTable> filled_tables(
    const std::vector<QueryResult>& results, const std::function<const ObjectRef*(Oid)>& name_of);

}  // namespace medusa
