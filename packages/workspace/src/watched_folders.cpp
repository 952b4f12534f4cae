// SPDX-License-Identifier: MIT
#include "medusa/workspace/watched_folders.hpp"

#include <system_error>

#include "medusa/workspace/glob.hpp"
#include "medusa/workspace/resolve_package.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// The folder that the path is in, or would be if more of its folders existed.
fs::path existing_folder(const fs::path& path) {
  std::error_code error;
  fs::path folder = path.parent_path();
  while (!fs::is_directory(folder, error) && folder != folder.parent_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

/// Each folder whose names a segment of the entry is compared with.
void add_entry(const fs::path& root, const fs::path& entry, std::vector<fs::path>& folders) {
  folders.push_back(existing_folder(root / entry));
  fs::path pattern;
  for (const fs::path& segment : entry.relative_path()) {
    const fs::path base = entry.is_absolute() ? entry.root_path() : fs::path();
    for (const fs::path& folder :
         pattern.empty() ? std::vector<fs::path>{root / base} : expand_glob(root, base / pattern)) {
      folders.push_back(folder);
    }
    pattern /= segment;
  }
}

/// The node_modules that Node would look into, nearest first, as far as the package's own.
void add_package(const fs::path& from, const std::string& name, std::vector<fs::path>& folders) {
  std::error_code error;
  for (fs::path folder = fs::weakly_canonical(from, error); !error; folder = folder.parent_path()) {
    const fs::path package = folder / "node_modules" / name;
    folders.push_back(existing_folder(package / "package.json"));
    if (fs::exists(package / "package.json", error) || folder == folder.parent_path()) {
      return;
    }
  }
}

}  // namespace

std::vector<fs::path> watched_folders(const Config& config) {
  const fs::path backend = config.root / config.workspace.backend.value;
  std::vector<fs::path> folders;
  add_package(backend, config.workspace.core.value, folders);
  for (const MemberEntry& entry : config.workspace.plugins.value) {
    add_entry(config.root, entry.text, folders);
    if (!has_wildcard(entry.text)) {
      folders.push_back(existing_folder(config.root / "plugins" / entry.text));
      add_package(backend, entry.text, folders);
    }
  }
  for (const MemberEntry& entry : config.workspace.modules.value) {
    add_package(backend, entry.text, folders);
  }
  return folders;
}

}  // namespace medusa
