// SPDX-License-Identifier: MIT
// ALTER TABLE ... ADD CONSTRAINT.
#include <algorithm>

#include "footprint/deparse.hpp"
#include "hazard/families.hpp"
#include "hazard/safer.hpp"

namespace medusa {

namespace {

std::string_view words_of(PgQuery__ConstrType type) {
  switch (type) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return "FOREIGN KEY";
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      return "CHECK";
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      return "PRIMARY KEY";
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      return "UNIQUE";
    default:
      return "EXCLUDE";
  }
}

/// Its name, or the one that PostgreSQL will choose: the first of its kind that is not told yet.
std::string name_of(Effects& effects, const PgQuery__Constraint& constraint) {
  if (*constraint.conname != '\0') {
    return constraint.conname;
  }
  const std::string_view kind = words_of(constraint.contype);
  const std::vector<Hazard>& told = effects.footprint().hazards;
  const std::vector<Effect>& known = effects.effects();
  const auto created = std::find_if(known.begin(), known.end(), [&](const Effect& effect) {
    return effect.action == Action::Create && effect.object.kind == ObjectKind::Constraint &&
           effect.generated_name && effect.definition.starts_with(kind) &&
           std::none_of(told.begin(), told.end(), [&](const Hazard& hazard) {
             return hazard.name == effect.object.part;
           });
  });
  return created == known.end() ? std::string() : created->object.part;
}

/// libpg_query does not quote the names of constraints when it writes SQL.
std::string in_two_steps(const PgQuery__AlterTableStmt& statement,
                         const PgQuery__Constraint& constraint,
                         const std::string& name) {
  PgQuery__Constraint gentle = constraint;
  std::string none;
  gentle.conname = none.data();
  gentle.skip_validation = 1;
  gentle.initially_valid = 0;
  Node element = node_of(&Node::constraint, PG_QUERY__NODE__NODE_CONSTRAINT, &gentle);
  return alter(statement) + "ADD CONSTRAINT " + quoted(name) + ' ' +
         deparse_table_element(element) + ";\n" + alter(statement) + "VALIDATE CONSTRAINT " +
         quoted(name) + ';';
}

std::string columns_of(std::size_t count, Node* const* nodes) {
  std::string text;
  for (const std::string& name : strings(list(count, nodes))) {
    text += (text.empty() ? "" : ", ") + quoted(name);
  }
  return text;
}

std::string with_index_first(const PgQuery__AlterTableStmt& statement,
                             const PgQuery__Constraint& constraint,
                             const std::string& name) {
  const bool primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  const std::string including = columns_of(constraint.n_including, constraint.including);
  return "CREATE UNIQUE INDEX CONCURRENTLY " + quoted(name) + " ON " + quoted(*statement.relation) +
         " (" + columns_of(constraint.n_keys, constraint.keys) + ')' +
         (including.empty() ? "" : " INCLUDE (" + including + ')') + ";\n" + alter(statement) +
         "ADD CONSTRAINT " + quoted(name) + (primary ? " PRIMARY KEY" : " UNIQUE") +
         " USING INDEX " + quoted(name) + ';';
}

}  // namespace

void add_constraint_hazards(Effects& effects,
                            const PgQuery__AlterTableStmt& statement,
                            PgQuery__Constraint& constraint) {
  Hazard hazard{.table = effects.relation(*statement.relation),
                .name = name_of(effects, constraint),
                .lock = TableLock::AccessExclusive,
                .work = TableWork::Scan};
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      if (constraint.skip_validation != 0) {
        return;
      }
      hazard.rule = HazardRule::ForeignKeyScans;
      hazard.lock = TableLock::ShareRowExclusive;
      hazard.safer = in_two_steps(statement, constraint, hazard.name);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      if (constraint.skip_validation != 0) {
        return;
      }
      hazard.rule = HazardRule::CheckScans;
      hazard.safer = in_two_steps(statement, constraint, hazard.name);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      if (*constraint.indexname != '\0') {
        return;
      }
      hazard.rule = HazardRule::ConstraintBuildsIndex;
      hazard.work = TableWork::Index;
      hazard.safer = with_index_first(statement, constraint, hazard.name);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      hazard.rule = HazardRule::ConstraintBuildsIndex;
      hazard.work = TableWork::Index;
      break;
    default:
      return;
  }
  effects.footprint().hazards.push_back(std::move(hazard));
}

}  // namespace medusa
