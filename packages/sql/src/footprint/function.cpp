// SPDX-License-Identifier: MIT
// Functions, procedures, aggregates; what is defined by name and options.
#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "medusa/core/error.hpp"

#include "footprint/deparse.hpp"
#include "footprint/families.hpp"
#include "footprint/named_object.hpp"
#include "footprint/query.hpp"
#include "footprint/signature.hpp"
#include "parse.hpp"

namespace medusa {

namespace {

// What the options of CREATE FUNCTION say about its body, and its parameters.
struct Body {
  std::string language = {};
  std::string text = {};
  Session session = {};                      // Under which it is checked.
  std::vector<std::string> parameters = {};  // Their names.
  bool is_polymorphic = false;
};

// Of such an argument PostgreSQL knows the type only when the function is called (manual,
// "Polymorphic Types").
bool is_polymorphic(const PgQuery__TypeName& type) {
  const std::vector<std::string> names = strings(list(type.n_names, type.names));
  constexpr auto kNames = std::to_array<std::string_view>({"anyelement",
                                                           "anyarray",
                                                           "anynonarray",
                                                           "anyenum",
                                                           "anyrange",
                                                           "anymultirange",
                                                           "anycompatible",
                                                           "anycompatiblearray",
                                                           "anycompatiblenonarray",
                                                           "anycompatiblerange",
                                                           "anycompatiblemultirange"});
  return !names.empty() && std::find(kNames.begin(), kNames.end(), names.back()) != kNames.end();
}

Body body_of(Effects& effects, const PgQuery__CreateFunctionStmt& create) {
  Body body{.session = effects.session()};
  for (const Node* node : list(create.n_options, create.options)) {
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string_view name = option.defname;
    if (name == "language") {
      body.language = string_of(option.arg);
    } else if (name == "as" && option.arg != nullptr) {
      const std::vector<std::string> parts = strings(items(option.arg));
      body.text = parts.empty() ? "" : parts.front();
    } else if (name == "set" && option.arg != nullptr &&
               option.arg->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
      // The settings of the function hold while its body is checked.
      StatementFootprint aside;
      Effects inside(body.session, aside);
      set_variable(inside, *option.arg->variable_set_stmt);
      if (std::string_view(option.arg->variable_set_stmt->name) == "search_path" &&
          !body.session.search_path) {
        body.session.search_path = std::string();  // that of the database is not asked
      }
    }
  }
  for (const Node* node : list(create.n_parameters, create.parameters)) {
    const PgQuery__FunctionParameter& parameter = *node->function_parameter;
    body.parameters.emplace_back(parameter.name);
    body.is_polymorphic = body.is_polymorphic || is_polymorphic(*parameter.arg_type);
  }
  return body;
}

// Statements that PostgreSQL looks into before it runs them, as it does into queries (source:
// transformStmt). What any other one needs shows when the function is called.
bool is_looked_into(const Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
      return true;
    default:
      return false;
  }
}

// One statement of a body, or the expression of RETURN.
void read_body_statement(Query& query, Effects& effects, const Node& statement, Scope& scope) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      if (statement.select_stmt->into_clause != nullptr) {
        return effects.opaque("its body has statements whose needs are not known");
      }
      [[fallthrough]];
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      return query.query(&statement, &scope);
    case PG_QUERY__NODE__NODE_RETURN_STMT:
      return query.expression(statement.return_stmt->returnval, scope);
    default:
      if (is_looked_into(statement)) {
        effects.opaque("its body has statements whose needs are not known");
      }
  }
}

// RETURN, or the statements of BEGIN ATOMIC, which the grammar wraps in lists of lists.
void for_each_body_statement(Node* const& body, const std::function<void(Node&)>& call) {
  if (body->node_case != PG_QUERY__NODE__NODE_LIST) {
    return call(*body);
  }
  for (Node* const& item : items(body)) {
    if (item != nullptr && item->node_case != PG_QUERY__NODE__NODE__NOT_SET) {
      for_each_body_statement(item, call);
    }
  }
}

std::string deparse_body_statement(Node& statement) {
  if (statement.node_case == PG_QUERY__NODE__NODE_RETURN_STMT) {
    return "RETURN " + deparse_expression(*statement.return_stmt->returnval);
  }
  return deparse_statement(statement);
}

// What a body uses, found under its own settings.
class BodyReader {
 public:
  explicit BodyReader(Body& body) : effects_(body.session, footprint_) {
    scope_.parameters = body.parameters;
  }

  // Written as a text, of any number of statements.
  void read_text(const std::string& text) {
    try {
      const ParseTree tree = parse(text);
      for (std::size_t i = 0; i < tree->n_stmts; ++i) {
        read_body_statement(query_, effects_, *tree->stmts[i]->stmt, scope_);
      }
    } catch (const Error&) {
      effects_.opaque("its body cannot be read");
    }
  }

  void read_tree(Node* const& body) {
    for_each_body_statement(body, [&](const Node& statement) {
      read_body_statement(query_, effects_, statement, scope_);
    });
  }

  // Adds the needs, and whatever cannot be known. Returns what was used.
  const std::vector<ObjectRef>& hand_over(Effects& effects, bool only_if_checked) {
    for (Effect& effect : footprint_.effects) {
      effect.of_body = only_if_checked;
      effects.add(std::move(effect));
    }
    for (ConstantText& text : footprint_.texts) {
      text.of_body = only_if_checked;
      effects.text(std::move(text));
    }
    // Which index ON CONFLICT means is only looked for when the function is called.
    if (!footprint_.opaque.empty()) {
      effects.opaque(footprint_.opaque);
    }
    return query_.used();
  }

 private:
  StatementFootprint footprint_;
  Effects effects_;
  Query query_{effects_, Evaluation::Later};
  Scope scope_;
};

void depend_on(Effect& effect, const std::vector<ObjectRef>& objects) {
  for (const ObjectRef& object : objects) {
    const Effect::Dependency dependency{.object = object};
    if (std::find(effect.depends_on.begin(), effect.depends_on.end(), dependency) ==
        effect.depends_on.end()) {
      effect.depends_on.push_back(dependency);
    }
  }
}

std::string definition_of(const PgQuery__CreateFunctionStmt& create) {
  PgQuery__CreateFunctionStmt bare = create;
  bare.replace = 0;
  std::vector<Node*> unqualified = {create.funcname[create.n_funcname - 1]};
  bare.n_funcname = 1;
  bare.funcname = unqualified.data();
  bare.sql_body = nullptr;
  Node statement =
      node_of(&Node::create_function_stmt, PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT, &bare);
  std::string text = deparse_statement(statement);
  if (create.sql_body != nullptr) {
    for_each_body_statement(create.sql_body,
                            [&](Node& inside) { text += "; " + deparse_body_statement(inside); });
  }
  return text;
}

// A body in a text is nothing to PostgreSQL but a text, which it checks when the function is made.
void check_text(Effects& effects, Body& body) {
  if (body.language == "plpgsql" || body.language == "internal" || body.language == "c") {
    return;
  }
  if (!effects.session().checks_function_bodies) {
    return;
  }
  if (body.language != "sql") {
    return effects.opaque("the language " + body.language +
                          " may look at anything when it checks a body");
  }
  if (!body.is_polymorphic) {
    BodyReader reader(body);
    reader.read_text(body.text);
    reader.hand_over(effects, true);
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
  Effect effect{.action = Action::Create,
                .object = function,
                .replaces = create.replace != 0,
                .definition = definition_of(create),
                .signature = arguments_of(create),
                .result = result_of(create)};
  depend_on(effect, query.used());
  Body body = body_of(effects, create);
  if (create.sql_body != nullptr) {
    // PostgreSQL keeps it as what it means, so what it uses is a dependency.
    BodyReader reader(body);
    reader.read_tree(create.sql_body);
    depend_on(effect, reader.hand_over(effects, false));
    return effects.add(std::move(effect));
  }
  effects.add(std::move(effect));  // its body may call itself
  check_text(effects, body);
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
