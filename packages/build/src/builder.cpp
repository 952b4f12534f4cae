// SPDX-License-Identifier: MIT
#include "medusa/build/builder.hpp"

#include <algorithm>

#include "medusa/system/files.hpp"

#include "build_steps.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<MemberBuild> inspect(const Workspace& workspace,
                                 const BuildOptions& options,
                                 FileChecksums& checksums) {
  std::vector<MemberBuild> builds;
  builds.reserve(workspace.members.size());
  for (const Member& member : workspace.members) {
    builds.push_back(inspect_member(member, workspace.root, options, checksums));
  }
  return builds;
}

bool anything_stale(const std::vector<MemberBuild>& builds) {
  return std::any_of(
      builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); });
}

void run_steps(BuildRun run) {
  list_modules(run);
  run.give_up_on_problems();
  refuse_clashes(run);
  run.give_up_on_problems();
  begin_members(run);
  run.give_up_on_problems();
  compile(run);
  wrap_sql(run);
  run.give_up_on_problems();
  describe(run);
  run.give_up_on_problems();
  record(run);
  write_footprints(run);
  replace_outputs(run);
}

BuildResult result_of(std::vector<MemberBuild> builds) {
  BuildResult result;
  result.members.reserve(builds.size());
  for (MemberBuild& build : builds) {
    Manifest manifest = std::move(build.old).value_or(Manifest{.member = build.member.name});
    if (build.member.role == Role::Core) {
      result.flags = manifest.flags;
    }
    result.members.push_back({.member = build.member,
                              .manifest = std::move(manifest),
                              .output = build.places.collected,
                              .lowered = build.lowered_folder});
  }
  return result;
}

}  // namespace

BuildResult build(const Workspace& workspace,
                  const BuildOptions& options,
                  ScriptHost& host,
                  BuildObserver& observer) {
  const Clock::time_point start = Clock::now();
  FileChecksums checksums(workspace.root / ".medusa" / "checksums");
  std::vector<MemberBuild> builds = inspect(workspace, options, checksums);
  std::size_t built = 0;
  if (anything_stale(builds)) {
    const FileLock lock(workspace.root / ".medusa" / "build.lock");
    checksums.look_again();
    builds =
        inspect(workspace, options, checksums);  // somebody else may have built while we waited
    built = static_cast<std::size_t>(std::count_if(
        builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); }));
    if (built > 0) {
      run_steps({workspace, options, host, observer, builds});
    }
  }
  checksums.save();
  observer.on_event(BuildFinished{
      .members = builds.size(),
      .built_members = built,
      .duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start),
      .recording = host.recording_time()});
  return result_of(std::move(builds));
}

}  // namespace medusa
