// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "footprint/deparse.hpp"
#include "footprint/generated_name.hpp"
#include "footprint/table.hpp"
#include "hazard/column_type.hpp"

namespace medusa {

namespace {

struct Serial {
  std::string_view name;
  std::string_view type;
  std::string_view type_name;  // in pg_type
};

// PostgreSQL manual, "Serial Types"; source: transformColumnDefinition.
constexpr auto kSerials = std::to_array<Serial>({{"serial", "int", "int4"},
                                                 {"serial4", "int", "int4"},
                                                 {"bigserial", "bigint", "int8"},
                                                 {"serial8", "bigint", "int8"},
                                                 {"smallserial", "smallint", "int2"},
                                                 {"serial2", "smallint", "int2"}});

const Serial* serial_of(const PgQuery__TypeName* type) {
  if (type == nullptr || type->n_names != 1) {
    return nullptr;
  }
  const std::string name = string_of(type->names[0]);
  const auto* const found = std::find_if(
      kSerials.begin(), kSerials.end(), [&](const Serial& each) { return each.name == name; });
  return found == kSerials.end() ? nullptr : found;
}

// What the clauses after a column's type say about the column itself.
struct Clauses {
  Node* default_value = nullptr;
  bool not_null = false;
  bool has_more = false;  // A check, key or reference of its own.
  PgQuery__Constraint* identity = nullptr;
  PgQuery__Constraint* generated = nullptr;
};

Clauses clauses_of(const PgQuery__ColumnDef& column) {
  Clauses clauses{.default_value = column.raw_default, .not_null = column.is_not_null != 0};
  for (const Node* node : list(column.n_constraints, column.constraints)) {
    PgQuery__Constraint& constraint = *node->constraint;
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        clauses.default_value = constraint.raw_expr;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        clauses.not_null = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        clauses.not_null = true;
        clauses.has_more = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        clauses.not_null = true;
        clauses.identity = &constraint;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        clauses.generated = &constraint;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        clauses.has_more = true;
        break;
      default:
        break;
    }
  }
  return clauses;
}

// GENERATED ... AS IDENTITY (SEQUENCE NAME x): the name, maybe with a schema; else nothing.
std::vector<std::string> sequence_name(const PgQuery__Constraint& identity) {
  for (Node* const& node : list(identity.n_options, identity.options)) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view(node->def_elem->defname) == "sequence_name") {
      return strings(items(node->def_elem->arg));
    }
  }
  return {};
}

std::string quoted_name(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ".") + name;
  }
  return text;
}

/// The default in a form that several spellings of one value share: 0 and '0', 'a' and 'a'::text,
/// now() and CURRENT_TIMESTAMP.
std::string normal_default(Node& value) {
  if (const auto text = constant_string(&value)) {
    return '\'' + *text + '\'';
  }
  const std::string text = deparse_expression(value);
  const bool is_bare_constant =
      value.node_case == PG_QUERY__NODE__NODE_A_CONST && is_constant(&value);
  if (is_bare_constant) {
    return '\'' + text + '\'';
  }
  return text == "CURRENT_TIMESTAMP" ? "now()" : text;
}

}  // namespace

std::vector<ObjectRef> TableBuilder::uses_of(const Node* expression, bool evaluated) {
  Query query(effects_, evaluated ? Evaluation::Now : Evaluation::Later);
  Scope scope = scope_of(table_);
  query.expression(expression, scope);
  return query.used();
}

std::vector<Effect::Dependency> type_dependencies(Effects& effects, const PgQuery__TypeName& type) {
  Query query(effects, Evaluation::Later);
  const std::optional<ObjectRef> object = query.type(type);
  std::vector<Effect::Dependency> dependencies;
  for (const ObjectRef& used : query.used()) {
    dependencies.push_back({.object = used, .is_type = object == used});
  }
  return dependencies;
}

void TableBuilder::column(PgQuery__ColumnDef& column, bool primary_key, bool if_not_exists) {
  const Clauses clauses = clauses_of(column);
  const Serial* const serial = serial_of(column.type_name);
  const bool existing = age_ == TableAge::Existing;
  Effect create{.action = Action::Create,
                .object = column_ref(column.colname),
                .conditional = if_not_exists,
                .depends_on = {{.object = table_, .owned = true}}};
  const auto depend_on = [&](const std::vector<ObjectRef>& objects) {
    for (const ObjectRef& object : objects) {
      if (object != create.object && object != table_) {
        create.depends_on.push_back({.object = object});
      }
    }
  };
  std::optional<ObjectRef> type;
  if (serial != nullptr) {
    create.definition = serial->type;
    create.type = {.name = std::string(serial->type_name)};
  } else if (column.type_name != nullptr) {
    for (Effect::Dependency& dependency : type_dependencies(effects_, *column.type_name)) {
      type = dependency.is_type ? std::optional(dependency.object) : std::nullopt;
      create.depends_on.push_back(std::move(dependency));
    }
    create.definition = deparse_type(*column.type_name);
    create.type = column_type(*column.type_name);
  }
  if (column.coll_clause != nullptr) {
    create.definition +=
        " COLLATE " +
        quoted_name(strings(list(column.coll_clause->n_collname, column.coll_clause->collname)));
  }
  if (clauses.default_value != nullptr) {
    depend_on(uses_of(clauses.default_value, existing));
    create.definition += " DEFAULT " + normal_default(*clauses.default_value);
    if (const auto text = bare_text(clauses.default_value); type && text) {
      effects_.text({.of = *type, .text = *text});
    }
  }
  if (serial != nullptr) {
    create.definition += " DEFAULT nextval";
  }
  if (clauses.generated != nullptr) {
    depend_on(uses_of(clauses.generated->raw_expr, existing));
    create.definition +=
        " GENERATED ALWAYS AS (" + deparse_expression(*clauses.generated->raw_expr) + ") STORED";
  }
  if (clauses.identity != nullptr) {
    create.definition += std::string(" GENERATED ") +
                         (*clauses.identity->generated_when == 'a' ? "ALWAYS" : "BY DEFAULT") +
                         " AS IDENTITY";
  }
  if (clauses.not_null || serial != nullptr || primary_key) {
    create.definition += " NOT NULL";
  }
  // Whether there are rows, and what they are, decides whether this works and what they become.
  const bool constant = is_constant(clauses.default_value);
  const bool computed = (clauses.default_value != nullptr && !constant) ||
                        clauses.generated != nullptr || serial != nullptr ||
                        clauses.identity != nullptr;
  if (existing && (computed || clauses.has_more || (clauses.not_null && !constant))) {
    effects_.read_rows(table_);
  }
  effects_.add(std::move(create));
  if (serial != nullptr || clauses.identity != nullptr) {
    owned_sequence(column.colname, clauses.identity);
  }
}

void TableBuilder::owned_sequence(const std::string& column, const PgQuery__Constraint* identity) {
  ObjectRef sequence{.kind = ObjectKind::Sequence,
                     .schema = table_.schema,
                     .name = generated_name(table_.name, column, "seq")};
  const std::vector<std::string> name =
      identity == nullptr ? std::vector<std::string>() : sequence_name(*identity);
  if (name.size() == 1) {
    sequence.name = name.front();  // in the schema of the table (source: generateSerialExtraStmts)
  } else if (!name.empty()) {
    sequence = effects_.object(ObjectKind::Sequence, name);
    effects_.need_schema_of(sequence);
  }
  if (effects_.temporary(table_)) {
    return;
  }
  effects_.add({.action = Action::Create,
                .object = sequence,
                .generated_name = name.empty(),
                .depends_on = {{.object = column_ref(column), .owned = true}},
                .definition = "SEQUENCE"});
}

void TableBuilder::column_constraints(PgQuery__ColumnDef& column) {
  for (const Node* node : list(column.n_constraints, column.constraints)) {
    constraint(*node->constraint, column.colname);
  }
}

std::vector<std::string> TableBuilder::primary_key(NodeList elements) {
  for (const Node* node : elements) {
    if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
        node->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) {
      return strings(list(node->constraint->n_keys, node->constraint->keys));
    }
  }
  return {};
}

}  // namespace medusa
