// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "member_build.hpp"

namespace medusa {

/// Every member as inspect_member sees it, in the workspace's order. Members are looked at side by
/// side, each by one thread; what checksums they needed is remembered below `.medusa/stamps`.
/// @throws what inspect_member throws, for the first member that has a problem.
[[nodiscard]] std::vector<MemberBuild> inspect_members(const Workspace& workspace,
                                                       const BuildOptions& options);

}  // namespace medusa
