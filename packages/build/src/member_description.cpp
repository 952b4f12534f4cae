// SPDX-License-Identifier: MIT
#include <utility>
#include <vector>

#include "medusa/core/checksum.hpp"
#include "medusa/sql/hazard_allowance.hpp"
#include "medusa/system/files.hpp"

#include "build_steps.hpp"
#include "description.hpp"

namespace medusa {

namespace {

/// Comments are gone from what was built, so the source is read. What a released package has wrong
/// its owner cannot mend.
void take_allowances(BuildRun& run, const MemberBuild& build, ManifestEntry& entry) {
  const std::filesystem::path source = build.member.root / entry.source;
  HazardAllowances allowances = script_allowances(read_file(source));
  for (DescribedMigration& migration : entry.migrations) {
    migration.allowed_hazards = allowances.codes;
  }
  if (build.mode == BuildMode::Built) {
    return;
  }
  for (Diagnostic& problem : allowances.problems) {
    problem.location->file = source;
    problem.message = "cannot build the migration: " + problem.message;
    run.problems.push_back(std::move(problem));
  }
}

void take_description(BuildRun& run,
                      MemberBuild& build,
                      std::size_t index,
                      const ModuleDescription& module) {
  ManifestEntry& entry = build.fresh.entries[index];
  apply_description(module, build.member.root / entry.source, entry, run.problems);
  if (entry.output_checksum.empty()) {
    entry.output_checksum = sha256(read_file(build.output_folder() / entry.output));
  }
  take_allowances(run, build, entry);
  for (const std::string& note : entry.notes) {
    run.warn(build, std::filesystem::path(entry.source).filename().string() + ": " + note);
  }
}

void describe_flags(BuildRun& run, MemberBuild& build) {
  if (build.member.role != Role::Core) {
    return;
  }
  for (const HostFlag& flag : run.host.flags(build.member.root)) {
    build.fresh.flags.push_back({.key = flag.key,
                                 .enabled_by_default = flag.enabled_by_default,
                                 .environment_variable = flag.environment_variable});
  }
  build.fresh.flag_inputs = inputs_of(flag_files(build.member.root), build.member.root);
}

}  // namespace

void describe(BuildRun& run) {
  std::vector<ModuleFile> modules;
  std::vector<std::pair<MemberBuild*, std::size_t>> owners;
  run.for_each_stale([&](MemberBuild& build) {
    for (std::size_t i = 0; i < build.sources.size(); ++i) {
      const SourceFile& source = build.sources[i];
      if (build.is_stale(i) && source.kind == SourceKind::Script && build.is_collected(i)) {
        modules.push_back({.file = build.output_folder() / source.output,
                           .member = build.member.name,
                           .member_root = build.member.root});
        owners.emplace_back(&build, i);
      }
    }
  });
  if (!modules.empty()) {
    const std::vector<ModuleDescription> found = run.host.describe(modules);
    for (std::size_t i = 0; i < found.size() && i < owners.size(); ++i) {
      take_description(run, *owners[i].first, owners[i].second, found[i]);
    }
  }
  run.for_each_stale([&](MemberBuild& build) { describe_flags(run, build); });
}

}  // namespace medusa
