// SPDX-License-Identifier: MIT
// Manifests are read by every command, all of them; hence a parser made for speed.
#include <optional>
#include <simdjson.h>
#include <string_view>

#include "medusa/catalog/manifest.hpp"

#include "manifest_format.hpp"

namespace medusa {

namespace {

using Json = simdjson::dom::element;

std::string text_of(Json json) {
  return std::string(std::string_view(json));
}

std::optional<std::string> optional_text(Json json) {
  return json.is_null() ? std::nullopt : std::optional(text_of(json));
}

std::optional<bool> optional_bool(Json json) {
  return json.is_null() ? std::nullopt : std::optional(bool(json));
}

std::vector<std::string> texts_of(simdjson::dom::array json) {
  std::vector<std::string> texts;
  texts.reserve(json.size());
  for (const Json item : json) {
    texts.push_back(text_of(item));
  }
  return texts;
}

std::vector<ManifestInput> inputs_from(simdjson::dom::array json) {
  std::vector<ManifestInput> inputs;
  inputs.reserve(json.size());
  for (const Json item : json) {
    inputs.push_back({.path = text_of(item.at(0)), .checksum = text_of(item.at(1))});
  }
  return inputs;
}

/// @throws simdjson_error for a relation we do not know, as for any other damage.
std::vector<OrderDeclaration> order_from(simdjson::dom::array json) {
  std::vector<OrderDeclaration> order;
  order.reserve(json.size());
  for (const Json item : json) {
    const auto relation = parse_order_relation(std::string_view(item.at(0)));
    if (!relation.has_value()) {
      throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    }
    order.push_back({.relation = *relation,
                     .other = text_of(item.at(1)),
                     .place = {.line = static_cast<int>(std::int64_t(item.at(2))),
                               .column = static_cast<int>(std::int64_t(item.at(3)))}});
  }
  return order;
}

DescribedMigration migration_from(Json json) {
  return {.name = text_of(json["name"]),
          .timestamp = json["timestamp"],
          .export_name = optional_text(json["export"]),
          .transaction = optional_bool(json["transaction"]),
          .dynamic_up = text_of(json["dynamic_up"]),
          .dynamic_down = text_of(json["dynamic_down"]),
          .up_checksum = text_of(json["up_checksum"]),
          .down_checksum = text_of(json["down_checksum"]),
          .outside_up = text_of(json["outside_up"]),
          .outside_down = text_of(json["outside_down"]),
          .order = order_from(json["order"]),
          .allowed_hazards = texts_of(json["allowed_hazards"])};
}

/// Nothing for a kind we do not know.
std::optional<MigrationKind> kind_from(std::string_view name) {
  for (const MigrationKind kind : {MigrationKind::TypeOrm, MigrationKind::Sql}) {
    if (to_string(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

/// Absent where there are none, as in nearly all entries.
std::vector<SuspiciousStatement> suspicious_from(Json entry) {
  std::vector<SuspiciousStatement> statements;
  simdjson::dom::array list;
  if (entry["suspicious"].get(list) != simdjson::SUCCESS) {
    return statements;
  }
  for (const Json item : list) {
    statements.push_back({.message = text_of(item.at(0)),
                          .sql = text_of(item.at(1)),
                          .file = text_of(item.at(2)),
                          .line = static_cast<int>(std::int64_t(item.at(3))),
                          .column = static_cast<int>(std::int64_t(item.at(4)))});
  }
  return statements;
}

ManifestEntry entry_from(Json json, MigrationKind kind) {
  ManifestEntry entry{.source = text_of(json["source"]),
                      .output = text_of(json["output"]),
                      .output_checksum = text_of(json["output_checksum"]),
                      .lowered_checksum = text_of(json["lowered_checksum"]),
                      .inputs = inputs_from(json["inputs"]),
                      .kind = kind,
                      .condition = {.all_of = texts_of(json["flags"]),
                                    .nested_flag = text_of(json["nested_flag"].at(0)),
                                    .nested_key = text_of(json["nested_flag"].at(1))},
                      .notes = texts_of(json["notes"]),
                      .suspicious = suspicious_from(json)};
  for (const Json item : simdjson::dom::array(json["migrations"])) {
    entry.migrations.push_back(migration_from(item));
  }
  return entry;
}

FlagDefinition flag_from(Json json) {
  return {.key = text_of(json.at(0)),
          .enabled_by_default = json.at(1),
          .environment_variable = text_of(json.at(2))};
}

std::optional<Manifest> manifest_from(Json json) {
  if (std::int64_t(json["manifest"]) != kManifestFormat) {
    return std::nullopt;
  }
  Manifest manifest{.member = text_of(json["member"]),
                    .version = text_of(json["version"]),
                    .builder = text_of(json["builder"]),
                    .flag_inputs = inputs_from(json["flag_inputs"]),
                    .list_inputs = inputs_from(json["list_inputs"])};
  for (const Json output : simdjson::dom::array(json["listed"])) {
    manifest.listed.emplace_back(text_of(output));
  }
  for (const Json item : simdjson::dom::array(json["flags"])) {
    manifest.flags.push_back(flag_from(item));
  }
  const simdjson::dom::array entries = json["entries"];
  manifest.entries.reserve(entries.size());
  for (const Json item : entries) {
    const std::optional<MigrationKind> kind = kind_from(std::string_view(item["kind"]));
    if (!kind.has_value()) {
      return std::nullopt;
    }
    manifest.entries.push_back(entry_from(item, *kind));
  }
  return manifest;
}

}  // namespace

std::optional<Manifest> parse_manifest(std::string_view text) {
  try {
    // Its buffers serve for all manifests that a thread reads.
    static thread_local simdjson::dom::parser parser;
    return manifest_from(parser.parse(text.data(), text.size()));
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;  // damaged or foreign: as good as absent
  }
}

}  // namespace medusa
