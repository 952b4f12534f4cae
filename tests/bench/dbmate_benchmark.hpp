// SPDX-License-Identifier: MIT
#pragma once

#include "options.hpp"
#include "results.hpp"

namespace medusa {

/// The same SQL files run by us, as plugins of a workspace, and by dbmate, as one folder: from
/// empty and with nothing pending. Both commit after each migration.
/// @throws std::exception if a contender fails or leaves something undone.
void measure_dbmate(const BenchOptions& options, Results& results);

}  // namespace medusa
