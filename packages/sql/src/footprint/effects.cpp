// SPDX-License-Identifier: MIT
#include "footprint/effects.hpp"

#include <algorithm>

#include "medusa/core/error.hpp"

#include "parse.hpp"

namespace medusa {

namespace {

bool lives_in_schema(ObjectKind kind) {
  return kind != ObjectKind::Schema && kind != ObjectKind::Extension && kind != ObjectKind::Setting;
}

}  // namespace

void Effects::add(Effect effect) {
  if (temporary(effect.object)) {
    return;
  }
  std::vector<Effect>& effects = footprint_.effects;
  const bool only_needs = effect.action == Action::Need || effect.action == Action::Read;
  if (footprint_.guard && (footprint_.guard->must_exist || !only_needs)) {
    effect.conditional = true;
  }
  const auto creates = [&](const Effect& earlier) {
    return earlier.action == Action::Create && earlier.object == effect.object;
  };
  if (only_needs && std::any_of(effects.begin(), effects.end(), creates)) {
    return;
  }
  if (std::find(effects.begin(), effects.end(), effect) == effects.end()) {
    effects.push_back(std::move(effect));
  }
}

void Effects::text(ConstantText constant) {
  constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1
  std::vector<ConstantText>& texts = footprint_.texts;
  if (constant.text.size() <= kLongestName && !temporary(constant.of) &&
      std::find(texts.begin(), texts.end(), constant) == texts.end()) {
    texts.push_back(std::move(constant));
  }
}

void Effects::opaque(std::string reason) {
  if (footprint_.opaque.empty()) {
    footprint_.opaque = std::move(reason);
  }
}

ObjectRef Effects::object(ObjectKind kind, std::string_view schema, std::string_view name) {
  ObjectRef object{.kind = kind, .schema = std::string(schema), .name = std::string(name)};
  if (!schema.empty() || !lives_in_schema(kind) || !session_.search_path || temporary(object)) {
    return object;
  }
  if (session_.search_path->empty()) {
    opaque("SET search_path leaves open which schema " + object.name + " is in");
  }
  object.schema = *session_.search_path;
  return object;
}

ObjectRef Effects::object(ObjectKind kind, const std::vector<std::string>& qualified_name) {
  // database.schema.name is allowed where the database is the current one.
  const std::size_t size = qualified_name.size();
  return object(kind,
                size < 2 ? std::string_view() : std::string_view(qualified_name[size - 2]),
                size < 1 ? std::string_view() : std::string_view(qualified_name[size - 1]));
}

ObjectRef Effects::relation(const PgQuery__RangeVar& name, ObjectKind kind) {
  return object(kind, name.schemaname, name.relname);
}

std::optional<ObjectRef> Effects::relation_in_text(const std::string& text, ObjectKind kind) {
  try {
    const ParseTree tree = parse("TABLE " + text);
    if (tree->n_stmts != 1 || tree->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
      return std::nullopt;
    }
    const PgQuery__SelectStmt& select = *tree->stmts[0]->stmt->select_stmt;
    if (select.n_from_clause != 1 ||
        select.from_clause[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
      return std::nullopt;
    }
    return relation(*select.from_clause[0]->range_var, kind);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool Effects::temporary(const PgQuery__RangeVar& name) const {
  return std::string_view(name.relpersistence) == "t" ||
         temporary(ObjectRef{.schema = name.schemaname, .name = name.relname});
}

bool Effects::temporary(const ObjectRef& relation) const {
  if (relation.schema == "pg_temp") {
    return true;
  }
  const Namespace space = namespace_of(relation.kind);
  if (!relation.schema.empty() || space == Namespace::Type || space == Namespace::EnumValue ||
      space == Namespace::Function || !lives_in_schema(relation.kind)) {
    return false;
  }
  const std::vector<std::string>& names = session_.temporary;
  return std::find(names.begin(), names.end(), relation.name) != names.end();
}

void Effects::need_schema_of(const ObjectRef& created) {
  if (!created.schema.empty() && created.schema != "pg_catalog") {
    need({.kind = ObjectKind::Schema, .name = created.schema});
  }
}

ObjectRef part_of(const ObjectRef& whole, ObjectKind kind, std::string_view name) {
  ObjectRef part = whole;
  part.kind = kind;
  part.part = name;
  return part;
}

bool is_system_relation(std::string_view schema, std::string_view name) {
  return schema == "pg_catalog" || schema == "information_schema" ||
         (schema.empty() && name.starts_with("pg_"));
}

}  // namespace medusa
