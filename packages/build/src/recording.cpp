// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>

#include "build_steps.hpp"
#include "lowering.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

/// The files that a recording read, as the sources they come from: what lies in the staging
/// folder was made from sources that are inputs already, or copied from one.
std::vector<fs::path> sources_of(const std::vector<fs::path>& files, const MemberBuild& build) {
  std::vector<fs::path> sources;
  for (const fs::path& file : files) {
    const fs::path staged = file.lexically_relative(build.output_folder());
    const bool is_output =
        build.mode != BuildMode::Built && !staged.empty() && *staged.begin() != "..";
    const fs::path source = is_output ? build.source_folder() / staged : file;
    if (fs::is_regular_file(source)) {
      sources.push_back(source);
    }
  }
  return sources;
}

void take_recording(MemberBuild& build, ManifestEntry& entry, const RecordedModule& module) {
  const fs::path& folder =
      build.staging.has_value() ? build.staging->folder() : build.lowered_folder;
  write_lowering(module, folder, entry);
  for (const ManifestInput& input :
       inputs_of(sources_of(module.inputs, build), build.member.root)) {
    if (std::find(entry.inputs.begin(), entry.inputs.end(), input) == entry.inputs.end()) {
      entry.inputs.push_back(input);
    }
  }
  if (build.mode != BuildMode::Built) {
    // Released packages hold downs that nobody ever ran; their owner cannot mend them.
    entry.suspicious =
        suspicious_statements(module, build.member.root, build.member.root / entry.source);
  }
}

/// A member's part in the request to the host, and whose entries its files are.
struct RecordingPart {
  MemberBuild& build;
  RecordMember member = {};
  std::vector<std::size_t> owners = {};
};

RecordingPart part_of(MemberBuild& build) {
  RecordingPart part{.build = build,
                     .member = {.name = build.member.name, .root = build.member.root}};
  for (std::size_t i = 0; i < build.sources.size(); ++i) {
    const ManifestEntry& entry = build.fresh.entries[i];
    if (build.is_stale(i) && entry.kind == MigrationKind::TypeOrm && !entry.migrations.empty()) {
      part.member.files.push_back(build.output_folder() / entry.output);
      part.owners.push_back(i);
    }
  }
  return part;
}

void take_recordings(const RecordingPart& part, const std::vector<RecordedModule>& recorded) {
  for (std::size_t i = 0; i < recorded.size() && i < part.owners.size(); ++i) {
    take_recording(part.build, part.build.fresh.entries[part.owners[i]], recorded[i]);
  }
}

}  // namespace

void lower(BuildRun& run) {
  std::vector<RecordingPart> parts;
  std::vector<RecordMember> members;
  run.for_each_stale([&](MemberBuild& build) {
    RecordingPart part = part_of(build);
    if (part.member.files.empty()) {
      write_footprints(build);
    } else {
      members.push_back(std::move(part.member));
      parts.push_back(std::move(part));
    }
  });
  if (parts.empty()) {
    return;
  }
  // Meanwhile the host goes on with other members.
  run.host.record(members,
                  {run.workspace.core().root, run.workspace.backend().root},
                  [&](std::size_t member, const std::vector<RecordedModule>& recorded) {
                    take_recordings(parts[member], recorded);
                    write_footprints(parts[member].build);
                  });
}

}  // namespace medusa
