// SPDX-License-Identifier: MIT
#include <filesystem>
#include <map>

#include "medusa/core/checksum.hpp"
#include "medusa/system/files.hpp"

#include "build_command.hpp"
#include "build_steps.hpp"
#include "lowering.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

Diagnostic clash(const MemberBuild& build,
                 const fs::path& first,
                 const fs::path& second,
                 const fs::path& output) {
  return {.code = ErrorCode::Build,
          .message = "'" + first.string() + "' and '" + second.string() +
                     "' would both be built to '" + output.string() + "'",
          .location = Location{.file = build.source_folder() / second},
          .hint = "rename or remove one of them"};
}

/// A migration's SQL for review would take the place of an asset of that name.
void refuse_hidden_assets(BuildRun& run,
                          const MemberBuild& build,
                          const std::map<fs::path, fs::path>& made_of) {
  for (const SourceFile& source : build.sources) {
    if (source.kind == SourceKind::Asset || !source.at_top()) {
      continue;
    }
    for (const fs::path& file : lowered_files(source.output)) {
      if (const auto asset = made_of.find(file); asset != made_of.end()) {
        run.problems.push_back(clash(build, source.path, asset->second, file));
      }
    }
  }
}

/// What is still right moves over into the staging folder.
void keep_output(MemberBuild& build, const SourceFile& source) {
  if (!build.staging.has_value()) {
    return;
  }
  build.staging->keep(source.output);
  build.staging->keep(source.output + ".map");
  for (const fs::path& file : lowered_files(source.output)) {
    build.staging->keep(file);
  }
  // Says that the output is CommonJS, where that is needed. The compiler may write it again.
  build.staging->keep("package.json", Staging::Keep::AsCopy);
}

/// An entry for each source: the old one where that still holds.
void begin_entries(MemberBuild& build) {
  for (std::size_t i = 0; i < build.sources.size(); ++i) {
    const SourceFile& source = build.sources[i];
    const bool stale = build.is_stale(i);
    if (!stale) {
      build.fresh.entries.push_back(*build.old->find(build.source_key(source)));
      keep_output(build, source);
      continue;
    }
    build.fresh.entries.push_back(
        {.source = build.source_key(source),
         .output = source.output,
         .inputs = {{.path = build.source_key(source), .checksum = source.checksum}},
         .kind = source.kind == SourceKind::Sql ? MigrationKind::Sql : MigrationKind::TypeOrm});
  }
}

/// What the command wrote. Helpers in folders may have gone into other outputs; a migration may
/// not be left out.
void take_command_outputs(BuildRun& run, MemberBuild& build) {
  for (std::size_t i = 0; i < build.sources.size(); ++i) {
    const SourceFile& source = build.sources[i];
    if (source.kind != SourceKind::Script || !build.is_stale(i)) {
      continue;
    }
    const fs::path output = build.places.collected / source.output;
    if (const auto content = read_file_if_present(output)) {
      build.fresh.entries[i].output_checksum = sha256(*content);
    } else if (source.at_top()) {
      run.problems.push_back({.code = ErrorCode::Build,
                              .message = "the build command '" + *run.options.command +
                                         "' did not write '" + output.string() + '\'',
                              .location = Location{.file = build.source_folder() / source.path},
                              .hint = "make it write there (dist/migrations), or remove 'command' "
                                      "under [build]"});
    }
  }
}

}  // namespace

void refuse_clashes(BuildRun& run) {
  run.for_each_stale([&](const MemberBuild& build) {
    std::map<fs::path, fs::path> made_of;
    for (const SourceFile& source : build.sources) {
      const auto [first, inserted] = made_of.emplace(source.output, source.path);
      if (!inserted) {
        run.problems.push_back(clash(build, first->second, source.path, source.output));
      }
    }
    refuse_hidden_assets(run, build, made_of);
  });
}

void begin_members(BuildRun& run) {
  run.for_each_stale([&](MemberBuild& build) {
    if (!build.stale.empty()) {
      run.observer.on_event(MemberStale{.member = build.member.name, .files = build.stale.size()});
    }
    if (build.places.warning.has_value()) {
      run.warn(build, build.places.warning->message);
    }
    build.fresh = Manifest{.member = build.member.name,
                           .version = build.member.version,
                           .builder = builder_name(),
                           .listed = build.listed,
                           .list_inputs = build.list_inputs};
    if (build.mode == BuildMode::Compile) {
      build.staging.emplace(build.places.collected);
      begin_entries(build);
    } else if (build.mode == BuildMode::Command) {
      run_build_command(build.member, *run.options.command);
      begin_entries(build);
      take_command_outputs(run, build);
    } else {
      begin_entries(build);
    }
  });
}

}  // namespace medusa
