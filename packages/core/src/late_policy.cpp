// SPDX-License-Identifier: MIT
#include "medusa/core/late_policy.hpp"

namespace medusa {

std::string_view to_string(LatePolicy policy) {
  switch (policy) {
    case LatePolicy::Allow:
      return "allow";
    case LatePolicy::Refuse:
      return "refuse";
    case LatePolicy::Safe:
      break;
  }
  return "safe";
}

std::optional<LatePolicy> parse_late_policy(std::string_view name) {
  for (const LatePolicy policy : {LatePolicy::Allow, LatePolicy::Safe, LatePolicy::Refuse}) {
    if (to_string(policy) == name) {
      return policy;
    }
  }
  return std::nullopt;
}

}  // namespace medusa
