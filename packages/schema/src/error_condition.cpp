// SPDX-License-Identifier: MIT
#include "error_condition.hpp"

#include <algorithm>

#include "medusa/sql/error_condition.hpp"

namespace medusa {

namespace {

/// Whether it is the name of a relation of the schema, and the statement would have made an index
/// of that name for a constraint: PostgreSQL looks at the index first.
bool is_index_in_the_way(const SchemaProblem& problem,
                         const StatementFootprint& statement,
                         const ObjectGraph& graph) {
  const std::string& name = problem.object.part;
  const bool makes_index =
      std::any_of(statement.effects.begin(), statement.effects.end(), [&](const Effect& effect) {
        return effect.action == Action::Create && effect.object.kind == ObjectKind::Index &&
               effect.object.name == name;
      });
  const NodeId schema = graph.find(kRoot, Namespace::Schema, problem.object.schema);
  return makes_index && schema != kNoNode &&
         graph.find(schema, Namespace::Relation, name) != kNoNode;
}

std::string_view condition_of_duplicate(ObjectKind made, ObjectKind there) {
  // A table and a type exclude each other by the type of the table's rows.
  return duplicate_condition(there == ObjectKind::Type ? there : made);
}

/// Whether it is the very object that the effect is about.
bool is_about(const Effect& effect, const ObjectRef& object) {
  return namespace_of(effect.object.kind) == namespace_of(object.kind) &&
         effect.object.name == object.name && effect.object.part == object.part;
}

}  // namespace

std::string_view condition_of(const SchemaProblem& problem,
                              const StatementFootprint& statement,
                              const ObjectGraph& graph) {
  const Effect* const effect =
      problem.effect < statement.effects.size() ? &statement.effects[problem.effect] : nullptr;
  switch (problem.kind) {
    case SchemaProblemKind::NeverThere:
    case SchemaProblemKind::DroppedBefore:
    case SchemaProblemKind::RenamedBefore:
      // What is missing may be something else, its table or schema.
      return effect != nullptr && is_about(*effect, problem.object)
                 ? undefined_condition(effect->action, effect->object.kind)
                 : undefined_condition(Action::Need, problem.object.kind);
    case SchemaProblemKind::AlreadyThere:
    case SchemaProblemKind::HiddenDifference:
      if (problem.object.kind == ObjectKind::Constraint &&
          is_index_in_the_way(problem, statement, graph)) {
        return duplicate_condition(ObjectKind::Index);
      }
      return condition_of_duplicate(effect != nullptr ? effect->object.kind : problem.object.kind,
                                    problem.object.kind);
    case SchemaProblemKind::Blocked:
      return "dependent_objects_still_exist";
    case SchemaProblemKind::ExtensionMissing:
      return effect != nullptr && effect->action == Action::Create ? "undefined_file"
                                                                   : "undefined_object";
    case SchemaProblemKind::UncommittedValue:
      return "unsafe_new_enum_value_usage";
    case SchemaProblemKind::NoKey:
      return problem.detail.empty() ? "undefined_object" : "invalid_foreign_key";
    case SchemaProblemKind::NoArbiter:
      return "invalid_column_reference";
    case SchemaProblemKind::TypesDiffer:
      return "datatype_mismatch";
    case SchemaProblemKind::CannotReplace:
      return problem.object.kind == ObjectKind::View ? "invalid_table_definition"
                                                     : "invalid_function_definition";
  }
  return {};
}

}  // namespace medusa
