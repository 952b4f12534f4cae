// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "file_checksums.hpp"

namespace medusa {

/// What the build does with a file of src/migrations.
enum class SourceKind {
  Script,  ///< TypeScript or JavaScript: transpiled.
  Sql,     ///< An SQL migration: checked, and wrapped into a class for Medusa's own CLI.
  Asset,   ///< Copied: something that a migration may read.
};

/// A file of src/migrations with its content's checksum. Paths are text, as in manifests.
struct SourceFile {
  std::string path = {};    ///< Relative to the folder of sources.
  std::string output = {};  ///< Relative to the folder of built migrations.
  SourceKind kind = SourceKind::Asset;
  std::string checksum = {};

  /// Medusa collects the top of the folder only; deeper files are there to be imported.
  [[nodiscard]] bool at_top() const { return path.find('/') == std::string::npos; }
};

/// The sources below `folder`, sorted by path; type declarations and source maps are left out.
[[nodiscard]] std::vector<SourceFile> find_sources(const std::filesystem::path& folder,
                                                   FileChecksums& checksums);

/// The built migrations that Medusa would collect from `folder`: *.js at its top, as SourceFiles
/// whose output is themselves.
[[nodiscard]] std::vector<SourceFile> find_built(const std::filesystem::path& folder,
                                                 FileChecksums& checksums);

/// The files, which are relative to `folder` and exist, as SourceFiles whose output is themselves;
/// sorted by path, each once.
[[nodiscard]] std::vector<SourceFile> read_built(const std::filesystem::path& folder,
                                                 const std::vector<std::filesystem::path>& files,
                                                 FileChecksums& checksums);

}  // namespace medusa
