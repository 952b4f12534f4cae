// SPDX-License-Identifier: MIT
// What a DROP takes along, and what stands in its way.
#pragma once

#include <vector>

#include "object_graph.hpp"

namespace medusa {

struct Removal {
  std::vector<NodeId> gone = {};      ///< Each once; what was asked for comes first.
  std::vector<NodeId> blockers = {};  ///< What depends on something gone and does not go with it.

  /// Columns that lose no more than a default: `from` stays, without its use of `to`.
  struct Loss {
    NodeId from = kNoNode;
    NodeId to = kNoNode;
  };

  std::vector<Loss> losses = {};
};

/// Of one statement that drops all of `roots`.
[[nodiscard]] Removal removal_of(const ObjectGraph& graph,
                                 const std::vector<NodeId>& roots,
                                 bool cascade);

}  // namespace medusa
