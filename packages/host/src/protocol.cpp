// SPDX-License-Identifier: MIT
#include "protocol.hpp"

#include <array>
#include <map>
#include <utility>

namespace medusa {

namespace {

std::string text_or(const Json& json, const char* key, const std::string& otherwise = {}) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

int number_or_zero(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<int>() : 0;
}

template <typename T>
Json nullable(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
}

Diagnostic build_message_from(const Json& json) {
  Diagnostic diagnostic{.code = ErrorCode::Build, .message = text_or(json, "text")};
  if (!text_or(json, "file").empty()) {
    diagnostic.location = Location{.file = text_or(json, "file"),
                                   .line = number_or_zero(json, "line"),
                                   .column = number_or_zero(json, "column"),
                                   .text = text_or(json, "lineText")};
  }
  return diagnostic;
}

/// `featureFlag` as the module exports it: a string, an array of them, or { flag: key }.
void read_feature_flag(const Json& flag, ModuleDescription& module) {
  if (flag.is_string()) {
    module.flags.push_back(flag);
  } else if (flag.is_array()) {
    for (const Json& item : flag) {
      // Anything but a name can never be on: as an unknown flag.
      module.flags.push_back(item.is_string() ? item.get<std::string>() : item.dump());
    }
  } else if (flag.is_object() && !flag.empty()) {
    module.nested_flag = flag.begin().key();
    module.nested_key =
        flag.begin().value().is_string() ? flag.begin().value().get<std::string>() : "";
  } else if (!flag.is_null()) {
    module.notes.push_back("its featureFlag is neither a name nor a list of names");
    module.flags.push_back(flag.dump());
  }
}

std::string bytes_of(const std::string& base64) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned int bits = 0;
  unsigned int count = 0;
  for (const char c : base64) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) {
      break;  // padding
    }
    bits = (bits << 6U) | static_cast<unsigned int>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
  }
  return bytes;
}

}  // namespace

Json to_json(const CompileMember& member) {
  return {{"name", member.name},
          {"root", member.root.string()},
          {"source", member.source.string()},
          {"staging", member.staging.string()},
          {"output", member.output.string()},
          {"files", member.files}};
}

Json to_json(const ModuleFile& file) {
  return {{"file", file.file.string()},
          {"member", {{"name", file.member}, {"root", file.member_root.string()}}}};
}

Json to_json(const ScriptRun& run) {
  Json roots = Json::array();
  for (const std::filesystem::path& root : run.typeorm_roots) {
    roots.push_back(root.string());
  }
  return {{"member", {{"name", run.member}, {"root", run.member_root.string()}}},
          {"typeormFrom", roots},
          {"file", run.file.string()},
          {"export", nullable(run.export_name)},
          {"direction", run.up ? "up" : "down"},
          {"schema", nullable(run.schema)},
          {"inTransaction", run.in_transaction}};
}

Json to_json(const std::vector<QueryResult>& results) {
  Json list = Json::array();
  for (const QueryResult& result : results) {
    Json fields = Json::array();
    for (const Field& field : result.fields) {
      fields.push_back({{"name", field.name},
                        {"oid", field.type},
                        {"tableOid", field.table},
                        {"column", field.column},
                        {"typmod", field.modifier},
                        {"size", field.size}});
    }
    Json rows = Json::array();
    for (const auto& row : result.rows) {
      Json values = Json::array();
      for (const auto& value : row) {
        values.push_back(nullable(value));
      }
      rows.push_back(std::move(values));
    }
    list.push_back({{"tag", result.tag}, {"fields", std::move(fields)}, {"rows", std::move(rows)}});
  }
  return list;
}

Json to_json(const SqlErrorFields& fields) {
  const std::array<std::pair<const char*, const std::string*>, 17> known{{
      {"severity", &fields.severity},
      {"code", &fields.sqlstate},
      {"message", &fields.message},
      {"detail", &fields.detail},
      {"hint", &fields.hint},
      {"position", &fields.position},
      {"internalPosition", &fields.internal_position},
      {"internalQuery", &fields.internal_query},
      {"where", &fields.where},
      {"schema", &fields.schema},
      {"table", &fields.table},
      {"column", &fields.column},
      {"dataType", &fields.data_type},
      {"constraint", &fields.constraint},
      {"file", &fields.file},
      {"line", &fields.line},
      {"routine", &fields.routine},
  }};
  Json json = Json::object();
  for (const auto& [key, value] : known) {
    if (!value->empty()) {
      json[key] = *value;
    }
  }
  return json;
}

CompiledMember compiled_member_from(const Json& json) {
  CompiledMember member{.name = json.at("name")};
  for (const Json& output : json.at("outputs")) {
    CompiledFile file{.source = output.at("source"), .output = output.at("output")};
    for (const Json& input : output.at("inputs")) {
      file.inputs.emplace_back(input.get<std::string>());
    }
    member.files.push_back(std::move(file));
  }
  for (const Json& error : json.at("errors")) {
    member.errors.push_back(build_message_from(error));
  }
  for (const Json& warning : json.at("warnings")) {
    member.warnings.push_back(build_message_from(warning));
  }
  return member;
}

ModuleList module_list_from(const Json& json) {
  static const std::map<std::string, ModuleProblem> problems{
      {"module-load-failed", ModuleProblem::NotLoadable},
      {"not-a-module", ModuleProblem::NotAModule},
      {"no-migrations", ModuleProblem::NoMigrations},
      {"foreign-migrations", ModuleProblem::ForeignMigrations},
      {"no-file", ModuleProblem::NoFile}};
  ModuleList list;
  for (const Json& file : json.at("files")) {
    list.files.emplace_back(file.get<std::string>());
  }
  for (const Json& file : json.at("inputs")) {
    list.inputs.emplace_back(file.get<std::string>());
  }
  if (const auto error = json.find("error"); error != json.end() && error->is_object()) {
    list.problem = problems.at(error->at("code"));
    list.message = text_or(*error, "message");
  }
  return list;
}

ModuleDescription module_description_from(const Json& json) {
  ModuleDescription module{.file = json.at("file").get<std::string>()};
  if (json.contains("featureFlag")) {
    read_feature_flag(json.at("featureFlag"), module);
  }
  for (const Json& item : json.at("migrations")) {
    ModuleMigration migration{.name = item.at("name")};
    if (!item.at("export").is_null()) {
      migration.export_name = item.at("export").get<std::string>();
    }
    if (!item.at("timestamp").is_null()) {
      migration.timestamp = item.at("timestamp").get<std::int64_t>();
    }
    if (item.at("transaction").is_boolean()) {
      migration.transaction = item.at("transaction").get<bool>();
    }
    module.migrations.push_back(std::move(migration));
  }
  for (const Json& note : json.at("notes")) {
    module.notes.push_back(text_or(note, "message"));
  }
  if (const auto error = json.find("error"); error != json.end() && error->is_object()) {
    module.problem = Diagnostic{.code = ErrorCode::Build,
                                .message = text_or(*error, "message"),
                                .location = location_from(*error)};
  }
  return module;
}

HostFlag host_flag_from(const Json& json) {
  return {.key = json.at("key"),
          .enabled_by_default = json.at("default"),
          .environment_variable = json.at("env")};
}

std::optional<std::vector<Parameter>> parameters_from(const Json& json) {
  if (json.is_null()) {
    return std::nullopt;
  }
  std::vector<Parameter> parameters;
  for (const Json& item : json) {
    if (item.is_null()) {
      parameters.emplace_back(std::nullopt);
    } else if (item.contains("bytes")) {
      parameters.push_back(Parameter::binary(bytes_of(item.at("bytes").get<std::string>())));
    } else {
      parameters.emplace_back(item.at("text").get<std::string>());
    }
  }
  return parameters;
}

std::optional<Location> location_from(const Json& error) {
  const std::string file = text_or(error, "file");
  if (file.empty()) {
    return std::nullopt;
  }
  return Location{.file = file,
                  .line = number_or_zero(error, "line"),
                  .column = number_or_zero(error, "column")};
}

}  // namespace medusa
