// SPDX-License-Identifier: MIT
#include "source_file.hpp"

#include <set>

#include "medusa/core/error.hpp"
#include "medusa/sql/migration_file.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

bool is_ignored(const std::string& name) {
  return name.ends_with(".d.ts") || name.ends_with(".map");
}

bool is_script(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".ts" || extension == ".js" || extension == ".mjs" || extension == ".cjs";
}

std::string checksum_of(const std::string& file, FileChecksums& checksums) {
  const std::optional<std::string_view> checksum = checksums.of(file);
  if (!checksum.has_value()) {
    throw Error({.code = ErrorCode::Workspace,
                 .message = "cannot read '" + file + "': it has just disappeared"});
  }
  return std::string(*checksum);
}

SourceFile classify(const std::string& folder, const fs::path& path, FileChecksums& checksums) {
  SourceFile source{.path = path,
                    .output = path,
                    .checksum = checksum_of(folder + '/' + path.native(), checksums)};
  if (is_script(path)) {
    source.kind = SourceKind::Script;
    source.output.replace_extension(".js");
  } else if (!path.has_parent_path() && sql_migration_name(path).has_value()) {
    source.kind = SourceKind::Sql;
    source.output.replace_extension(".js");
  }
  return source;
}

}  // namespace

std::vector<SourceFile> find_sources(const fs::path& folder, FileChecksums& checksums) {
  std::vector<SourceFile> sources;
  for (const fs::path& path : list_files(folder)) {
    if (!is_ignored(path.filename().string())) {
      sources.push_back(classify(folder.native(), path, checksums));
    }
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
    built.push_back({.path = file,
                     .output = file,
                     .kind = SourceKind::Script,
                     .checksum = checksum_of(folder.native() + '/' + file.native(), checksums)});
  }
  return built;
}

}  // namespace medusa
