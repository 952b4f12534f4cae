// SPDX-License-Identifier: MIT
// Planning reads the footprints of everything; hence, as for manifests, a parser made for speed.
#include <array>
#include <simdjson.h>

#include "footprint_text.hpp"

namespace medusa {

namespace {

using Json = simdjson::dom::element;

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

constexpr std::array kLocks{TableLock::None,
                            TableLock::ShareUpdateExclusive,
                            TableLock::Share,
                            TableLock::ShareRowExclusive,
                            TableLock::AccessExclusive};
constexpr std::array kWorks{TableWork::Catalog,
                            TableWork::Scan,
                            TableWork::Index,
                            TableWork::MayRewrite,
                            TableWork::Rewrite};

/// @throws simdjson_error for a word we do not know, as for any other damage.
template <typename Words>
auto value_of(const Words& words, std::string_view word) {
  for (const auto value : words) {
    if (to_string(value) == word) {
      return value;
    }
  }
  throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
}

std::string text_of(Json json) {
  return std::string(std::string_view(json));
}

int number_of(Json json) {
  return static_cast<int>(std::int64_t(json));
}

ObjectRef object_from(Json json) {
  ObjectRef object;
  std::size_t at = 0;
  for (const Json item : simdjson::dom::array(json)) {
    switch (at++) {
      case 0:
        object.kind = value_of(kKinds, std::string_view(item));
        break;
      case 1:
        object.name = std::string_view(item);
        break;
      case 2:
        object.part = std::string_view(item);
        break;
      default:
        object.schema = std::string_view(item);
    }
  }
  if (at < 2) {
    throw simdjson::simdjson_error(simdjson::INDEX_OUT_OF_BOUNDS);
  }
  return object;
}

/// @param word how the objects are named: "of" what owns it, "on" others, "type" of its values.
void add_dependencies(Effect& effect, simdjson::dom::array objects, std::string_view word) {
  effect.depends_on.reserve(effect.depends_on.size() + objects.size());
  for (const Json object : objects) {
    effect.depends_on.push_back(
        {.object = object_from(object), .owned = word == "of", .is_type = word == "type"});
  }
}

ConstantText text_from(simdjson::dom::array json) {
  ConstantText constant{.of = object_from(json.at(0)), .text = text_of(json.at(1))};
  if (json.size() > 2) {
    constant.position = std::uint64_t(json.at(2));
  }
  constant.of_body = json.size() > 3;
  return constant;
}

ColumnType type_from(simdjson::dom::array json) {
  ColumnType type{.name = text_of(json.at(0))};
  for (std::size_t i = 1; i < json.size(); ++i) {
    type.arguments.push_back(number_of(json.at(i)));
  }
  return type;
}

std::vector<std::string> texts_of(simdjson::dom::array json) {
  std::vector<std::string> texts;
  for (const Json item : json) {
    texts.push_back(text_of(item));
  }
  return texts;
}

Arbiter arbiter_from(simdjson::dom::array json) {
  Arbiter arbiter{.table = object_from(json.at(0))};
  for (std::size_t i = 1; i < json.size(); ++i) {
    arbiter.columns.push_back(text_of(json.at(i)));
  }
  return arbiter;
}

/// The first key is the action, as the writer has it; the others are optional.
Effect effect_from(Json json) {
  Effect effect;
  bool first = true;
  for (const auto& [key, value] : simdjson::dom::object(json)) {
    if (first) {
      effect.action = value_of(kActions, key);
      effect.object = object_from(value);
      first = false;
    } else if (key == "definition") {
      effect.definition = std::string_view(value);
    } else if (key == "of" || key == "on" || key == "type") {
      add_dependencies(effect, value, key);
    } else if (key == "to") {
      effect.renamed_to = object_from(value);
    } else if (key == "conditional") {
      effect.conditional = value;
    } else if (key == "cascade") {
      effect.cascade = value;
    } else if (key == "replaces") {
      effect.replaces = value;
    } else if (key == "generated_name") {
      effect.generated_name = value;
    } else if (key == "of_body") {
      effect.of_body = value;
    } else if (key == "columns_unknown") {
      effect.columns_unknown = value;
    } else if (key == "column_type") {
      effect.type = type_from(value);
    } else if (key == "signature") {
      effect.signature = texts_of(value);
    } else if (key == "result") {
      effect.result = std::string_view(value);
    }
  }
  if (first) {
    throw simdjson::simdjson_error(simdjson::NO_SUCH_FIELD);
  }
  return effect;
}

std::vector<Effect> effects_from(simdjson::dom::array json) {
  std::vector<Effect> effects;
  effects.reserve(json.size());
  for (const Json effect : json) {
    effects.push_back(effect_from(effect));
  }
  return effects;
}

HazardRule rule_from(Json json) {
  const auto rule = parse_hazard_code(std::string_view(json));
  if (!rule.has_value()) {
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
  return *rule;
}

Hazard hazard_from(simdjson::dom::array json) {
  Hazard hazard{.rule = rule_from(json.at(0)),
                .table = object_from(json.at(1)),
                .name = text_of(json.at(2)),
                .lock = value_of(kLocks, std::string_view(json.at(3))),
                .work = value_of(kWorks, std::string_view(json.at(4))),
                .safer = text_of(json.at(5))};
  if (json.size() > 6) {
    hazard.type = type_from(json.at(6));
  }
  return hazard;
}

Location place_from(simdjson::dom::array json) {
  Location place{.line = number_of(json.at(0)), .column = number_of(json.at(1))};
  if (json.size() > 2) {
    place.file = text_of(json.at(2));
  }
  return place;
}

void add_statement(simdjson::dom::object json, DirectionFootprint& direction) {
  StatementFootprint& statement = direction.statements.emplace_back();
  direction.places.push_back(place_from(json["at"]));
  statement.effects = effects_from(json["effects"]);
  direction.asked.push_back(false);
  for (const auto& [key, value] : json) {
    if (key == "opaque") {
      statement.opaque = std::string_view(value);
    } else if (key == "texts") {
      for (const Json text : simdjson::dom::array(value)) {
        statement.texts.push_back(text_from(text));
      }
    } else if (key == "if" || key == "unless") {
      statement.guard = {.object = object_from(value), .must_exist = key == "if"};
    } else if (key == "arbiters") {
      for (const Json arbiter : simdjson::dom::array(value)) {
        statement.arbiters.push_back(arbiter_from(arbiter));
      }
    } else if (key == "handled") {
      statement.handled = texts_of(value);
    } else if (key == kHazardsKey) {
      for (const Json hazard : simdjson::dom::array(value)) {
        statement.hazards.push_back(hazard_from(hazard));
      }
    } else if (key == "asked") {
      direction.asked.back() = bool(value);
    }
  }
}

DirectionFootprint direction_from(simdjson::dom::array json) {
  DirectionFootprint direction;
  direction.statements.reserve(json.size());
  direction.places.reserve(json.size());
  direction.asked.reserve(json.size());
  for (const Json statement : json) {
    add_statement(statement, direction);
  }
  return direction;
}

LoweredFootprint migration_from(Json json) {
  return {.name = text_of(json["name"]),
          .up = direction_from(json["up"]),
          .down = direction_from(json["down"])};
}

SourceFootprints source_from(Json json) {
  SourceFootprints source{.key = text_of(json["key"])};
  for (const Json migration : simdjson::dom::array(json["migrations"])) {
    source.migrations.push_back(migration_from(migration));
  }
  return source;
}

}  // namespace

std::optional<std::vector<SourceFootprints>> parse_footprints(std::string_view text) {
  try {
    simdjson::dom::parser parser;
    const Json json = parser.parse(text.data(), text.size());
    if (std::int64_t(json["footprints"]) != kFootprintRules) {
      return std::nullopt;
    }
    const simdjson::dom::array items = json["sources"];
    std::vector<SourceFootprints> sources;
    sources.reserve(items.size());
    for (const Json source : items) {
      sources.push_back(source_from(source));
    }
    return sources;
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;  // damaged or of another version: it is written again
  }
}

std::optional<DirectionFootprint> parse_direction(std::string_view text) {
  static_assert(kFootprintPadding >= simdjson::SIMDJSON_PADDING);
  try {
    // Kept: a new one would allocate more than it parses, for each migration.
    thread_local simdjson::dom::parser parser;
    return direction_from(parser.parse(text.data(), text.size(), false));
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace medusa
