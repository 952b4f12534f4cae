// SPDX-License-Identifier: MIT
#include "medusa/core/hazard_policy.hpp"

namespace medusa {

std::string_view to_string(HazardPolicy policy) {
  switch (policy) {
    case HazardPolicy::Off:
      return "off";
    case HazardPolicy::Refuse:
      return "refuse";
    case HazardPolicy::Warn:
      break;
  }
  return "warn";
}

std::optional<HazardPolicy> parse_hazard_policy(std::string_view name) {
  for (const HazardPolicy policy : {HazardPolicy::Off, HazardPolicy::Warn, HazardPolicy::Refuse}) {
    if (to_string(policy) == name) {
      return policy;
    }
  }
  return std::nullopt;
}

}  // namespace medusa
