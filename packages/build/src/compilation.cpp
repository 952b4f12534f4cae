// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <utility>

#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "build_steps.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

ManifestEntry* entry_of(MemberBuild& build, const fs::path& source) {
  const std::string key =
      (build.source_folder() / source).lexically_relative(build.member.root).native();
  const auto found = std::find_if(build.fresh.entries.begin(),
                                  build.fresh.entries.end(),
                                  [&](const ManifestEntry& entry) { return entry.source == key; });
  return found == build.fresh.entries.end() ? nullptr : &*found;
}

void take_compiled(BuildRun& run, MemberBuild& build, const CompiledMember& compiled) {
  for (Diagnostic problem : compiled.errors) {
    problem.message = "cannot build the migration: " + problem.message;
    run.problems.push_back(std::move(problem));
  }
  for (const Diagnostic& warning : compiled.warnings) {
    run.warn(build, warning.message);
  }
  for (const CompiledFile& file : compiled.files) {
    ManifestEntry* entry = entry_of(build, file.source);
    if (entry == nullptr) {
      continue;
    }
    for (const ManifestInput& input : inputs_of(file.inputs, build.member.root)) {
      if (input.path != entry->inputs.front().path) {
        entry->inputs.push_back(input);
      }
    }
    entry->output_checksum = sha256(read_file(build.staging->folder() / file.output));
  }
}

}  // namespace

void compile(BuildRun& run) {
  std::vector<CompileMember> members;
  std::vector<MemberBuild*> owners;
  run.for_each_stale([&](MemberBuild& build) {
    CompileMember member{.name = build.member.name,
                         .root = build.member.root,
                         .source = build.source_folder(),
                         .output = build.places.collected};
    for (const std::size_t index : build.stale) {
      if (build.mode == BuildMode::Compile && build.sources[index].kind == SourceKind::Script) {
        member.files.push_back(build.sources[index].path);
      }
    }
    if (!member.files.empty()) {
      member.staging = build.staging->folder();
      members.push_back(std::move(member));
      owners.push_back(&build);
    }
  });
  if (members.empty()) {
    return;
  }
  std::string compiler;
  const std::vector<CompiledMember> compiled =
      run.host.compile(run.workspace.root, members, compiler);
  for (std::size_t i = 0; i < compiled.size() && i < owners.size(); ++i) {
    take_compiled(run, *owners[i], compiled[i]);
  }
}

}  // namespace medusa
