// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "medusa/plan/comparison.hpp"

namespace medusa {

/// For people: "its SQL changed"; empty if nothing differs.
[[nodiscard]] std::string_view difference_in_words(Comparison comparison);

/// For programs: "sql", "source"; empty if nothing differs.
[[nodiscard]] std::string_view difference_key(Comparison comparison);

}  // namespace medusa
