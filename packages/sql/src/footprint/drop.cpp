// SPDX-License-Identifier: MIT
#include <algorithm>

#include "footprint/families.hpp"
#include "footprint/named_object.hpp"
#include "footprint/signature.hpp"

namespace medusa {

namespace {

bool forget_temporary(Effects& effects, const ObjectRef& object) {
  std::vector<std::string>& names = effects.session().temporary;
  const auto found = std::find(names.begin(), names.end(), object.name);
  if (!effects.temporary(object) || found == names.end()) {
    return false;
  }
  names.erase(found);
  return true;
}

}  // namespace

void drop(Effects& effects, PgQuery__DropStmt& drop) {
  const bool part_of_table = drop.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ||
                             drop.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE;
  for (Node* const& node : list(drop.n_objects, drop.objects)) {
    const std::optional<ObjectRef> object = named_object(effects, drop.remove_type, node);
    if (!object) {
      effects.opaque("DROP " + words_of(drop.remove_type) + " is not among what footprints know");
      continue;
    }
    if (forget_temporary(effects, *object)) {
      continue;
    }
    const bool conditional = drop.missing_ok != 0;
    if (part_of_table) {
      effects.add({.action = Action::Alter,
                   .object = *object,
                   .conditional = conditional,
                   .definition = "DROP " + words_of(drop.remove_type)});
      continue;
    }
    Effect effect{.action = Action::Drop,
                  .object = *object,
                  .conditional = conditional,
                  .cascade = drop.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE};
    if (node->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
      effect.signature = arguments_of(*node->object_with_args);
    }
    effects.add(std::move(effect));
  }
}

}  // namespace medusa
