// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "medusa/plan/status.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers `migrations show`: a table in the order of the rows with a count of the states below it,
/// or one JSON object on one line (README.md of this package).
void render_status(const std::vector<StatusRow>& rows, Terminal& terminal);

}  // namespace medusa
