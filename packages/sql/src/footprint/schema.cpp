// SPDX-License-Identifier: MIT
// Schemas and extensions.
#include <string_view>

#include "footprint/families.hpp"

namespace medusa {

void create_schema(Effects& effects, PgQuery__CreateSchemaStmt& create) {
  std::string name = create.schemaname;
  if (name.empty()) {
    // CREATE SCHEMA AUTHORIZATION role: named as the role is.
    if (create.authrole == nullptr || *create.authrole->rolename == '\0') {
      effects.opaque("the schema is named after the user who runs it");
      return;
    }
    name = create.authrole->rolename;
  }
  effects.add({.action = Action::Create,
               .object = {.kind = ObjectKind::Schema, .name = name},
               .conditional = create.if_not_exists != 0});
  // Its elements are statements that run with the new schema first in the search_path.
  const std::optional<std::string> outside = effects.session().search_path;
  effects.session().search_path = name;
  for (Node* element : list(create.n_schema_elts, create.schema_elts)) {
    read_statement(effects, *element);
  }
  effects.session().search_path = outside;
}

void create_extension(Effects& effects, PgQuery__CreateExtensionStmt& create) {
  Effect effect{.action = Action::Create,
                .object = {.kind = ObjectKind::Extension, .name = create.extname},
                .conditional = create.if_not_exists != 0};
  for (const Node* node : list(create.n_options, create.options)) {
    const PgQuery__DefElem& option = *node->def_elem;
    if (std::string_view(option.defname) == "schema") {
      const ObjectRef schema{.kind = ObjectKind::Schema, .name = string_of(option.arg)};
      effects.need(schema);
      effect.depends_on.push_back({.object = schema});
    }
  }
  effects.add(std::move(effect));
}

void alter_extension(Effects& effects, PgQuery__AlterExtensionStmt& alter) {
  effects.alter({.kind = ObjectKind::Extension, .name = alter.extname}, "UPDATE");
  effects.opaque("an update of an extension runs its scripts");
}

}  // namespace medusa
