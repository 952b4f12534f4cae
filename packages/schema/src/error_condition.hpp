// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "medusa/schema/problem.hpp"
#include "medusa/sql/footprint.hpp"

#include "object_graph.hpp"

namespace medusa {

/// The name of the error with which PostgreSQL refuses a statement for that problem.
/// @param graph what there was before it.
[[nodiscard]] std::string_view condition_of(const SchemaProblem& problem,
                                            const StatementFootprint& statement,
                                            const ObjectGraph& graph);

}  // namespace medusa
