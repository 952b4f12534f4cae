// SPDX-License-Identifier: MIT
#include <algorithm>

#include "footprint/builtin.hpp"
#include "footprint/query.hpp"

namespace medusa {

namespace {

template <typename Message>
const Message& as(const ProtobufCMessage& message) {
  const void* place = &message;
  return *static_cast<const Message*>(place);
}

bool is(const ProtobufCMessage& message, const ProtobufCMessageDescriptor& descriptor) {
  return message.descriptor == &descriptor;
}

bool is_regclass(const PgQuery__TypeName& type) {
  return type.n_names > 0 && string_of(type.names[type.n_names - 1]) == "regclass";
}

}  // namespace

Scope scope_of(const ObjectRef& table) {
  return {.entries = {{.alias = table.name, .relation = table}}};
}

void Query::use(const ObjectRef& object) {
  if (std::find(used_.begin(), used_.end(), object) == used_.end()) {
    used_.push_back(object);
  }
  const bool rows = object.kind == ObjectKind::Column || object.kind == ObjectKind::Table;
  if (rows && evaluation_ == Evaluation::Now) {
    return effects_.read(object);
  }
  const bool all_columns = object.kind == ObjectKind::Table;
  effects_.add(
      {.action = Action::Need, .object = object, .definition = all_columns ? "whole" : ""});
}

void Query::expression(const Node* node, Scope& scope) {
  if (node != nullptr) {
    walk(node->base, scope);
  }
}

void Query::expressions(NodeList nodes, Scope& scope) {
  for (const Node* node : nodes) {
    expression(node, scope);
  }
}

void Query::walk(const ProtobufCMessage& message, Scope& scope) {
  if (is(message, pg_query__node__descriptor)) {
    if (const ProtobufCMessage* const inside = content(as<Node>(message))) {
      walk(*inside, scope);
    }
    return;
  }
  if (is(message, pg_query__column_ref__descriptor)) {
    return column(as<PgQuery__ColumnRef>(message), scope);
  }
  if (is(message, pg_query__func_call__descriptor)) {
    return function_call(as<PgQuery__FuncCall>(message), scope);
  }
  if (is(message, pg_query__type_cast__descriptor)) {
    return type_cast(as<PgQuery__TypeCast>(message), scope);
  }
  if (is(message, pg_query__type_name__descriptor)) {
    static_cast<void>(type(as<PgQuery__TypeName>(message)));
    return;
  }
  if (is(message, pg_query__a__expr__descriptor)) {
    compared_texts(as<PgQuery__AExpr>(message), scope);
  }
  if (is(message, pg_query__case_expr__descriptor)) {
    compared_texts(as<PgQuery__CaseExpr>(message), scope);
  }
  if (is(message, pg_query__select_stmt__descriptor)) {
    return select(as<PgQuery__SelectStmt>(message), &scope);
  }
  if (is(message, pg_query__current_of_expr__descriptor)) {
    effects_.opaque("WHERE CURRENT OF depends on a cursor");
    return;
  }
  if (is(message, pg_query__range_var__descriptor)) {
    return from_relation(as<PgQuery__RangeVar>(message), scope);
  }
  for_each_child(message, [&](const ProtobufCMessage& child) { walk(child, scope); });
}

void Query::column(const PgQuery__ColumnRef& column, Scope& scope) {
  const NodeList fields = list(column.n_fields, column.fields);
  std::vector<std::string> name;
  bool star = false;
  for (const Node* field : fields) {
    if (field->node_case == PG_QUERY__NODE__NODE_A_STAR) {
      star = true;
    } else {
      name.push_back(string_of(field));
    }
  }
  for (const ObjectRef& object : resolve(scope, name, star)) {
    use(object);
  }
}

std::optional<ObjectRef> Query::type(const PgQuery__TypeName& type) {
  const std::vector<std::string> names = strings(list(type.n_names, type.names));
  if (names.empty()) {
    return std::nullopt;
  }
  if (type.pct_type != 0 && names.size() > 1) {
    const ObjectRef table =
        effects_.object(ObjectKind::Table, std::vector(names.begin(), names.end() - 1));
    use(part_of(table, ObjectKind::Column, names.back()));
    return std::nullopt;
  }
  const std::string& name = names.back();
  const bool in_catalog = names.size() > 1 && names[names.size() - 2] == "pg_catalog";
  if (in_catalog || (names.size() == 1 && is_builtin_type(name))) {
    return std::nullopt;
  }
  if (const auto extension = extension_of_type(name)) {
    use({.kind = ObjectKind::Extension, .name = std::string(*extension)});
    return std::nullopt;
  }
  ObjectRef object = effects_.object(ObjectKind::Type, names);
  use(object);
  return type.n_array_bounds == 0 ? std::optional(std::move(object)) : std::nullopt;
}

void Query::type_cast(const PgQuery__TypeCast& cast, Scope& scope) {
  if (is_regclass(*cast.type_name)) {
    const std::optional<std::string> text = constant_string(cast.arg);
    const auto relation = text ? effects_.relation_in_text(*text, ObjectKind::Table) : std::nullopt;
    if (relation) {
      effects_.need(*relation);
      used_.push_back(*relation);
      return;
    }
    reads_catalog_ = true;
  }
  const std::optional<ObjectRef> object = type(*cast.type_name);
  const std::optional<std::string> text = bare_text(cast.arg);
  if (object && text) {
    effects_.text({.of = *object, .text = *text});
  }
  expression(cast.arg, scope);
}

bool Query::sequence_call(const std::string& name, const PgQuery__FuncCall& call) {
  if (name != "nextval" && name != "setval" && name != "currval") {
    return false;
  }
  const std::optional<std::string> text =
      call.n_args > 0 ? constant_string(call.args[0]) : std::nullopt;
  const auto sequence =
      text ? effects_.relation_in_text(*text, ObjectKind::Sequence) : std::nullopt;
  if (!sequence) {
    effects_.opaque(name + "() of a sequence whose name is computed");
    return true;
  }
  used_.push_back(*sequence);
  if (evaluation_ == Evaluation::Later) {
    effects_.need(*sequence);
  } else if (name == "currval") {
    effects_.read(*sequence);
  } else {
    effects_.write(*sequence, name == "nextval" ? "advance" : "restart");
  }
  return true;
}

void Query::function_call(const PgQuery__FuncCall& call, Scope& scope) {
  const std::vector<std::string> names = strings(list(call.n_funcname, call.funcname));
  const std::string& name = names.back();
  const bool qualified = names.size() > 1;
  const bool in_catalog = qualified && names[names.size() - 2] == "pg_catalog";
  const bool known = (!qualified || in_catalog) && sequence_call(name, call);
  for_each_child(call.base, [&](const ProtobufCMessage& child) { walk(child, scope); });
  if (known) {
    return;
  }
  if (!qualified || in_catalog) {
    switch (builtin_function(name)) {
      case FunctionNature::Harmless:
        return;
      case FunctionNature::Catalog:
        reads_catalog_ = true;
        return;
      case FunctionNature::Unsafe:
        if (evaluation_ == Evaluation::Now) {
          effects_.opaque("it calls " + name + "(), whose effects depend on its arguments");
        }
        return;
      case FunctionNature::Unknown:
        break;
    }
  }
  if (const auto extension = extension_of_function(name)) {
    use({.kind = ObjectKind::Extension, .name = std::string(*extension)});
    return;
  }
  use(effects_.object(ObjectKind::Function, names));
  if (evaluation_ == Evaluation::Now) {
    effects_.opaque("it calls the function " + name + "(), which may do anything");
  }
}

}  // namespace medusa
