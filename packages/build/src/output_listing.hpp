// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "source_file.hpp"

namespace medusa {

/// Name of the manifest that lies among a member's outputs.
inline constexpr std::string_view kManifestName = "medusa-manifest.json";

/// The names of a folder's files, however many they are, read once: what is there and what is not
/// there can then be asked without the file system.
class OutputListing {
 public:
  /// Empty if there is no such folder.
  explicit OutputListing(const std::filesystem::path& folder);
  ~OutputListing() = default;
  OutputListing(const OutputListing&) = delete;
  OutputListing& operator=(const OutputListing&) = delete;
  OutputListing(OutputListing&&) = delete;
  OutputListing& operator=(OutputListing&&) = delete;

  /// Whether a file of that name is there.
  [[nodiscard]] bool has(std::string_view file) const;

  /// Whether the file that belongs to `output` is there: its name with another ending, such as
  /// ".up.sql".
  [[nodiscard]] bool has_beside(std::string_view output, std::string_view ending) const;

  /// What no source accounts for, sorted. With `only_migrations`, only what Medusa would run
  /// counts.
  [[nodiscard]] std::vector<std::string> leftovers(const std::vector<SourceFile>& sources,
                                                   bool only_migrations) const;

 private:
  std::string text_ = {};                     ///< The names, one after the other,
  std::vector<std::string_view> files_ = {};  ///< and where each lies in it; sorted.
};

}  // namespace medusa
