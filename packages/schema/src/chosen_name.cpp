// SPDX-License-Identifier: MIT
#include "chosen_name.hpp"

namespace medusa {

std::string chosen_name(const ObjectGraph& graph,
                        NodeId schema,
                        ObjectKind kind,
                        bool backs_constraint,
                        const std::string& proposal) {
  const bool is_constraint = kind == ObjectKind::Constraint;
  const auto taken = [&](const std::string& name) {
    // Names of constraints are unique in a schema only where PostgreSQL chooses them.
    return ((is_constraint || backs_constraint) && graph.has_constraint_named(schema, name)) ||
           ((!is_constraint || backs_constraint) &&
            graph.find(schema, Namespace::Relation, name) != kNoNode);
  };
  std::string name = proposal;
  for (int number = 1; taken(name); ++number) {
    name = proposal + std::to_string(number);
  }
  return name;
}

}  // namespace medusa
