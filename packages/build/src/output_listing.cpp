// SPDX-License-Identifier: MIT
#include "output_listing.hpp"

#include <algorithm>

#include "medusa/catalog/footprints.hpp"
#include "medusa/system/files.hpp"

#include "lowering.hpp"

namespace medusa {

namespace {

constexpr std::string_view kModuleType = "package.json";
constexpr std::string_view kBuilt = ".js";

using Names = std::vector<std::string_view>;  // sorted

/// Whether one of them is `stem` with that ending. All that begin with `stem` stand together.
bool contains(const Names& names, std::string_view stem, std::string_view ending) {
  for (auto name = std::lower_bound(names.begin(), names.end(), stem);
       name != names.end() && name->starts_with(stem);
       ++name) {
    if (name->substr(stem.size()) == ending) {
      return true;
    }
  }
  return false;
}

bool contains(const Names& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

bool belongs_to(const Names& outputs, std::string_view file) {
  if (file.ends_with(".map")) {
    return contains(outputs, file.substr(0, file.rfind('.')));
  }
  return std::any_of(kLoweredEndings.begin(), kLoweredEndings.end(), [&](std::string_view ending) {
    return file.ends_with(ending) &&
           contains(outputs, file.substr(0, file.size() - ending.size()), kBuilt);
  });
}

}  // namespace

OutputListing::OutputListing(const std::filesystem::path& folder) {
  std::vector<std::size_t> ends;
  for_each_file(folder, [&](std::string_view file) {
    text_ += file;
    ends.push_back(text_.size());
  });
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    files_.push_back(std::string_view(text_).substr(begin, end - begin));
    begin = end;
  }
  std::sort(files_.begin(), files_.end());
}

bool OutputListing::has(std::string_view file) const {
  return contains(files_, file);
}

bool OutputListing::has_beside(std::string_view output, std::string_view ending) const {
  // An extension as path has it: not the whole of a hidden file's name.
  const std::size_t begin = output.rfind('/') + 1;
  const std::size_t dot = output.rfind('.');
  const bool is_extension = dot != std::string_view::npos && dot > begin;
  return contains(files_, output.substr(0, is_extension ? dot : output.size()), ending);
}

std::vector<std::string> OutputListing::leftovers(const std::vector<SourceFile>& sources,
                                                  bool only_migrations) const {
  // The compiler adds a package.json where the member is an ES module package.
  Names outputs{kManifestName, kFootprintsName, kModuleType};
  for (const SourceFile& source : sources) {
    outputs.emplace_back(source.output);
  }
  std::sort(outputs.begin(), outputs.end());
  std::vector<std::string> found;
  for (const std::string_view file : files_) {
    const bool is_migration = file.find('/') == std::string_view::npos && file.ends_with(kBuilt);
    if ((is_migration || !only_migrations) && !contains(outputs, file) &&
        !belongs_to(outputs, file)) {
      found.emplace_back(file);
    }
  }
  return found;
}

}  // namespace medusa
