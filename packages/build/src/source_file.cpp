// SPDX-License-Identifier: MIT
#include "source_file.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "medusa/core/error.hpp"
#include "medusa/core/path_order.hpp"
#include "medusa/sql/migration_file.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

// Names are texts here: a path's own functions take several times as long, and every command looks
// at every source.

bool is_ignored(std::string_view name) {
  return name.ends_with(".d.ts") || name.ends_with(".map");
}

/// Of a script its ending; nothing of anything else.
std::string_view script_ending(std::string_view name) {
  for (const std::string_view ending : {".ts", ".js", ".mjs", ".cjs"}) {
    if (name.ends_with(ending)) {
      return ending;
    }
  }
  return {};
}

std::string with_ending(std::string_view name, std::string_view old, std::string_view ending) {
  return std::string(name.substr(0, name.size() - old.size())).append(ending);
}

std::string checksum_of(const std::string& file, FileChecksums& checksums) {
  const std::optional<std::string_view> checksum = checksums.of(file);
  if (!checksum.has_value()) {
    throw Error({.code = ErrorCode::Workspace,
                 .message = "cannot read '" + file + "': it has just disappeared"});
  }
  return std::string(*checksum);
}

SourceFile classify(const std::string& folder, const std::string& name, FileChecksums& checksums) {
  SourceFile source{.path = name, .checksum = checksum_of(folder + '/' + name, checksums)};
  if (const std::string_view ending = script_ending(name); !ending.empty()) {
    source.kind = SourceKind::Script;
    source.output = with_ending(name, ending, ".js");
  } else if (source.at_top() && sql_migration_name(source.path).has_value()) {
    source.kind = SourceKind::Sql;
    source.output = with_ending(name, ".sql", ".js");
  } else {
    source.output = source.path;
  }
  return source;
}

}  // namespace

std::vector<SourceFile> find_sources(const fs::path& folder, FileChecksums& checksums) {
  std::vector<std::string> names;
  for_each_file(folder, [&](std::string_view name) {
    if (!is_ignored(name)) {
      names.emplace_back(name);
    }
  });
  std::sort(names.begin(), names.end(), path_before);
  std::vector<SourceFile> sources;
  sources.reserve(names.size());
  for (const std::string& name : names) {
    sources.push_back(classify(folder.native(), name, checksums));
  }
  return sources;
}

std::vector<SourceFile> find_built(const fs::path& folder, FileChecksums& checksums) {
  std::vector<fs::path> files;
  for (const std::string& name : list_names(folder)) {
    if (name.ends_with(".js") && !name.starts_with('.') && fs::is_regular_file(folder / name)) {
      files.emplace_back(name);
    }
  }
  return read_built(folder, files, checksums);
}

std::vector<SourceFile> read_built(const fs::path& folder,
                                   const std::vector<fs::path>& files,
                                   FileChecksums& checksums) {
  std::vector<SourceFile> built;
  for (const fs::path& file : std::set<fs::path>(files.begin(), files.end())) {
    built.push_back({.path = file.native(),
                     .output = file.native(),
                     .kind = SourceKind::Script,
                     .checksum = checksum_of(folder.native() + '/' + file.native(), checksums)});
  }
  return built;
}

}  // namespace medusa
