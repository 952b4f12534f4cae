// SPDX-License-Identifier: MIT
#include "module_listing.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <string>

#include "build_steps.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

bool unchanged(const std::vector<ManifestInput>& inputs,
               const fs::path& root,
               FileChecksums& checksums) {
  return std::all_of(inputs.begin(), inputs.end(), [&](const ManifestInput& input) {
    return checksums.of((root / input.path).native()) == input.checksum;
  });
}

/// What can be done about it, as a line that can be followed.
std::string hint_for(ModuleProblem problem, const Member& module) {
  return problem == ModuleProblem::NotLoadable
             ? "npm install"
             : "remove '" + module.name + "' from 'modules' under [workspace]";
}

std::vector<std::string> notes_for(ModuleProblem problem) {
  switch (problem) {
    case ModuleProblem::ForeignMigrations:
      return {
          "they have a table of their own, and Medusa's command line runs them after all others"};
    case ModuleProblem::NoMigrations:
      return {"its definition, the package's default export, has no 'migrations'"};
    case ModuleProblem::NoFile:
      return {
          "migrations that are bundled, or come from another package, have no file to look into"};
    case ModuleProblem::NotLoadable:
    case ModuleProblem::NotAModule:
      break;
  }
  return {};
}

Diagnostic not_listed(const ModuleList& list, const Member& module) {
  return {.code = ErrorCode::Build,
          .message = list.message,
          .location = module.configured.value_or(Location{.file = module.root / "package.json"}),
          .notes = notes_for(*list.problem),
          .hint = hint_for(*list.problem, module)};
}

void take_list(MemberBuild& build, const ModuleList& list) {
  for (const fs::path& file : list.files) {
    build.listed.push_back(file.lexically_relative(build.member.root));
  }
  build.list_inputs = inputs_of(list.inputs, build.member.root);
  FileChecksums checksums;
  build.sources = read_built(build.member.root, build.listed, checksums);
  build.stale.resize(build.sources.size());
  std::iota(build.stale.begin(), build.stale.end(), std::size_t{0});
}

}  // namespace

void take_old_list(MemberBuild& build, FileChecksums& checksums) {
  if (!build.old.has_value() || build.old->listed.empty() ||
      !unchanged(build.old->list_inputs, build.member.root, checksums)) {
    build.list_stale = true;
    return;
  }
  build.listed = build.old->listed;
  build.list_inputs = build.old->list_inputs;
  build.sources = read_built(build.member.root, build.listed, checksums);
}

void list_modules(BuildRun& run) {
  run.for_each_stale([&](MemberBuild& build) {
    if (!build.list_stale) {
      return;
    }
    const Member& module = build.member;
    const ModuleList list =
        run.host.list_module(module.name, module.root, run.workspace.backend().root);
    if (list.problem.has_value()) {
      run.problems.push_back(not_listed(list, module));
    } else {
      take_list(build, list);
    }
  });
}

}  // namespace medusa
