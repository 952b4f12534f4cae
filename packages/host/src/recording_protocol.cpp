// SPDX-License-Identifier: MIT
// The answers to `record` requests as values.
#include "protocol.hpp"

namespace medusa {

namespace {

Location place_from(const Json& json) {
  return location_from(json).value_or(Location{});
}

/// The parameters, or nothing if one is binary, which a lowered statement cannot hold.
bool read_parameters(const Json& json, LoweredStatement& statement) {
  if (json.is_null()) {
    return true;
  }
  auto& values = statement.parameters.emplace();
  for (const Json& item : json) {
    if (item.is_null()) {
      values.emplace_back(std::nullopt);
    } else if (item.contains("text")) {
      values.emplace_back(item.at("text").get<std::string>());
    } else {
      return false;
    }
  }
  return true;
}

/// Appends the nodes; false if one of them cannot be lowered. As deep as the recorder's bound.
bool read_program(const Json& json, LoweredProgram& program) {
  for (const Json& item : json) {
    const bool is_question = item.contains("ask");
    const Json& statement = is_question ? item.at("ask") : item;
    LoweredNode node{.statement = {.sql = statement.at("sql"), .place = place_from(item)},
                     .is_question = is_question};
    if (!read_parameters(statement.at("params"), node.statement)) {
      return false;
    }
    if (is_question &&
        !(read_program(item.at("yes"), node.yes) && read_program(item.at("no"), node.no))) {
      return false;
    }
    program.push_back(std::move(node));
  }
  return true;
}

Lowering lowering_from(const Json& json, RecordedModule& module) {
  if (!json.at("lowered").get<bool>()) {
    const Json& reason = json.at("reason");
    return {.reason = reason.value("message", "it depends on more than its code"),
            .place = place_from(reason)};
  }
  for (const char* key : {"files", "packages"}) {
    for (const Json& file : json.at(key)) {
      module.inputs.emplace_back(file.get<std::string>());
    }
  }
  LoweredProgram program;
  if (!read_program(json.at("program"), program)) {
    return {.reason = "it sends binary data"};
  }
  return {.program = std::move(program),
          .needs_transaction = json.value("needsTransaction", false)};
}

}  // namespace

Json to_json(const RecordMember& member) {
  Json modules = Json::array();
  for (const std::filesystem::path& file : member.files) {
    modules.push_back({{"file", file.string()}});
  }
  return {{"member", {{"name", member.name}, {"root", member.root.string()}}},
          {"modules", std::move(modules)}};
}

RecordedModule recorded_module_from(const Json& json) {
  RecordedModule module{.file = json.at("file").get<std::string>()};
  for (const Json& item : json.at("migrations")) {
    LoweredMigration migration{.name = item.at("name")};
    migration.up = lowering_from(item.at("up"), module);
    migration.down = lowering_from(item.at("down"), module);
    module.migrations.push_back(std::move(migration));
  }
  if (const auto reason = json.find("reason"); reason != json.end() && reason->is_object()) {
    module.reason = reason->value("message", "");
  }
  return module;
}

}  // namespace medusa
