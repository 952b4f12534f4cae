// SPDX-License-Identifier: MIT
#pragma once

#include <map>

#include "medusa/schema/schema_state.hpp"

#include "lookup.hpp"
#include "object_graph.hpp"

namespace medusa {

/// Who created what is not there any more under the name that it had then.
using Origins = std::map<ObjectRef, MigrationNumber>;

/// Finds the work of an applied migration in a graph that already has it: marks what it created and
/// changed, and remembers what it dropped or renamed. Migrations come in the order of their
/// execution.
void credit_work(ObjectGraph& graph,
                 Surroundings& surroundings,
                 MigrationNumber migration,
                 const MigrationFootprint& footprint,
                 Origins& origins);

}  // namespace medusa
