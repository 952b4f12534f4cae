// SPDX-License-Identifier: MIT
#include "medusa/workspace/workspace.hpp"

#include "discovery.hpp"

namespace medusa {

Workspace load_workspace(const Config& config) {
  return Discovery(config).run();
}

}  // namespace medusa
