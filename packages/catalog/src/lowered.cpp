// SPDX-License-Identifier: MIT
#include "medusa/catalog/lowered.hpp"

#include <nlohmann/json.hpp>

namespace medusa {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

Json place_json(const Location& place) {
  return Json::array({place.file.string(), place.line, place.column});
}

Location place_from(const Json& json) {
  return {.file = json.at(0).get<std::string>(), .line = json.at(1), .column = json.at(2)};
}

Json statement_json(const LoweredStatement& statement) {
  Json json{{"sql", statement.sql}};
  if (statement.parameters.has_value()) {
    Json values = Json::array();
    for (const auto& value : *statement.parameters) {
      values.push_back(value.has_value() ? Json(*value) : Json(nullptr));
    }
    json["parameters"] = values;
  }
  json["at"] = place_json(statement.place);
  return json;
}

LoweredStatement statement_from(const Json& json) {
  LoweredStatement statement{.sql = json.at("sql"), .place = place_from(json.at("at"))};
  if (json.contains("parameters")) {
    auto& parameters = statement.parameters.emplace();
    for (const Json& value : json.at("parameters")) {
      parameters.push_back(value.is_null() ? std::nullopt
                                           : std::optional(value.get<std::string>()));
    }
  }
  return statement;
}

// A program's depth is bounded by the recorder's bound on questions, so recursion is safe here.
Json program_json(const LoweredProgram& program) {
  Json list = Json::array();
  for (const LoweredNode& node : program) {
    Json json = statement_json(node.statement);
    if (node.is_question) {
      json["yes"] = program_json(node.yes);
      json["no"] = program_json(node.no);
    }
    list.push_back(std::move(json));
  }
  return list;
}

LoweredProgram program_from(const Json& json) {
  LoweredProgram program;
  for (const Json& item : json) {
    LoweredNode node{.statement = statement_from(item), .is_question = item.contains("yes")};
    if (node.is_question) {
      node.yes = program_from(item.at("yes"));
      node.no = program_from(item.at("no"));
    }
    program.push_back(std::move(node));
  }
  return program;
}

Json lowering_json(const Lowering& lowering) {
  if (lowering.program.has_value()) {
    return {{"program", program_json(*lowering.program)},
            {"needs_transaction", lowering.needs_transaction}};
  }
  return {{"reason", lowering.reason}, {"at", place_json(lowering.place)}};
}

Lowering lowering_from(const Json& json) {
  if (json.contains("program")) {
    return {.program = program_from(json.at("program")),
            .needs_transaction = json.at("needs_transaction")};
  }
  return {.reason = json.at("reason"), .place = place_from(json.at("at"))};
}

}  // namespace

std::size_t statement_count(const LoweredProgram& program) {
  std::size_t count = program.size();
  for (const LoweredNode& node : program) {
    count += statement_count(node.yes) + statement_count(node.no);
  }
  return count;
}

std::string to_json(const std::vector<LoweredMigration>& migrations) {
  Json list = Json::array();
  for (const LoweredMigration& migration : migrations) {
    list.push_back({{"name", migration.name},
                    {"up", lowering_json(migration.up)},
                    {"down", lowering_json(migration.down)}});
  }
  return Json{{"lowered", kFormat}, {"migrations", list}}.dump(1) + '\n';
}

std::optional<std::vector<LoweredMigration>> parse_lowered(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("lowered") != kFormat) {
      return std::nullopt;
    }
    std::vector<LoweredMigration> migrations;
    for (const Json& item : json.at("migrations")) {
      migrations.push_back({.name = item.at("name"),
                            .up = lowering_from(item.at("up")),
                            .down = lowering_from(item.at("down"))});
    }
    return migrations;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace medusa
