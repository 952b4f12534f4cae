// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "footprint_text.hpp"

namespace medusa {

namespace {

using Json = nlohmann::ordered_json;

/// [kind, name, part, schema], without empty ends.
Json object_json(const ObjectRef& object) {
  Json json = Json::array({to_string(object.kind), object.name});
  if (!object.part.empty() || !object.schema.empty()) {
    json.push_back(object.part);
  }
  if (!object.schema.empty()) {
    json.push_back(object.schema);
  }
  return json;
}

void set_if(Json& json, const char* key, bool value) {
  if (value) {
    json[key] = true;
  }
}

const char* dependency_word(const Effect::Dependency& dependency) {
  if (dependency.is_type) {
    return "type";
  }
  return dependency.owned ? "of" : "on";
}

/// [name, its numbers ...].
Json type_json(const ColumnType& type) {
  Json json = Json::array({type.name});
  for (const int number : type.arguments) {
    json.push_back(number);
  }
  return json;
}

Json effect_json(const Effect& effect) {
  Json json{{to_string(effect.action), object_json(effect.object)}};
  set_if(json, "conditional", effect.conditional);
  set_if(json, "cascade", effect.cascade);
  set_if(json, "replaces", effect.replaces);
  set_if(json, "generated_name", effect.generated_name);
  set_if(json, "of_body", effect.of_body);
  set_if(json, "columns_unknown", effect.columns_unknown);
  if (effect.renamed_to.has_value()) {
    json["to"] = object_json(*effect.renamed_to);
  }
  for (const Effect::Dependency& dependency : effect.depends_on) {
    json[dependency_word(dependency)].push_back(object_json(dependency.object));
  }
  if (!effect.definition.empty()) {
    json["definition"] = effect.definition;
  }
  if (!effect.type.name.empty()) {
    json["column_type"] = type_json(effect.type);
  }
  if (effect.signature.has_value()) {
    json["signature"] = *effect.signature;
  }
  if (!effect.result.empty()) {
    json["result"] = effect.result;
  }
  return json;
}

/// [table, columns ...].
Json arbiter_json(const Arbiter& arbiter) {
  Json json = Json::array({object_json(arbiter.table)});
  for (const std::string& column : arbiter.columns) {
    json.push_back(column);
  }
  return json;
}

/// [object, text, position, of a body], without zeros at the end.
Json text_json(const ConstantText& constant) {
  Json json = Json::array({object_json(constant.of), constant.text});
  if (constant.position > 0 || constant.of_body) {
    json.push_back(constant.position);
  }
  if (constant.of_body) {
    json.push_back(true);
  }
  return json;
}

const char* guard_word(bool must_exist) {
  return must_exist ? "if" : "unless";
}

/// [line, column, file], without a file that is the source itself.
Json place_json(const Location& place) {
  Json json = Json::array({place.line, place.column});
  if (!place.file.empty()) {
    json.push_back(place.file.string());
  }
  return json;
}

/// [code, table, name, lock, work, safer form, type], without an empty end.
Json hazard_json(const Hazard& hazard) {
  Json json = Json::array({code_of(hazard.rule),
                           object_json(hazard.table),
                           hazard.name,
                           to_string(hazard.lock),
                           to_string(hazard.work),
                           hazard.safer});
  if (hazard.type.has_value()) {
    json.push_back(type_json(*hazard.type));
  }
  return json;
}

Json statement_json(const StatementFootprint& statement, const Location& place) {
  Json json{{"at", place_json(place)}};
  if (!statement.opaque.empty()) {
    json["opaque"] = statement.opaque;
  }
  if (statement.guard.has_value()) {
    json[guard_word(statement.guard->must_exist)] = object_json(statement.guard->object);
  }
  if (!statement.handled.empty()) {
    json["handled"] = statement.handled;
  }
  for (const ConstantText& constant : statement.texts) {
    json["texts"].push_back(text_json(constant));
  }
  for (const Arbiter& arbiter : statement.arbiters) {
    json["arbiters"].push_back(arbiter_json(arbiter));
  }
  for (const Hazard& hazard : statement.hazards) {
    json[std::string(kHazardsKey)].push_back(hazard_json(hazard));
  }
  Json effects = Json::array();
  for (const Effect& effect : statement.effects) {
    effects.push_back(effect_json(effect));
  }
  json["effects"] = std::move(effects);
  return json;
}

Json direction_json(const DirectionFootprint& direction) {
  Json statements = Json::array();
  for (std::size_t i = 0; i < direction.statements.size(); ++i) {
    statements.push_back(statement_json(direction.statements[i], direction.places[i]));
    set_if(statements.back(), "asked", direction.asked[i]);
  }
  return statements;
}

Json source_json(const SourceFootprints& source) {
  Json migrations = Json::array();
  for (const LoweredFootprint& migration : source.migrations) {
    migrations.push_back({{"name", migration.name},
                          {"up", direction_json(migration.up)},
                          {"down", direction_json(migration.down)}});
  }
  return {{"key", source.key}, {"migrations", std::move(migrations)}};
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const DirectionFootprint& direction) {
  return text_of(direction_json(direction));
}

std::string to_json(const std::vector<SourceFootprints>& sources) {
  std::string text = "{\"footprints\": " + std::to_string(kFootprintRules) + ",\n\"sources\": [";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + text_of(source_json(sources[i]));
  }
  return text + "\n]\n}\n";
}

}  // namespace medusa
