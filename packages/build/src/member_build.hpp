// SPDX-License-Identifier: MIT
// One member on its way through a build: what is there, what is stale, what was made.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "medusa/build/builder.hpp"
#include "medusa/catalog/manifest.hpp"
#include "medusa/workspace/migration_places.hpp"

#include "file_checksums.hpp"
#include "source_file.hpp"
#include "staging.hpp"

namespace medusa {

/// How a member's output comes about.
enum class BuildMode {
  Compile,  ///< By our compiler, into a staging folder.
  Command,  ///< By the member's own build command, in place.
  Built,    ///< It came built: its files are only described.
};

/// What is known about a member before and during a build.
struct MemberBuild {
  Member member = {};
  MigrationPlaces places = {};
  BuildMode mode = BuildMode::Built;
  std::filesystem::path manifest_path = {};
  std::filesystem::path lowered_folder = {};  ///< Of recorded programs, once the build is done.
  std::optional<Manifest> old = {};           ///< Only if this builder made it.
  std::vector<SourceFile> sources = {};
  std::vector<std::size_t> stale = {};    ///< Indices into `sources`.
  std::vector<std::string> removed = {};  ///< Outputs that have no source.
  /// Of a module: its list of migrations, and what that was made from.
  std::vector<std::filesystem::path> listed = {};
  std::vector<ManifestInput> list_inputs = {};
  bool list_stale = false;  ///< The module must be asked; until then no sources are known.
  bool flags_stale = false;
  bool manifest_stale = false;  ///< It lists sources that are gone, or is not there.

  Manifest fresh = {};
  std::optional<Staging> staging = {};

  [[nodiscard]] bool needs_work() const {
    return !stale.empty() || !removed.empty() || list_stale || flags_stale || manifest_stale;
  }

  /// Folder of the sources (or of the built files, if there are none).
  [[nodiscard]] const std::filesystem::path& source_folder() const {
    return places.source.has_value() ? *places.source : places.collected;
  }

  /// A source's path as the manifest has it.
  [[nodiscard]] std::string source_key(const SourceFile& source) const {
    return (source_folder() / source.path).lexically_relative(member.root).native();
  }

  /// Whether the source is made anew. A command rebuilds all scripts, so all of them are looked at
  /// again.
  [[nodiscard]] bool is_stale(std::size_t index) const;

  /// Whether the source is loaded for its migrations, and not only there to be imported.
  [[nodiscard]] bool is_collected(std::size_t index) const {
    return mode == BuildMode::Built || sources[index].at_top();
  }

  /// Where outputs are until the end of the build.
  [[nodiscard]] const std::filesystem::path& output_folder() const {
    return staging.has_value() ? staging->folder() : places.collected;
  }
};

/// Looks at the member's files and its manifest and decides what is stale. Writes nothing.
[[nodiscard]] MemberBuild inspect_member(const Member& member,
                                         const std::filesystem::path& workspace_root,
                                         const BuildOptions& options,
                                         FileChecksums& checksums);

/// Name of a file about the member that lies among those of other members. Two copies of one
/// version may be installed side by side, so it tells their folders apart.
[[nodiscard]] std::string file_name_of(const Member& member, std::string_view ending);

/// What makes manifests: the host's scripts and the rules by which SQL is read.
[[nodiscard]] std::string builder_name();

/// Checksums of the files, with paths as the manifest has them.
[[nodiscard]] std::vector<ManifestInput> inputs_of(const std::vector<std::filesystem::path>& files,
                                                   const std::filesystem::path& member_root);

/// The files of the core package that define its feature flags.
[[nodiscard]] std::vector<std::filesystem::path> flag_files(const std::filesystem::path& core);

}  // namespace medusa
