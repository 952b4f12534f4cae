// SPDX-License-Identifier: MIT
// Footprints written by hand, as FootprintReader gives them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "medusa/schema/schema_state.hpp"

namespace medusa {

[[nodiscard]] inline ObjectRef ref(ObjectKind kind, std::string name, std::string part = {}) {
  return {.kind = kind, .name = std::move(name), .part = std::move(part)};
}

[[nodiscard]] inline ObjectRef table(std::string name) {
  return ref(ObjectKind::Table, std::move(name));
}

[[nodiscard]] inline ObjectRef column(std::string name, std::string part) {
  return ref(ObjectKind::Column, std::move(name), std::move(part));
}

[[nodiscard]] inline ObjectRef constraint(std::string name, std::string part) {
  return ref(ObjectKind::Constraint, std::move(name), std::move(part));
}

[[nodiscard]] inline ObjectRef index(std::string name) {
  return ref(ObjectKind::Index, std::move(name));
}

[[nodiscard]] inline ObjectRef type(std::string name) {
  return ref(ObjectKind::Type, std::move(name));
}

[[nodiscard]] inline Effect effect(Action action, ObjectRef object) {
  return {.action = action, .object = std::move(object)};
}

[[nodiscard]] inline Effect create(ObjectRef object,
                                   std::vector<Effect::Dependency> depends_on = {},
                                   std::string definition = {}) {
  return {.action = Action::Create,
          .object = std::move(object),
          .depends_on = std::move(depends_on),
          .definition = std::move(definition)};
}

[[nodiscard]] inline Effect generated(Effect effect) {
  effect.generated_name = true;
  return effect;
}

[[nodiscard]] inline Effect conditional(Effect effect) {
  effect.conditional = true;
  return effect;
}

[[nodiscard]] inline Effect cascading(Effect effect) {
  effect.cascade = true;
  return effect;
}

[[nodiscard]] inline Effect need(ObjectRef object) {
  return effect(Action::Need, std::move(object));
}

[[nodiscard]] inline Effect drop(ObjectRef object) {
  return effect(Action::Drop, std::move(object));
}

[[nodiscard]] inline Effect rename(ObjectRef object, ObjectRef to) {
  Effect renaming = effect(Action::Rename, std::move(object));
  renaming.renamed_to = std::move(to);
  return renaming;
}

/// CREATE TABLE with columns, each of which has `type` as its definition.
[[nodiscard]] inline StatementFootprint create_table(const std::string& name,
                                                     const std::vector<std::string>& columns,
                                                     const std::string& type = "int") {
  StatementFootprint statement{.effects = {create(table(name))}};
  for (const std::string& each : columns) {
    statement.effects.push_back(create(column(name, each), {}, type));
  }
  return statement;
}

/// The same with IF NOT EXISTS.
[[nodiscard]] inline StatementFootprint if_not_exists(StatementFootprint statement) {
  for (Effect& each : statement.effects) {
    each.conditional = true;
  }
  statement.guard = {.object = statement.effects.front().object, .must_exist = false};
  return statement;
}

/// A statement of one effect.
[[nodiscard]] inline StatementFootprint only(Effect effect) {
  return {.effects = {std::move(effect)}};
}

/// An index of one column.
[[nodiscard]] inline Effect create_index(const std::string& name,
                                         const std::string& of,
                                         const std::string& on) {
  return create(index(name), {{.object = column(of, on), .owned = true}});
}

/// A primary key or UNIQUE of one column: index and constraint.
[[nodiscard]] inline std::vector<Effect> create_key(const std::string& name,
                                                    const std::string& of,
                                                    const std::string& on) {
  return {create(constraint(of, name), {{.object = column(of, on), .owned = true}}),
          create(index(name),
                 {{.object = constraint(of, name), .owned = true},
                  {.object = column(of, on), .owned = true}})};
}

/// A foreign key from one column to another.
[[nodiscard]] inline Effect create_reference(const std::string& name,
                                             const ObjectRef& from,
                                             const ObjectRef& to) {
  return create(constraint(from.name, name),
                {{.object = from, .owned = true}, {.object = to, .owned = false}});
}

}  // namespace medusa
