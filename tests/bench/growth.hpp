// SPDX-License-Identifier: MIT
#pragma once

#include "options.hpp"
#include "results.hpp"

namespace medusa {

/// Generated workspaces of several sizes: building, planning, and running with nothing pending.
/// @throws std::exception if a command fails.
void measure_growth(const BenchOptions& options, Results& results);

}  // namespace medusa
