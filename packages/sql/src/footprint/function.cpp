// SPDX-License-Identifier: MIT
// Functions, procedures, aggregates; what is defined by name and options.
#include <string_view>

#include "medusa/core/error.hpp"

#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/named_object.hpp"
#include "footprint/query.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

struct Body {
  std::string language = {};
  std::string text = {};
};

Body body_of(const PgQuery__CreateFunctionStmt& create) {
  Body body;
  for (const Node* node : list(create.n_options, create.options)) {
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string_view name = option.defname;
    if (name == "language") {
      body.language = string_of(option.arg);
    } else if (name == "as" && option.arg != nullptr) {
      const std::vector<std::string> parts = strings(items(option.arg));
      body.text = parts.empty() ? "" : parts.front();
    }
  }
  return body;
}

// PostgreSQL checks a body in SQL when the function is made: what it uses must be there.
void needs_of_sql_body(Effects& effects, Query& query, const std::string& text) {
  try {
    const ParseTree tree = parse(text);
    for (std::size_t i = 0; i < tree->n_stmts; ++i) {
      StatementFootprint inside;
      Effects ignored(effects.session(), inside);
      Node& statement = *tree->stmts[i]->stmt;
      switch (statement.node_case) {
        case PG_QUERY__NODE__NODE_SELECT_STMT:
        case PG_QUERY__NODE__NODE_INSERT_STMT:
        case PG_QUERY__NODE__NODE_UPDATE_STMT:
        case PG_QUERY__NODE__NODE_DELETE_STMT:
          query.query(&statement, nullptr);
          break;
        default:
          effects.opaque("its body has statements whose needs are not known");
      }
    }
  } catch (const Error&) {
    effects.opaque("its body cannot be read");
  }
}

}  // namespace

void create_function(Effects& effects, PgQuery__CreateFunctionStmt& create) {
  const ObjectRef function =
      effects.object(ObjectKind::Function, strings(list(create.n_funcname, create.funcname)));
  effects.need_schema_of(function);
  Query query(effects, Evaluation::Later);
  Scope none;
  for (const Node* node : list(create.n_parameters, create.parameters)) {
    const PgQuery__FunctionParameter& parameter = *node->function_parameter;
    query.type(*parameter.arg_type);
    query.expression(parameter.defexpr, none);
  }
  if (create.return_type != nullptr) {
    query.type(*create.return_type);
  }
  Effect effect{.action = Action::Create, .object = function, .replaces = create.replace != 0};
  for (const ObjectRef& used : query.used()) {
    effect.depends_on.push_back({.object = used});
  }
  const Body body = body_of(create);
  if (create.sql_body != nullptr) {
    // BEGIN ATOMIC and RETURN: what they use is a dependency, too, which nobody follows yet.
    effects.opaque("a function with a body in the SQL standard's form");
    effects.add(std::move(effect));
    return;
  }
  if (body.language == "sql") {
    needs_of_sql_body(effects, query, body.text);
  } else if (body.language != "plpgsql" && body.language != "internal" && body.language != "c") {
    effects.opaque("the language " + body.language + " may look at anything when it checks a body");
  }
  PgQuery__CreateFunctionStmt bare = create;
  bare.replace = 0;
  std::vector<Node*> unqualified = {create.funcname[create.n_funcname - 1]};
  bare.n_funcname = 1;
  bare.funcname = unqualified.data();
  Node statement =
      node_of(&Node::create_function_stmt, PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT, &bare);
  effect.definition = deparse_statement(statement);
  effects.add(std::move(effect));
}

void alter_function(Effects& effects, PgQuery__AlterFunctionStmt& alter) {
  effects.alter(effects.object(ObjectKind::Function,
                               strings(list(alter.func->n_objname, alter.func->objname))),
                "FUNCTION");
}

void define(Effects& effects, PgQuery__DefineStmt& define, Node& statement) {
  const std::optional<ObjectKind> kind = kind_of(define.kind);
  if (!kind) {
    effects.opaque("CREATE " + words_of(define.kind) + " makes what footprints do not know");
    return;
  }
  const ObjectRef object = effects.object(*kind, strings(list(define.n_defnames, define.defnames)));
  effects.need_schema_of(object);
  effects.add({.action = Action::Create,
               .object = object,
               .conditional = define.if_not_exists != 0,
               .replaces = define.replace != 0,
               .definition = deparse_statement(statement)});
  // Which functions and types its options name is not looked at.
  effects.opaque("what CREATE " + words_of(define.kind) + " needs stands in its options");
}

}  // namespace medusa
