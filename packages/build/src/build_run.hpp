// SPDX-License-Identifier: MIT
// One build of everything that is stale, as its steps share it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "medusa/build/builder.hpp"
#include "medusa/core/error.hpp"

#include "member_build.hpp"

namespace medusa {

/// What the steps of a build work on. Everything referred to outlives the run.
struct BuildRun {
  const Workspace& workspace;
  const BuildOptions& options;
  ScriptHost& host;
  BuildObserver& observer;
  std::vector<MemberBuild>& builds;
  std::vector<Diagnostic> problems = {};  ///< Of all members; each step collects its own.

  /// Calls `action` with each member that needs work, in collection order.
  template <typename Action>
  void for_each_stale(Action action) {
    for (MemberBuild& build : builds) {
      if (build.needs_work()) {
        action(build);
      }
    }
  }

  void warn(const MemberBuild& build, const std::string& message) {
    observer.on_event(BuildWarning{.member = build.member.name, .message = message});
  }

  /// @throws Error with all problems, if there are any.
  void give_up_on_problems() const {
    if (!problems.empty()) {
      throw Error(problems);
    }
  }
};

}  // namespace medusa
