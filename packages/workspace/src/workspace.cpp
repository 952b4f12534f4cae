// SPDX-License-Identifier: MIT
#include "medusa/workspace/workspace.hpp"

#include <algorithm>

#include "discovery.hpp"

namespace medusa {

const Member& Workspace::backend() const {
  return *std::find_if(members.begin(), members.end(), [](const Member& member) {
    return member.role == Role::Backend;
  });
}

Workspace load_workspace(const Config& config) {
  return Discovery(config).run();
}

}  // namespace medusa
