// SPDX-License-Identifier: MIT
#include "inspection.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace medusa {

namespace {

/// Nearly all the time goes into system calls; more threads than this only wait for each other.
constexpr std::size_t kMostThreads = 8;
/// A thread costs about as much as looking at a member or two.
constexpr std::size_t kMembersEach = 4;

std::size_t thread_count(std::size_t members) {
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  return std::min({processors, kMostThreads, 1 + members / kMembersEach});
}

MemberBuild inspect_with_memory(const Member& member,
                                const Workspace& workspace,
                                const BuildOptions& options) {
  FileChecksums checksums(workspace.root / ".medusa" / "stamps" / file_name_of(member, ""));
  MemberBuild build = inspect_member(member, workspace.root, options, checksums);
  checksums.save();
  return build;
}

/// The members' inspections, shared by the threads: each takes the next one that nobody has taken.
class Inspections {
 public:
  Inspections(const Workspace& workspace, const BuildOptions& options)
      : workspace_(workspace),
        options_(options),
        builds_(workspace.members.size()),
        failures_(workspace.members.size()) {}

  void work() {
    for (std::size_t i = next_++; i < builds_.size(); i = next_++) {
      try {
        builds_[i].emplace(inspect_with_memory(workspace_.members[i], workspace_, options_));
      } catch (...) {
        failures_[i] = std::current_exception();
      }
    }
  }

  std::vector<MemberBuild> take() {
    for (const std::exception_ptr& failure : failures_) {
      if (failure) {
        std::rethrow_exception(failure);
      }
    }
    std::vector<MemberBuild> builds;
    builds.reserve(builds_.size());
    for (std::optional<MemberBuild>& build : builds_) {
      builds.push_back(std::move(*build));
    }
    return builds;
  }

 private:
  const Workspace& workspace_;
  const BuildOptions& options_;
  std::vector<std::optional<MemberBuild>> builds_;
  std::vector<std::exception_ptr> failures_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace

std::vector<MemberBuild> inspect_members(const Workspace& workspace, const BuildOptions& options) {
  Inspections inspections(workspace, options);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < thread_count(workspace.members.size()); ++i) {
      others.emplace_back([&] { inspections.work(); });
    }
    inspections.work();
  }
  return inspections.take();
}

}  // namespace medusa
