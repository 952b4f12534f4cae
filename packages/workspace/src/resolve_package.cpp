// SPDX-License-Identifier: MIT
#include "medusa/workspace/resolve_package.hpp"

#include <algorithm>
#include <system_error>

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// Names like "../x" or "/x" are paths to Node, and are never looked for in node_modules.
bool is_package_name(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& segment) {
           return segment == "." || segment == "..";
         });
}

}  // namespace

std::optional<fs::path> resolve_package(const fs::path& from, const std::string& name) {
  if (!is_package_name(name)) {
    return std::nullopt;
  }
  std::error_code error;
  fs::path folder = fs::weakly_canonical(from, error);
  if (error) {
    return std::nullopt;
  }
  while (true) {
    if (folder.filename() != "node_modules") {
      const fs::path file = folder / "node_modules" / name / "package.json";
      if (fs::is_regular_file(file, error)) {
        const fs::path real = fs::canonical(file, error);
        if (!error) {
          return real.parent_path();
        }
      }
    }
    if (folder == folder.parent_path()) {
      return std::nullopt;
    }
    folder = folder.parent_path();
  }
}

}  // namespace medusa
