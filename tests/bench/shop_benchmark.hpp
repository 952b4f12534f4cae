// SPDX-License-Identifier: MIT
#pragma once

#include "options.hpp"
#include "results.hpp"

namespace medusa {

/// The example shop: from empty against libpq, Medusa's command line and TypeORM; with nothing
/// pending against Medusa's command line; both with the database two milliseconds away.
/// @throws std::exception if a contender fails, or leaves another schema than we do.
void measure_shop(const BenchOptions& options, Results& results);

}  // namespace medusa
