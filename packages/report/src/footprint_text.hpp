// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/catalog/lowered.hpp"

namespace medusa {

/// What the program does to a database, a line for each effect, in order: "creates table review (4
/// columns)", "needs table product". Parts of a new table are counted, not listed; what a migration
/// needs of its own making is left out; no line is there twice. Of a question, both branches.
[[nodiscard]] std::vector<std::string> footprint_lines(const LoweredProgram& program);

}  // namespace medusa
