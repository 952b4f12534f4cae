// SPDX-License-Identifier: MIT
#include "live_tables.hpp"

#include <algorithm>

namespace medusa {

namespace {

std::string key(const std::string& schema, const std::string& name) {
  return schema + '\0' + name;
}

/// The column that a CHECK says is never NULL, in the normal form of footprints; else empty.
std::string checked_column(const Effect& created) {
  const auto& depends_on = created.depends_on;
  if (depends_on.size() != 1 || depends_on[0].object.kind != ObjectKind::Column) {
    return {};
  }
  const std::string& column = depends_on[0].object.part;
  const std::string_view text = created.definition;
  const bool says_so = text.starts_with("CHECK (" + column + " IS NOT NULL)") ||
                       text.starts_with("CHECK (\"" + column + "\" IS NOT NULL)");
  return says_so ? column : std::string();
}

}  // namespace

LiveTables::LiveTables(const UpgradeFacts& facts) {
  if (facts.schema_is_set || facts.snapshot.search_path.empty()) {
    schemas_.push_back(facts.schema);
  }
  for (const std::string& schema : facts.snapshot.search_path) {
    schemas_.push_back(schema == "$user" ? facts.snapshot.user : schema);
  }
  for (const FilledTable& table : facts.snapshot.filled_tables) {
    tables_.emplace(key(table.schema, table.name), table);
  }
}

std::string LiveTables::key_of(const ObjectRef& object) const {
  if (!object.schema.empty()) {
    return key(object.schema, object.name);
  }
  for (const std::string& schema : schemas_) {
    std::string candidate = key(schema, object.name);
    if (tables_.contains(candidate)) {
      return candidate;
    }
  }
  return key(schemas_.front(), object.name);
}

const FilledTable* LiveTables::find(const ObjectRef& table) const {
  const auto found = tables_.find(key_of(table));
  return found == tables_.end() ? nullptr : &found->second;
}

const FilledTable::Column* LiveTables::column(const ObjectRef& table,
                                              const std::string& name) const {
  const FilledTable* const whole = find(table);
  if (whole == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(whole->columns.begin(),
                                  whole->columns.end(),
                                  [&](const auto& column) { return column.name == name; });
  return found == whole->columns.end() ? nullptr : &*found;
}

FilledTable* LiveTables::table_of(const ObjectRef& object) {
  const auto found = tables_.find(key_of(object));
  return found == tables_.end() ? nullptr : &found->second;
}

FilledTable::Column* LiveTables::column_of(const ObjectRef& object) {
  FilledTable* const table = table_of(object);
  if (table == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(table->columns.begin(),
                                  table->columns.end(),
                                  [&](const auto& column) { return column.name == object.part; });
  return found == table->columns.end() ? nullptr : &*found;
}

void LiveTables::apply(const StatementFootprint& statement) {
  if (tables_.empty()) {
    return;
  }
  for (const Effect& effect : statement.effects) {
    apply(effect);
  }
  take_types(statement);
}

void LiveTables::apply(const Effect& effect) {
  switch (effect.action) {
    case Action::Create:
      return create(effect);
    case Action::Alter:
      return alter(effect);
    case Action::Rename:
      return rename(effect);
    case Action::Drop:
      if (effect.object.kind == ObjectKind::Table) {
        tables_.erase(key_of(effect.object));
      }
      return;
    default:
      return;
  }
}

void LiveTables::create(const Effect& effect) {
  if (effect.object.kind == ObjectKind::Table) {
    if (!effect.conditional) {
      tables_.erase(key_of(effect.object));
    }
    return;
  }
  FilledTable* const table = effect.object.part.empty() ? nullptr : table_of(effect.object);
  if (table == nullptr) {
    return;
  }
  if (effect.object.kind == ObjectKind::Column && column_of(effect.object) == nullptr) {
    table->columns.push_back({.name = effect.object.part});
  }
  const std::string column =
      effect.object.kind == ObjectKind::Constraint ? checked_column(effect) : std::string();
  if (column.empty()) {
    return;
  }
  if (effect.definition.ends_with("NOT VALID")) {
    checks_.insert_or_assign(key_of(effect.object) + '\0' + effect.object.part, column);
  } else {
    ObjectRef object = effect.object;
    object.part = column;
    if (FilledTable::Column* const found = column_of(object)) {
      found->never_null = true;
    }
  }
}

void LiveTables::alter(const Effect& effect) {
  if (effect.object.kind == ObjectKind::Constraint && effect.definition == "VALIDATE") {
    const auto check = checks_.find(key_of(effect.object) + '\0' + effect.object.part);
    ObjectRef object = effect.object;
    object.part = check == checks_.end() ? std::string() : check->second;
    if (FilledTable::Column* const column = column_of(object)) {
      column->never_null = true;
    }
    return;
  }
  FilledTable::Column* const column =
      effect.object.kind == ObjectKind::Column ? column_of(effect.object) : nullptr;
  if (column == nullptr) {
    return;
  }
  if (effect.definition == "SET NOT NULL" || effect.definition == "DROP NOT NULL") {
    column->never_null = effect.definition.starts_with("SET");
  } else if (effect.definition.starts_with("TYPE ")) {
    column->type = {};
  }
}

void LiveTables::rename(const Effect& effect) {
  if (!effect.renamed_to.has_value()) {
    return;
  }
  if (effect.object.kind == ObjectKind::Column) {
    if (FilledTable::Column* const column = column_of(effect.object)) {
      column->name = effect.renamed_to->part;
    }
  } else if (effect.object.kind == ObjectKind::Table) {
    const auto found = tables_.find(key_of(effect.object));
    if (found != tables_.end()) {
      FilledTable table = std::move(found->second);
      tables_.erase(found);
      table.name = effect.renamed_to->name;
      table.schema = effect.renamed_to->schema.empty() ? table.schema : effect.renamed_to->schema;
      std::string name = key(table.schema, table.name);
      tables_.insert_or_assign(std::move(name), std::move(table));
    }
  }
}

void LiveTables::take_types(const StatementFootprint& statement) {
  for (const Hazard& hazard : statement.hazards) {
    if (hazard.rule == HazardRule::ColumnTypeRewrites && hazard.type.has_value()) {
      ObjectRef object = hazard.table;
      object.part = hazard.name;
      if (FilledTable::Column* const column = column_of(object)) {
        column->type = *hazard.type;
      }
    }
  }
}

}  // namespace medusa
