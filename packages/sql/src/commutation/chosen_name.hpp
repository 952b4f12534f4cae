// SPDX-License-Identifier: MIT
// Names that PostgreSQL chooses: a proposal, and a number if that is taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// Whether a name that is chosen may come out as the other one, or the other way round.
[[nodiscard]] bool chosen_maybe_equal(std::string_view a, std::string_view b);

/// Two names for which chosen_maybe_equal holds have a stem in common.
[[nodiscard]] std::vector<std::string> stems_of(std::string_view name);

}  // namespace medusa
