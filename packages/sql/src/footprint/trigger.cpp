// SPDX-License-Identifier: MIT
// Triggers, policies and rules: what happens when rows are read or changed.
#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/query.hpp"

namespace medusa {

namespace {

Scope scope_of_rows(const ObjectRef& table) {
  return {.entries = {{.alias = table.name, .relation = table},
                      {.alias = "old", .relation = table, .qualified_only = true},
                      {.alias = "new", .relation = table, .qualified_only = true}}};
}

}  // namespace

void create_trigger(Effects& effects, PgQuery__CreateTrigStmt& create, Node& statement) {
  if (effects.temporary(*create.relation)) {
    return;
  }
  const ObjectRef table = effects.relation(*create.relation);
  const ObjectRef function =
      effects.object(ObjectKind::Function, strings(list(create.n_funcname, create.funcname)));
  effects.need(table);
  effects.need(function);
  Effect effect{.action = Action::Create,
                .object = part_of(table, ObjectKind::Trigger, create.trigname),
                .replaces = create.replace != 0,
                .depends_on = {{.object = table, .owned = true}, {.object = function}}};
  for (const std::string& column : strings(list(create.n_columns, create.columns))) {
    const ObjectRef object = part_of(table, ObjectKind::Column, column);
    effects.need(object);
    effect.depends_on.push_back({.object = object});
  }
  Query query(effects, Evaluation::Later);
  Scope scope = scope_of_rows(table);
  query.expression(create.when_clause, scope);
  for (const ObjectRef& used : query.used()) {
    effect.depends_on.push_back({.object = used});
  }
  if (create.constrrel != nullptr) {
    effects.need(effects.relation(*create.constrrel));
  }
  effect.definition = deparse_statement(statement);
  effects.add(std::move(effect));
}

void create_policy(Effects& effects, PgQuery__CreatePolicyStmt& create, Node& statement) {
  const ObjectRef table = effects.relation(*create.table);
  Query query(effects, Evaluation::Later);
  Scope scope = scope_of(table);
  query.expression(create.qual, scope);
  query.expression(create.with_check, scope);
  Effect effect{
      .action = Action::Alter, .object = table, .definition = deparse_statement(statement)};
  for (const ObjectRef& used : query.used()) {
    effect.depends_on.push_back({.object = used});
  }
  effects.add(std::move(effect));
}

void alter_policy(Effects& effects, PgQuery__AlterPolicyStmt& alter) {
  const ObjectRef table = effects.relation(*alter.table);
  Query query(effects, Evaluation::Later);
  Scope scope = scope_of(table);
  query.expression(alter.qual, scope);
  query.expression(alter.with_check, scope);
  effects.alter(table, std::string("ALTER POLICY ") + alter.policy_name);
}

void create_rule(Effects& effects, PgQuery__RuleStmt& rule) {
  const ObjectRef table = effects.relation(*rule.relation);
  Query query(effects, Evaluation::Later);
  Scope scope = scope_of_rows(table);
  query.expression(rule.where_clause, scope);
  effects.alter(table, std::string("CREATE RULE ") + rule.rulename);
  effects.opaque("a rule turns statements into others");
}

}  // namespace medusa
