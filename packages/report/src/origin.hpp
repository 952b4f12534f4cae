// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/plan/recordings.hpp"

namespace medusa {

/// "applied 2026-01-31 12:00:00+00 by upgrade 3, from reviews 1.2.0"
[[nodiscard]] std::string origin_in_words(const Recording& recording);

}  // namespace medusa
