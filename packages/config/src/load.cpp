// SPDX-License-Identifier: MIT
#include "medusa/config/load.hpp"

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/sql/hazard.hpp"
#include "medusa/system/files.hpp"

#include "expansion.hpp"
#include "toml_reader.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFileName = "medusa.toml";

/// The smallest file that works, as a command.
constexpr const char* kStarter = R"(printf '[workspace]\nbackend = "backend"\n' > medusa.toml)";

template <typename T>
Setting<T> from_flag(T value, std::string_view flag) {
  return {.value = std::move(value),
          .origin = {.kind = Origin::Kind::Flag, .name = std::string(flag)}};
}

/// Leaves the default where the file does not have the key.
void read_entries(TomlReader& reader, const char* key, Setting<std::vector<MemberEntry>>& entries) {
  auto listed = reader.strings("workspace", key);
  if (!listed) {
    return;
  }
  entries = {.origin = listed->origin};
  for (PlacedText& entry : listed->value) {
    entries.value.push_back({.text = std::move(entry.text), .location = std::move(entry.location)});
  }
}

WorkspaceConfig read_workspace(TomlReader& reader, const fs::path& root) {
  WorkspaceConfig workspace;
  if (auto name = reader.string("workspace", "name")) {
    workspace.name = std::move(*name);
  } else {
    const std::string folder = root.filename().string();
    workspace.name.value = folder.empty() ? "workspace" : folder;
  }
  if (auto backend = reader.string("workspace", "backend")) {
    workspace.backend = std::move(*backend);
  }
  read_entries(reader, "plugins", workspace.plugins);
  read_entries(reader, "modules", workspace.modules);
  if (auto core = reader.string("workspace", "core")) {
    workspace.core = std::move(*core);
  }
  return workspace;
}

/// Fills in the variables of the file's URL. They are only needed where the file's URL is used: a
/// file that names the production variable serves a developer with DATABASE_URL as it is.
std::optional<Setting<std::string>> expand_url(TomlReader& reader,
                                               Setting<std::string> url,
                                               const Environment& environment,
                                               bool used) {
  const std::optional<Location> location = url.origin.location;
  Expansion expansion = expand_variables(url.value, environment);
  if (!expansion.syntax_error.empty()) {
    reader.add_problem(location,
                       "cannot read 'database.url': " + expansion.syntax_error,
                       "write '$$' for a '$' that stands for itself");
    return std::nullopt;
  }
  if (!used) {
    return std::nullopt;
  }
  for (const std::string& variable : expansion.unset) {
    std::string message = "environment variable '";
    message.append(variable).append("' is not set, but 'database.url' needs it");
    std::string hint = "set ";
    hint.append(variable).append(", or write a default: ${").append(variable).append(":-...}");
    reader.add_problem(location, std::move(message), std::move(hint));
  }
  if (expansion.unset.empty() && trim(expansion.text).empty()) {
    reader.add_problem(location,
                       "'database.url' is empty once its variables are filled in",
                       "remove the key to use the workspace's own PostgreSQL");
  }
  url.value = std::move(expansion.text);
  return url;
}

DatabaseConfig read_database(TomlReader& reader,
                             const Environment& environment,
                             const ConfigOverrides& overrides) {
  DatabaseConfig database;
  const std::string variable = environment.get("DATABASE_URL").value_or("");
  if (overrides.database_url) {
    database.url = from_flag(*overrides.database_url, "--database-url");
  } else if (!variable.empty()) {  // CI systems define a missing secret as an empty variable
    database.url = {.value = variable,
                    .origin = {.kind = Origin::Kind::Environment, .name = "DATABASE_URL"}};
  }
  if (auto url = reader.string("database", "url")) {
    const bool used = !database.url;
    url = expand_url(reader, std::move(*url), environment, used);
    if (used) {
      database.url = std::move(url);
    }
  }
  database.schema = reader.string("database", "schema");
  if (overrides.schema) {
    database.schema = from_flag(*overrides.schema, "--schema");
  }
  if (auto extensions = reader.strings("database", "extensions")) {
    database.extensions.origin = extensions->origin;
    for (PlacedText& entry : extensions->value) {
      database.extensions.value.push_back(std::move(entry.text));
    }
  }
  return database;
}

std::optional<Setting<TransactionMode>> read_transaction(TomlReader& reader) {
  const auto name = reader.string("migrations", "transaction");
  if (!name) {
    return std::nullopt;
  }
  const std::optional<TransactionMode> mode = parse_transaction_mode(name->value);
  if (!mode) {
    const auto meant = closest_match(name->value, {"all", "each", "none"});
    reader.add_problem(
        name->origin.location,
        "'migrations.transaction' must be 'all', 'each' or 'none', found '" + name->value + '\'',
        meant ? "did you mean '" + *meant + "'?" : "transaction = \"all\"");
    return std::nullopt;
  }
  return Setting<TransactionMode>{.value = *mode, .origin = name->origin};
}

/// Nothing, and a problem, if the text is no policy.
std::optional<Setting<LatePolicy>> late_policy(TomlReader& reader,
                                               const std::string& name,
                                               const Setting<std::string>& text) {
  const std::optional<LatePolicy> policy = parse_late_policy(text.value);
  if (!policy) {
    const auto meant = closest_match(text.value, {"allow", "safe", "refuse"});
    reader.add_problem(
        text.origin.location,
        '\'' + name + "' must be 'allow', 'safe' or 'refuse', found '" + text.value + '\'',
        meant ? "did you mean '" + *meant + "'?" : "late = \"safe\"");
    return std::nullopt;
  }
  return Setting<LatePolicy>{.value = *policy, .origin = text.origin};
}

void read_foresight(TomlReader& reader, MigrationsConfig& migrations) {
  const auto text = reader.string("migrations", "foresight");
  if (!text) {
    return;
  }
  if (text->value != "refuse" && text->value != "warn") {
    const auto meant = closest_match(text->value, {"refuse", "warn"});
    reader.add_problem(
        text->origin.location,
        "'migrations.foresight' must be 'refuse' or 'warn', found '" + text->value + '\'',
        meant ? "did you mean '" + *meant + "'?" : "foresight = \"refuse\"");
    return;
  }
  migrations.refuse_foreseen = {.value = text->value == "refuse", .origin = text->origin};
}

void read_hazards(TomlReader& reader, MigrationsConfig& migrations) {
  if (const auto text = reader.string("migrations", "hazards")) {
    if (const auto policy = parse_hazard_policy(text->value)) {
      migrations.hazards = {.value = *policy, .origin = text->origin};
    } else {
      const auto meant = closest_match(text->value, {"warn", "refuse", "off"});
      reader.add_problem(
          text->origin.location,
          "'migrations.hazards' must be 'warn', 'refuse' or 'off', found '" + text->value + '\'',
          meant ? "did you mean '" + *meant + "'?" : "hazards = \"warn\"");
    }
  }
  const auto codes = reader.strings("migrations", "allowed_hazards");
  for (const PlacedText& code : codes ? codes->value : std::vector<PlacedText>{}) {
    if (parse_hazard_code(code.text).has_value()) {
      migrations.allowed_hazards.value.push_back(code.text);
      continue;
    }
    const auto meant = closest_match(code.text, hazard_codes());
    reader.add_problem(code.location,
                       "'migrations.allowed_hazards' names no hazard: '" + code.text + '\'',
                       meant ? "did you mean '" + *meant + "'?" : "medusa explain lists all");
  }
}

std::map<std::string, Setting<LatePolicy>> read_late(TomlReader& reader) {
  std::map<std::string, Setting<LatePolicy>> policies;
  for (const auto& [member, text] : reader.strings_by_name("late")) {
    if (auto policy = late_policy(reader, "late." + member, text)) {
      policies.emplace(member, std::move(*policy));
    }
  }
  return policies;
}

MigrationsConfig read_migrations(TomlReader& reader, const ConfigOverrides& overrides) {
  using std::chrono::seconds;
  MigrationsConfig migrations;
  if (auto transaction = read_transaction(reader)) {
    migrations.transaction = std::move(*transaction);
  }
  if (auto timeout = reader.duration("migrations", "host_timeout", seconds(1))) {
    migrations.host_timeout = std::move(*timeout);
  }
  if (auto timeout = reader.duration("migrations", "run_lock_timeout", seconds(0))) {
    migrations.run_lock_timeout = std::move(*timeout);
  }
  for (const auto& [key, setting] :
       {std::pair("lock_timeout", &migrations.lock_timeout),
        std::pair("lock_retry", &migrations.lock_retry),
        std::pair("statement_timeout", &migrations.statement_timeout)}) {
    if (auto time = reader.duration("migrations", key, seconds(0))) {
      *setting = std::move(*time);
    }
  }
  read_foresight(reader, migrations);
  read_hazards(reader, migrations);
  if (const auto text = reader.string("migrations", "late")) {
    if (auto policy = late_policy(reader, "migrations.late", *text)) {
      migrations.late = std::move(*policy);
    }
  }
  if (overrides.transaction) {
    migrations.transaction = from_flag(*overrides.transaction, "--transaction");
  }
  if (overrides.host_timeout) {
    migrations.host_timeout = from_flag(*overrides.host_timeout, "--host-timeout");
  }
  if (overrides.run_lock_timeout) {
    migrations.run_lock_timeout = from_flag(*overrides.run_lock_timeout, "--run-lock-timeout");
  }
  return migrations;
}

fs::path absolute_path(const fs::path& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) {  // the current folder was removed
    throw Error({.code = ErrorCode::Config,
                 .message = "cannot find the current folder: " + error.message(),
                 .hint = "cd to a folder that exists"});
  }
  return absolute.lexically_normal();
}

[[noreturn]] void throw_not_found(const fs::path& start) {
  std::string note = "searched '" + start.string() + '\'';
  if (start.has_parent_path() && start.parent_path() != start) {
    note += " and every folder above it, up to '" + start.root_path().string() + '\'';
  }
  throw Error({.code = ErrorCode::Config,
               .message = "no " + std::string(kFileName) + " found",
               .notes = {std::move(note)},
               .hint = kStarter});
}

}  // namespace

fs::path find_config(const fs::path& start, const ConfigOverrides& overrides) {
  std::error_code error;
  fs::path folder = absolute_path(start);
  if (!folder.has_filename() && folder != folder.root_path()) {
    folder = folder.parent_path();  // "a/" is the folder "a"
  }
  if (overrides.config_file) {
    fs::path file = (folder / *overrides.config_file).lexically_normal();
    if (fs::is_regular_file(file, error)) {
      return file;
    }
    const bool is_folder = fs::is_directory(file, error);
    throw Error({.code = ErrorCode::Config,
                 .message = "no configuration file at '" + file.string() + '\'',
                 .notes = {is_folder ? "that is a folder; '--config' names a file"
                                     : "'--config' names a file that does not exist"},
                 .hint = is_folder ? "--config " + (file / kFileName).string() : kStarter});
  }
  const fs::path first = folder;
  while (true) {
    fs::path file = folder / kFileName;
    if (fs::is_regular_file(file, error)) {
      return file;
    }
    if (folder == folder.parent_path()) {
      throw_not_found(first);
    }
    folder = folder.parent_path();
  }
}

Config load_config(const fs::path& file,
                   const Environment& environment,
                   const ConfigOverrides& overrides) {
  return parse_config(read_file(file, ErrorCode::Config), file, environment, overrides);
}

Config parse_config(std::string_view text,
                    const fs::path& file,
                    const Environment& environment,
                    const ConfigOverrides& overrides) {
  TomlReader reader(text, file);
  reader.check_keys();
  Config config;
  config.file = absolute_path(file);
  config.root = config.file.parent_path();
  config.workspace = read_workspace(reader, config.root);
  config.feature_flags = reader.flags("feature_flags");
  config.database = read_database(reader, environment, overrides);
  config.migrations = read_migrations(reader, overrides);
  config.late = read_late(reader);
  config.order = reader.order("order");
  config.build.command = reader.string("build", "command");
  reader.throw_problems();
  return config;
}

}  // namespace medusa
