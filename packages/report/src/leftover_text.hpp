// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/execute/foresight.hpp"

namespace medusa {

/// "index one_n of one was left INVALID: it is dropped, and built again".
[[nodiscard]] std::string leftover_text(const LeftoverIndex& leftover);

}  // namespace medusa
