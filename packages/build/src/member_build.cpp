// SPDX-License-Identifier: MIT
#include "member_build.hpp"

#include <algorithm>
#include <set>

#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "lowering.hpp"
#include "module_listing.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

constexpr const char* kModuleType = "package.json";
constexpr const char* kManifestName = "medusa-manifest.json";

std::string file_name_of(const Member& member) {
  std::string name = member.name + '@' + member.version;
  std::replace(name.begin(), name.end(), '/', '+');
  // Two copies of one version may be installed side by side.
  return name + '-' + short_sha256(member.root.string(), 8) + ".json";
}

/// Whether we built the member and src/migrations was deleted since, although src/ is still there:
/// then its outputs are leftovers. A deployment that ships only dist/ is not meant.
bool lost_its_sources(const MemberBuild& build) {
  return !build.member.installed && !build.places.source.has_value() &&
         fs::is_directory(build.member.root / "src") &&
         fs::exists(build.places.collected / kManifestName);
}

BuildMode mode_of(const MemberBuild& build, const BuildOptions& options) {
  if (!build.places.source.has_value()) {
    return BuildMode::Built;
  }
  const bool scripts =
      std::any_of(build.sources.begin(), build.sources.end(), [](const SourceFile& source) {
        return source.kind == SourceKind::Script;
      });
  return options.command.has_value() && scripts ? BuildMode::Command : BuildMode::Compile;
}

bool inputs_unchanged(const ManifestEntry& entry, const fs::path& root) {
  // The first input is the source itself, which the caller has compared.
  return std::all_of(entry.inputs.begin() + 1, entry.inputs.end(), [&](const ManifestInput& input) {
    const auto content = read_file_if_present(root / input.path);
    return content.has_value() && sha256(*content) == input.checksum;
  });
}

/// Whether the files to read are there, of a migration that has them.
bool is_readable(const MemberBuild& build, const ManifestEntry& entry) {
  const bool has_files = !entry.lowered_checksum.empty() ||
                         (entry.kind == MigrationKind::Sql && !entry.migrations.empty());
  const std::string stem = lowered_stem(build.lowered_folder, entry.output).string();
  return !has_files || (fs::exists(stem + ".up.sql") && fs::exists(stem + ".down.sql"));
}

bool is_fresh(const MemberBuild& build, const SourceFile& source) {
  const ManifestEntry* entry =
      build.old.has_value() ? build.old->find(build.source_key(source)) : nullptr;
  if (entry == nullptr || entry->inputs.empty() ||
      entry->inputs.front().checksum != source.checksum || entry->output != source.output) {
    return false;
  }
  if (!entry->lowered_checksum.empty() &&
      !fs::exists(lowered_stem(build.lowered_folder, source.output).string() + ".lowered.json")) {
    return false;
  }
  if (!is_readable(build, *entry)) {
    return false;
  }
  if (build.mode == BuildMode::Built) {
    return inputs_unchanged(*entry, build.member.root);
  }
  const auto output = read_file_if_present(build.places.collected / source.output);
  const bool left_out = build.mode == BuildMode::Command && entry->output_checksum.empty();
  if (left_out && !output.has_value()) {
    return true;  // a helper that the command puts into other outputs
  }
  return output.has_value() && sha256(*output) == entry->output_checksum &&
         inputs_unchanged(*entry, build.member.root);
}

/// What lies in the output folder although no source accounts for it.
std::vector<std::string> leftovers(const MemberBuild& build) {
  // The compiler adds a package.json where the member is an ES module package.
  std::set<std::string> expected{kManifestName, kModuleType};
  for (const SourceFile& source : build.sources) {
    expected.insert(source.output.string());
    expected.insert(source.output.string() + ".map");
    for (const fs::path& file : lowered_files(source.output)) {
      expected.insert(file.string());
    }
  }
  std::vector<std::string> found;
  for (const fs::path& file : list_files(build.places.collected)) {
    // A command may write more than we know of; only what Medusa would run must not be left over.
    const bool matters =
        build.mode == BuildMode::Compile || (!file.has_parent_path() && file.extension() == ".js");
    if (matters && !expected.contains(file.string())) {
      found.push_back(file.string());
    }
  }
  return found;
}

bool flags_changed(const MemberBuild& build) {
  if (build.member.role != Role::Core) {
    return false;
  }
  return !build.old.has_value() ||
         build.old->flag_inputs != inputs_of(flag_files(build.member.root), build.member.root);
}

}  // namespace

bool MemberBuild::is_stale(std::size_t index) const {
  return (mode == BuildMode::Command && sources[index].kind == SourceKind::Script) ||
         std::binary_search(stale.begin(), stale.end(), index);
}

std::vector<ManifestInput> inputs_of(const std::vector<fs::path>& files,
                                     const fs::path& member_root) {
  std::vector<ManifestInput> inputs;
  for (const fs::path& file : files) {
    const fs::path relative = file.lexically_relative(member_root);
    const bool below = !relative.empty() && *relative.begin() != "..";
    inputs.push_back({.path = below ? relative : file, .checksum = sha256(read_file(file))});
  }
  return inputs;
}

std::vector<fs::path> flag_files(const fs::path& core) {
  const fs::path folder = core / "dist" / "loaders" / "feature-flags";
  std::vector<fs::path> files;
  for (const std::string& name : list_names(folder)) {
    if (name.ends_with(".js") && name != "index.js") {
      files.push_back(folder / name);
    }
  }
  return files;
}

MemberBuild inspect_member(const Member& member,
                           const fs::path& workspace_root,
                           const BuildOptions& options) {
  MemberBuild build{.member = member, .places = migration_places(member)};
  if (lost_its_sources(build)) {
    build.places.source = member.root / "src" / "migrations";
  }
  if (build.places.source.has_value()) {
    build.sources = find_sources(*build.places.source);
  } else if (member.role != Role::Module) {
    build.sources = find_built(build.places.collected);
  }
  build.mode = mode_of(build, options);
  build.manifest_path = build.mode == BuildMode::Built
                            ? workspace_root / ".medusa" / "manifests" / file_name_of(member)
                            : build.places.collected / kManifestName;
  build.lowered_folder = build.mode == BuildMode::Built
                             ? workspace_root / ".medusa" / "lowered" / build.manifest_path.stem()
                             : build.places.collected;
  if (const auto text = read_file_if_present(build.manifest_path)) {
    build.old = parse_manifest(*text);
    if (build.old.has_value() && build.old->builder != ScriptHost::fingerprint()) {
      build.old.reset();
    }
  }
  if (member.role == Role::Module) {
    take_old_list(build);
  }
  for (std::size_t i = 0; i < build.sources.size(); ++i) {
    if (!is_fresh(build, build.sources[i])) {
      build.stale.push_back(i);
    }
  }
  if (build.mode != BuildMode::Built) {
    build.removed = leftovers(build);
  }
  build.flags_stale = flags_changed(build);
  build.manifest_stale = build.old.has_value() ? build.old->entries.size() != build.sources.size()
                                               : !build.sources.empty();
  return build;
}

}  // namespace medusa
