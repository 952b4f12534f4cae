// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/core/error.hpp"

namespace medusa {

/// With ErrorCode::Lock.
[[nodiscard]] inline Error lost_lock(const std::string& reason) {
  return Error({.code = ErrorCode::Lock,
                .message = "the run lock was lost",
                .notes = {reason},
                .hint = "run the same command again"});
}

}  // namespace medusa
