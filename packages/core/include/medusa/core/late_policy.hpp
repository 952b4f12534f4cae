// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace medusa {

/// What to do about a late migration: one that is pending and older than something applied.
enum class LatePolicy {
  Allow,   ///< Run it, silently.
  Safe,    ///< Run it; warn unless it can be exchanged with everything newer that is applied.
  Refuse,  ///< Run it only if it can be exchanged with everything newer that is applied.
};

[[nodiscard]] std::string_view to_string(LatePolicy policy);

/// The policy of that name, if there is one.
[[nodiscard]] std::optional<LatePolicy> parse_late_policy(std::string_view name);

}  // namespace medusa
