// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "object_graph.hpp"

namespace medusa {

/// What PostgreSQL calls an object for which `proposal` is the first choice: that, or with the
/// first number that makes it free (ChooseRelationName, ChooseConstraintName).
/// @param backs_constraint an index that is made for a constraint of the same name.
[[nodiscard]] std::string chosen_name(const ObjectGraph& graph,
                                      NodeId schema,
                                      ObjectKind kind,
                                      bool backs_constraint,
                                      const std::string& proposal);

}  // namespace medusa
