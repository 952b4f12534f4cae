// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "medusa/catalog/lowered.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// "creates ", "needs ": what is done to the object that follows.
[[nodiscard]] std::string_view verb_of(Action action);

/// What the program does to a database, a line for each effect, in order: "creates table review (4
/// columns)", "needs table product". Parts of a new table are counted, not listed; what a migration
/// needs of its own making is left out; no line is there twice. Of a question, both branches.
[[nodiscard]] std::vector<std::string> footprint_lines(const LoweredProgram& program);

}  // namespace medusa
