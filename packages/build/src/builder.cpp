// SPDX-License-Identifier: MIT
#include "medusa/build/builder.hpp"

#include <algorithm>

#include "medusa/system/files.hpp"

#include "build_steps.hpp"
#include "inspection.hpp"

namespace medusa {

namespace {

using Clock = std::chrono::steady_clock;

bool anything_stale(const std::vector<MemberBuild>& builds) {
  return std::any_of(
      builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); });
}

std::chrono::microseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

/// Gives the time that lowering took.
std::chrono::microseconds run_steps(BuildRun run) {
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
  const Clock::time_point start = Clock::now();
  lower(run);
  const std::chrono::microseconds lowering = since(start);
  replace_outputs(run);
  return lowering;
}

/// Each build tells them, also one that finds them in a manifest: only that it is mended ends it.
void tell_suspicious(const std::vector<MemberBuild>& builds, BuildObserver& observer) {
  for (const MemberBuild& build : builds) {
    if (!build.old.has_value()) {
      continue;
    }
    for (const ManifestEntry& entry : build.old->entries) {
      for (const SuspiciousStatement& statement : entry.suspicious) {
        observer.on_event(BuildWarning{
            .member = build.member.name,
            .message = "PostgreSQL's parser does not accept a statement: " + statement.message,
            .place = Location{.file = build.member.root / statement.file,
                              .line = statement.line,
                              .column = statement.column},
            .notes = {"in: " + statement.sql}});
      }
    }
  }
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
  std::vector<MemberBuild> builds = inspect_members(workspace, options);
  std::size_t built = 0;
  std::chrono::microseconds lowering{0};
  if (anything_stale(builds)) {
    const FileLock lock(workspace.root / ".medusa" / "build.lock");
    builds = inspect_members(workspace, options);  // somebody may have built while we waited
    built = static_cast<std::size_t>(std::count_if(
        builds.begin(), builds.end(), [](const MemberBuild& build) { return build.needs_work(); }));
    if (built > 0) {
      lowering = run_steps({workspace, options, host, observer, builds});
    }
  }
  tell_suspicious(builds, observer);
  observer.on_event(BuildFinished{.members = builds.size(),
                                  .built_members = built,
                                  .duration = since(start),
                                  .lowering = lowering});
  return result_of(std::move(builds));
}

}  // namespace medusa
