// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace medusa {

/// What to do about statements that are hard on a shop that is open.
enum class HazardPolicy {
  Off,     ///< Nothing is looked at.
  Warn,    ///< The plan tells them.
  Refuse,  ///< An upgrade with one that is not allowed is refused before anything runs.
};

[[nodiscard]] std::string_view to_string(HazardPolicy policy);

/// The policy of that name, if there is one.
[[nodiscard]] std::optional<HazardPolicy> parse_hazard_policy(std::string_view name);

}  // namespace medusa
