// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "medusa/catalog/manifest.hpp"

#include "manifest_format.hpp"

namespace medusa {

namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

Json inputs_json(const std::vector<ManifestInput>& inputs) {
  Json list = Json::array();
  for (const ManifestInput& input : inputs) {
    list.push_back(Json::array({input.path, input.checksum}));
  }
  return list;
}

Json order_json(const std::vector<OrderDeclaration>& order) {
  Json list = Json::array();
  for (const OrderDeclaration& declaration : order) {
    list.push_back(Json::array({to_string(declaration.relation),
                                declaration.other,
                                declaration.place.line,
                                declaration.place.column}));
  }
  return list;
}

Json suspicious_json(const std::vector<SuspiciousStatement>& statements) {
  Json list = Json::array();
  for (const SuspiciousStatement& statement : statements) {
    list.push_back(Json::array(
        {statement.message, statement.sql, statement.file, statement.line, statement.column}));
  }
  return list;
}

Json entry_json(const ManifestEntry& entry) {
  Json migrations = Json::array();
  for (const DescribedMigration& migration : entry.migrations) {
    migrations.push_back({{"name", migration.name},
                          {"timestamp", migration.timestamp},
                          {"export", optional_json(migration.export_name)},
                          {"transaction", optional_json(migration.transaction)},
                          {"dynamic_up", migration.dynamic_up},
                          {"dynamic_down", migration.dynamic_down},
                          {"up_checksum", migration.up_checksum},
                          {"down_checksum", migration.down_checksum},
                          {"outside_up", migration.outside_up},
                          {"outside_down", migration.outside_down},
                          {"order", order_json(migration.order)},
                          {"allowed_hazards", migration.allowed_hazards}});
  }
  Json json = {
      {"source", entry.source},
      {"output", entry.output},
      {"output_checksum", entry.output_checksum},
      {"lowered_checksum", entry.lowered_checksum},
      {"inputs", inputs_json(entry.inputs)},
      {"kind", to_string(entry.kind)},
      {"flags", entry.condition.all_of},
      {"nested_flag", Json::array({entry.condition.nested_flag, entry.condition.nested_key})},
      {"migrations", migrations},
      {"notes", entry.notes}};
  if (!entry.suspicious.empty()) {
    json["suspicious"] = suspicious_json(entry.suspicious);
  }
  return json;
}

/// One array item a line: readable in a diff, and still quick to write.
void append_lines(std::string& text, const char* key, const std::vector<Json>& items) {
  text += std::string(",\n\"") + key + "\": [";
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "\n" : ",\n") + items[i].dump();
  }
  text += "\n]";
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  std::string text = "{\"manifest\": " + std::to_string(kManifestFormat);
  text += ",\n\"member\": " + Json(manifest.member).dump();
  text += ",\n\"version\": " + Json(manifest.version).dump();
  text += ",\n\"builder\": " + Json(manifest.builder).dump();
  std::vector<Json> flags;
  for (const FlagDefinition& flag : manifest.flags) {
    flags.push_back(Json::array({flag.key, flag.enabled_by_default, flag.environment_variable}));
  }
  append_lines(text, "flags", flags);
  text += ",\n\"flag_inputs\": " + inputs_json(manifest.flag_inputs).dump();
  Json listed = Json::array();
  for (const std::filesystem::path& output : manifest.listed) {
    listed.push_back(output.string());
  }
  text += ",\n\"listed\": " + listed.dump();
  text += ",\n\"list_inputs\": " + inputs_json(manifest.list_inputs).dump();
  std::vector<Json> entries;
  for (const ManifestEntry& entry : manifest.entries) {
    entries.push_back(entry_json(entry));
  }
  append_lines(text, "entries", entries);
  return text + "\n}\n";
}

}  // namespace medusa
