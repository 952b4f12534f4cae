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

}  // namespace

std::size_t OutputListing::TextHash::operator()(std::string_view text) const {
  return std::hash<std::string_view>()(text);
}

OutputListing::OutputListing(const std::filesystem::path& folder) {
  for_each_file(folder, [this](std::string_view file) { files_.emplace(file); });
}

bool OutputListing::has_beside(const std::filesystem::path& output, std::string_view ending) const {
  const std::string& name = output.native();
  const std::size_t stem = name.size() - output.extension().native().size();
  return files_.contains(name.substr(0, stem).append(ending));
}

bool OutputListing::belongs_to(const Names& outputs, std::string_view file) {
  if (file.ends_with(".map")) {
    return outputs.contains(file.substr(0, file.rfind('.')));
  }
  return std::any_of(kLoweredEndings.begin(), kLoweredEndings.end(), [&](std::string_view ending) {
    const std::size_t stem = file.size() - std::min(file.size(), ending.size());
    return file.ends_with(ending) &&
           outputs.contains(std::string(file.substr(0, stem)).append(kBuilt));
  });
}

std::vector<std::string> OutputListing::leftovers(const std::vector<SourceFile>& sources,
                                                  bool only_migrations) const {
  // The compiler adds a package.json where the member is an ES module package.
  Names outputs{std::string(kManifestName), std::string(kFootprintsName), std::string(kModuleType)};
  for (const SourceFile& source : sources) {
    outputs.insert(source.output.native());
  }
  std::vector<std::string> found;
  for (const std::string& file : files_) {
    const bool is_migration = file.find('/') == std::string::npos && file.ends_with(kBuilt);
    if ((is_migration || !only_migrations) && !outputs.contains(file) &&
        !belongs_to(outputs, file)) {
      found.push_back(file);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace medusa
