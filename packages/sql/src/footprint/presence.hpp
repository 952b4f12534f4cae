// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/footprint.hpp"

namespace medusa {

/// Whether the condition of an IF is nothing but the question whether what the effect creates is
/// not there, or what it changes is: `NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'color')`.
[[nodiscard]] bool asks_for_presence(const std::string& condition, const Effect& effect);

}  // namespace medusa
