// SPDX-License-Identifier: MIT
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "medusa/catalog/manifest.hpp"

namespace medusa {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 3;

template <typename T>
Json optional_json(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

template <typename T>
std::optional<T> optional_from(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional<T>(json.get<T>());
}

Json inputs_json(const std::vector<ManifestInput>& inputs) {
  Json list = Json::array();
  for (const ManifestInput& input : inputs) {
    list.push_back(Json::array({input.path.string(), input.checksum}));
  }
  return list;
}

std::vector<ManifestInput> inputs_from(const Json& json) {
  std::vector<ManifestInput> inputs;
  for (const Json& item : json) {
    inputs.push_back({.path = item.at(0).get<std::string>(), .checksum = item.at(1)});
  }
  return inputs;
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
                          {"down_checksum", migration.down_checksum}});
  }
  return {{"source", entry.source.string()},
          {"output", entry.output.string()},
          {"output_checksum", entry.output_checksum},
          {"lowered_checksum", entry.lowered_checksum},
          {"inputs", inputs_json(entry.inputs)},
          {"kind", to_string(entry.kind)},
          {"flags", entry.condition.all_of},
          {"nested_flag", Json::array({entry.condition.nested_flag, entry.condition.nested_key})},
          {"migrations", migrations},
          {"notes", entry.notes}};
}

/// @throws std::out_of_range for a kind we do not know.
MigrationKind kind_from(const std::string& name) {
  static const std::map<std::string, MigrationKind> kinds{{"typeorm", MigrationKind::TypeOrm},
                                                          {"sql", MigrationKind::Sql}};
  return kinds.at(name);
}

ManifestEntry entry_from(const Json& json) {
  ManifestEntry entry{.source = json.at("source").get<std::string>(),
                      .output = json.at("output").get<std::string>(),
                      .output_checksum = json.at("output_checksum"),
                      .lowered_checksum = json.at("lowered_checksum"),
                      .inputs = inputs_from(json.at("inputs")),
                      .kind = kind_from(json.at("kind")),
                      .condition = {.all_of = json.at("flags"),
                                    .nested_flag = json.at("nested_flag").at(0),
                                    .nested_key = json.at("nested_flag").at(1)},
                      .notes = json.at("notes")};
  for (const Json& item : json.at("migrations")) {
    entry.migrations.push_back({.name = item.at("name"),
                                .timestamp = item.at("timestamp"),
                                .export_name = optional_from<std::string>(item.at("export")),
                                .transaction = optional_from<bool>(item.at("transaction")),
                                .dynamic_up = item.at("dynamic_up"),
                                .dynamic_down = item.at("dynamic_down"),
                                .up_checksum = item.at("up_checksum"),
                                .down_checksum = item.at("down_checksum")});
  }
  return entry;
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
  std::string text = "{\"manifest\": " + std::to_string(kFormat);
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

std::optional<Manifest> parse_manifest(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("manifest") != kFormat) {
      return std::nullopt;
    }
    Manifest manifest{.member = json.at("member"),
                      .version = json.at("version"),
                      .builder = json.at("builder"),
                      .flag_inputs = inputs_from(json.at("flag_inputs")),
                      .list_inputs = inputs_from(json.at("list_inputs"))};
    for (const Json& output : json.at("listed")) {
      manifest.listed.emplace_back(output.get<std::string>());
    }
    for (const Json& item : json.at("flags")) {
      manifest.flags.push_back({.key = item.at(0),
                                .enabled_by_default = item.at(1),
                                .environment_variable = item.at(2)});
    }
    for (const Json& item : json.at("entries")) {
      manifest.entries.push_back(entry_from(item));
    }
    return manifest;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // damaged or foreign: as good as absent
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace medusa
