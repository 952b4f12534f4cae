// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/core/location.hpp"
#include "medusa/report/look.hpp"

namespace medusa {

/// The line of the location behind its number, and below it a caret if the column is known:
///
///       7 | plugins = ["plugins/*
///         |           ^
///
/// Reads the file if the location has no text. Tabs become blanks, and a line that is too long is
/// cut around the column. Empty if there is nothing to show.
[[nodiscard]] std::string source_excerpt(const Location& location, const Look& look, Style caret);

}  // namespace medusa
