// SPDX-License-Identifier: MIT
#include "member_build.hpp"

#include <algorithm>
#include <string_view>

#include "medusa/catalog/footprints.hpp"
#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "module_listing.hpp"
#include "output_listing.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

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

std::string place_of(const fs::path& root, const std::string& input) {
  return input.starts_with('/') ? input : root.native() + '/' + input;
}

bool inputs_unchanged(const ManifestEntry& entry, const fs::path& root, FileChecksums& checksums) {
  // The first input is the source itself, which the caller has compared.
  return std::all_of(entry.inputs.begin() + 1, entry.inputs.end(), [&](const ManifestInput& input) {
    return checksums.of(place_of(root, input.path)) == input.checksum;
  });
}

/// Whether the files beside the output are there that the entry speaks of. Programs are only read
/// by those who use them, who compare their checksum.
bool has_files(const OutputListing& listing, const ManifestEntry& entry) {
  const bool is_sql = entry.kind == MigrationKind::Sql && !entry.migrations.empty();
  const bool is_recorded = !entry.lowered_checksum.empty();
  const auto has = [&](std::string_view ending) {
    return listing.has_beside(entry.output, ending);
  };
  return (!is_recorded || has(".lowered.json")) &&
         (!(is_recorded || is_sql) || (has(".up.sql") && has(".down.sql")));
}

/// The old entry of a source. Nearly always it has the source's own number: both are sorted.
const ManifestEntry* old_entry(const MemberBuild& build,
                               std::size_t index,
                               const std::string& prefix) {
  if (!build.old.has_value()) {
    return nullptr;
  }
  const std::string& path = build.sources[index].path;
  const std::vector<ManifestEntry>& entries = build.old->entries;
  if (index < entries.size()) {
    const std::string_view source = entries[index].source;
    if (source.size() == prefix.size() + path.size() && source.starts_with(prefix) &&
        source.ends_with(path)) {
      return &entries[index];
    }
  }
  return build.old->find(prefix + path);
}

bool is_fresh(const MemberBuild& build,
              const SourceFile& source,
              const ManifestEntry* entry,
              const OutputListing& listing,
              FileChecksums& checksums) {
  if (entry == nullptr || entry->inputs.empty() ||
      entry->inputs.front().checksum != source.checksum || entry->output != source.output ||
      !has_files(listing, *entry)) {
    return false;
  }
  if (build.mode == BuildMode::Built) {
    return inputs_unchanged(*entry, build.member.root, checksums);
  }
  const auto output = checksums.of(place_of(build.places.collected, source.output));
  const bool left_out = build.mode == BuildMode::Command && entry->output_checksum.empty();
  if (left_out && !output.has_value()) {
    return true;  // a helper that the command puts into other outputs
  }
  return output == entry->output_checksum && inputs_unchanged(*entry, build.member.root, checksums);
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

std::string file_name_of(const Member& member, std::string_view ending) {
  std::string name = member.name + '@' + member.version;
  std::replace(name.begin(), name.end(), '/', '+');
  return name.append("-").append(short_sha256(member.root.string(), 8)).append(ending);
}

std::vector<ManifestInput> inputs_of(const std::vector<fs::path>& files,
                                     const fs::path& member_root) {
  std::vector<ManifestInput> inputs;
  for (const fs::path& file : files) {
    const fs::path relative = file.lexically_relative(member_root);
    const bool below = !relative.empty() && *relative.begin() != "..";
    inputs.push_back(
        {.path = (below ? relative : file).native(), .checksum = sha256(read_file(file))});
  }
  return inputs;
}

std::string builder_name() {
  return ScriptHost::fingerprint() + '/' + std::to_string(kFootprintRules);
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
                           const BuildOptions& options,
                           FileChecksums& checksums) {
  MemberBuild build{.member = member, .places = migration_places(member)};
  if (lost_its_sources(build)) {
    build.places.source = member.root / "src" / "migrations";
  }
  if (build.places.source.has_value()) {
    build.sources = find_sources(*build.places.source, checksums);
  } else if (member.role != Role::Module) {
    build.sources = find_built(build.places.collected, checksums);
  }
  build.mode = mode_of(build, options);
  build.manifest_path = build.mode == BuildMode::Built ? workspace_root / ".medusa" / "manifests" /
                                                             file_name_of(member, ".json")
                                                       : build.places.collected / kManifestName;
  build.lowered_folder = build.mode == BuildMode::Built
                             ? workspace_root / ".medusa" / "lowered" / build.manifest_path.stem()
                             : build.places.collected;
  if (const auto text = read_file_if_present(build.manifest_path)) {
    build.old = parse_manifest(*text);
    if (build.old.has_value() && build.old->builder != builder_name()) {
      build.old.reset();
    }
  }
  if (member.role == Role::Module) {
    take_old_list(build, checksums);
  }
  const fs::path folder = build.source_folder().lexically_relative(member.root);
  const std::string prefix = folder == "." ? "" : (folder / "").native();
  const OutputListing listing(build.lowered_folder);
  for (std::size_t i = 0; i < build.sources.size(); ++i) {
    if (!is_fresh(build, build.sources[i], old_entry(build, i, prefix), listing, checksums)) {
      build.stale.push_back(i);
    }
  }
  if (build.mode != BuildMode::Built) {
    // A command may write more than we know of; only what Medusa would run must not be left over.
    build.removed = listing.leftovers(build.sources, build.mode == BuildMode::Command);
  }
  build.flags_stale = flags_changed(build);
  build.manifest_stale = build.old.has_value() ? build.old->entries.size() != build.sources.size()
                                               : !build.sources.empty();
  build.manifest_stale =
      build.manifest_stale || (!build.sources.empty() && !listing.has(kFootprintsName));
  return build;
}

}  // namespace medusa
