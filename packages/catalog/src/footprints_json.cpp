// SPDX-License-Identifier: MIT
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "medusa/catalog/footprints.hpp"

namespace medusa {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kActions{Action::Create,
                              Action::Need,
                              Action::Alter,
                              Action::Rename,
                              Action::Drop,
                              Action::Read,
                              Action::Write};
constexpr std::array kKinds{ObjectKind::Schema,
                            ObjectKind::Extension,
                            ObjectKind::Table,
                            ObjectKind::View,
                            ObjectKind::Sequence,
                            ObjectKind::Index,
                            ObjectKind::Column,
                            ObjectKind::Constraint,
                            ObjectKind::Trigger,
                            ObjectKind::Type,
                            ObjectKind::EnumValue,
                            ObjectKind::Function,
                            ObjectKind::Setting};

/// @throws std::out_of_range for a word we do not know.
template <typename Words>
auto value_of(const Words& words, const std::string& word) {
  for (const auto value : words) {
    if (to_string(value) == word) {
      return value;
    }
  }
  throw std::out_of_range(word);
}

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

ObjectRef object_from(const Json& json) {
  return {.kind = value_of(kKinds, json.at(0)),
          .schema = json.size() > 3 ? json.at(3).get<std::string>() : std::string(),
          .name = json.at(1),
          .part = json.size() > 2 ? json.at(2).get<std::string>() : std::string()};
}

void set_if(Json& json, const char* key, bool value) {
  if (value) {
    json[key] = true;
  }
}

Json effect_json(const Effect& effect) {
  Json json{{to_string(effect.action), object_json(effect.object)}};
  set_if(json, "conditional", effect.conditional);
  set_if(json, "cascade", effect.cascade);
  set_if(json, "replaces", effect.replaces);
  set_if(json, "generated_name", effect.generated_name);
  set_if(json, "columns_unknown", effect.columns_unknown);
  if (effect.renamed_to.has_value()) {
    json["to"] = object_json(*effect.renamed_to);
  }
  for (const Effect::Dependency& dependency : effect.depends_on) {
    json[dependency.owned ? "of" : "on"].push_back(object_json(dependency.object));
  }
  if (!effect.definition.empty()) {
    json["definition"] = effect.definition;
  }
  return json;
}

Effect effect_from(const Json& json) {
  const auto first = json.begin();
  Effect effect{.action = value_of(kActions, first.key()),
                .object = object_from(first.value()),
                .conditional = json.contains("conditional"),
                .cascade = json.contains("cascade"),
                .replaces = json.contains("replaces"),
                .generated_name = json.contains("generated_name"),
                .columns_unknown = json.contains("columns_unknown")};
  for (const auto& [key, value] : json.items()) {
    if (key == "to") {
      effect.renamed_to = object_from(value);
    } else if (key == "definition") {
      effect.definition = value;
    } else if (key == "of" || key == "on") {
      for (const Json& object : value) {
        effect.depends_on.push_back({.object = object_from(object), .owned = key == "of"});
      }
    }
  }
  return effect;
}

const char* guard_word(bool must_exist) {
  return must_exist ? "if" : "unless";
}

Json statement_json(const StatementFootprint& statement, const Location& place) {
  Json json{{"at", Json::array({place.line, place.column, place.file.string()})}};
  if (!statement.opaque.empty()) {
    json["opaque"] = statement.opaque;
  }
  if (statement.guard.has_value()) {
    json[guard_word(statement.guard->must_exist)] = object_json(statement.guard->object);
  }
  Json effects = Json::array();
  for (const Effect& effect : statement.effects) {
    effects.push_back(effect_json(effect));
  }
  json["effects"] = std::move(effects);
  return json;
}

StatementFootprint statement_from(const Json& json) {
  StatementFootprint statement{.opaque = json.value("opaque", "")};
  for (const bool must_exist : {true, false}) {
    if (const char* word = guard_word(must_exist); json.contains(word)) {
      statement.guard = {.object = object_from(json.at(word)), .must_exist = must_exist};
    }
  }
  for (const Json& effect : json.at("effects")) {
    statement.effects.push_back(effect_from(effect));
  }
  return statement;
}

Location place_from(const Json& json) {
  return {.file = json.at(2).get<std::string>(), .line = json.at(0), .column = json.at(1)};
}

Json direction_json(const DirectionFootprint& direction) {
  Json statements = Json::array();
  for (std::size_t i = 0; i < direction.statements.size(); ++i) {
    statements.push_back(statement_json(direction.statements[i], direction.places[i]));
    set_if(statements.back(), "asked", direction.asked[i]);
  }
  return statements;
}

DirectionFootprint direction_from(const Json& json) {
  DirectionFootprint direction;
  for (const Json& statement : json) {
    direction.statements.push_back(statement_from(statement));
    direction.places.push_back(place_from(statement.at("at")));
    direction.asked.push_back(statement.contains("asked"));
  }
  return direction;
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

SourceFootprints source_from(const Json& json) {
  SourceFootprints source{.key = json.at("key")};
  for (const Json& migration : json.at("migrations")) {
    source.migrations.push_back({.name = migration.at("name"),
                                 .up = direction_from(migration.at("up")),
                                 .down = direction_from(migration.at("down"))});
  }
  return source;
}

}  // namespace

std::string to_json(const std::vector<SourceFootprints>& sources) {
  std::string text = "{\"footprints\": " + std::to_string(kFootprintRules) + ",\n\"sources\": [";
  for (std::size_t i = 0; i < sources.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + source_json(sources[i]).dump();
  }
  return text + "\n]\n}\n";
}

std::optional<std::vector<SourceFootprints>> parse_footprints(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("footprints") != kFootprintRules) {
      return std::nullopt;
    }
    std::vector<SourceFootprints> sources;
    for (const Json& source : json.at("sources")) {
      sources.push_back(source_from(source));
    }
    return sources;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // damaged or of another version: it is written again
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace medusa
