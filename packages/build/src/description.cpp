// SPDX-License-Identifier: MIT
#include "description.hpp"

#include <algorithm>
#include <cctype>

#include "medusa/core/text.hpp"
#include "medusa/sql/migration_file.hpp"
#include "medusa/sql/position.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace {

/// Where the name stands in the source, if it does literally.
Location place_of_name(const std::filesystem::path& source, const std::string& name) {
  const std::string content = read_file_if_present(source).value_or("");
  const std::size_t offset = content.find(name);
  Location location = offset == std::string::npos ? Location{} : position_at(content, offset);
  location.file = source;
  return location;
}

/// The file's own 13 digits, or any timestamp when it has none.
std::string timestamp_of_file(const std::filesystem::path& file) {
  constexpr std::size_t kDigits = 13;
  const std::string digits = file.filename().string().substr(0, kDigits);
  const bool all =
      digits.size() == kDigits && std::all_of(digits.begin(), digits.end(), [](unsigned char c) {
        return std::isdigit(c) != 0;
      });
  return all ? digits : "1700000000000";
}

/// The name that a class in this file should have, e.g. `CreateThing1700000000000`.
std::string name_of_file(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  const std::size_t begin = stem.find_first_not_of("0123456789-_ ");
  return (begin == std::string::npos ? "Migration" : class_case(stem.substr(begin))) +
         timestamp_of_file(file);
}

Diagnostic without_name(const std::filesystem::path& source) {
  return {
      .code = ErrorCode::Build,
      .message = "a migration class has no name",
      .location = Location{.file = source},
      .notes = {"TypeORM records a migration by the name of its class, which ends in a timestamp"},
      .hint = "class " + name_of_file(source) + " { ... }"};
}

Diagnostic without_timestamp(const std::filesystem::path& source, const std::string& name) {
  return {.code = ErrorCode::Build,
          .message = "the migration class '" + name + "' has no timestamp",
          .location = place_of_name(source, name),
          .notes = {"TypeORM reads the last 13 characters of the name as milliseconds since 1970"},
          .hint = "rename it to '" + name + timestamp_of_file(source) + "'"};
}

Diagnostic not_loadable(const Diagnostic& problem, const std::filesystem::path& source) {
  Diagnostic diagnostic = problem;
  const std::vector<std::string_view> text = lines(problem.message);
  diagnostic.message = "cannot load the migration: " +
                       (text.empty() ? std::string("it throws") : std::string(text.front()));
  for (std::size_t i = 1; i < text.size(); ++i) {
    diagnostic.notes.emplace_back(text[i]);
  }
  if (!diagnostic.location.has_value() || diagnostic.location->line == 0) {
    diagnostic.location = Location{.file = source};
  }
  return diagnostic;
}

}  // namespace

void apply_description(const ModuleDescription& module,
                       const std::filesystem::path& source,
                       ManifestEntry& entry,
                       std::vector<Diagnostic>& problems) {
  entry.condition = {
      .all_of = module.flags, .nested_flag = module.nested_flag, .nested_key = module.nested_key};
  entry.notes = module.notes;
  if (module.problem.has_value()) {
    problems.push_back(not_loadable(*module.problem, source));
  }
  for (const ModuleMigration& migration : module.migrations) {
    if (!migration.timestamp.has_value()) {
      problems.push_back(migration.name.empty() ? without_name(source)
                                                : without_timestamp(source, migration.name));
      continue;
    }
    entry.migrations.push_back({.name = migration.name,
                                .timestamp = *migration.timestamp,
                                .export_name = migration.export_name,
                                .transaction = migration.transaction});
  }
}

}  // namespace medusa
