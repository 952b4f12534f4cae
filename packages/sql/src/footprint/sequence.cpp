// SPDX-License-Identifier: MIT
#include <string_view>

#include "footprint/families.hpp"

namespace medusa {

namespace {

// OWNED BY: the column, or nothing for NONE and where it is not said.
std::optional<ObjectRef> owner_of(Effects& effects, NodeList options) {
  for (const Node* node : options) {
    const PgQuery__DefElem& option = *node->def_elem;
    if (std::string_view(option.defname) != "owned_by") {
      continue;
    }
    const std::vector<std::string> names = strings(items(option.arg));
    if (names.size() < 2) {
      return std::nullopt;
    }
    const ObjectRef table = effects.object(ObjectKind::Table, {names.begin(), names.end() - 1});
    return part_of(table, ObjectKind::Column, names.back());
  }
  return std::nullopt;
}

}  // namespace

void create_sequence(Effects& effects, PgQuery__CreateSeqStmt& create) {
  const ObjectRef sequence = effects.relation(*create.sequence, ObjectKind::Sequence);
  if (effects.temporary(*create.sequence)) {
    effects.session().temporary.push_back(sequence.name);
    return;
  }
  effects.need_schema_of(sequence);
  Effect creates{.action = Action::Create,
                 .object = sequence,
                 .conditional = create.if_not_exists != 0,
                 .definition = "SEQUENCE"};
  if (const auto owner = owner_of(effects, list(create.n_options, create.options))) {
    effects.need(*owner);
    creates.depends_on.push_back({.object = *owner, .owned = true});
  }
  effects.add(std::move(creates));
}

void alter_sequence(Effects& effects, PgQuery__AlterSeqStmt& alter) {
  const ObjectRef sequence = effects.relation(*alter.sequence, ObjectKind::Sequence);
  if (alter.missing_ok != 0) {
    effects.guard(sequence, true);
  }
  Effect effect{.action = Action::Alter, .object = sequence, .definition = "SEQUENCE"};
  if (const auto owner = owner_of(effects, list(alter.n_options, alter.options))) {
    effects.need(*owner);
    effect.definition = "OWNED BY";
    effect.depends_on.push_back({.object = *owner, .owned = true});
  }
  effects.add(std::move(effect));
}

}  // namespace medusa
