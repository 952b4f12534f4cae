// SPDX-License-Identifier: MIT
// Medusa's feature flags, with Medusa's rules (its loaders/feature-flags and FlagRouter):
// environment variable, even an empty one, over project configuration over default; of strings only
// "true" (any case) is true; an unknown flag is off.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "medusa/config/config.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

/// A flag that the core package defines.
struct FlagDefinition {
  std::string key = {};
  bool enabled_by_default = false;
  std::string environment_variable = {};

  friend bool operator==(const FlagDefinition&, const FlagDefinition&) = default;
};

/// What a migration module's `featureFlag` export asks for: all of some flags, or one key of a
/// nested flag. Without either it is always satisfied.
struct FlagCondition {
  std::vector<std::string> all_of = {};
  std::string nested_flag = {};
  std::string nested_key = {};

  /// In words for people, e.g. "sales_channels and medusa_v2"; empty if there is no condition.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const FlagCondition&, const FlagCondition&) = default;
};

/// Which flags are on.
class FeatureFlags {
 public:
  FeatureFlags(const std::vector<FlagDefinition>& definitions,
               const std::map<std::string, FlagValue>& configured,
               const Environment& environment);

  [[nodiscard]] bool satisfies(const FlagCondition& condition) const;

 private:
  std::map<std::string, FlagValue> values_;
};

}  // namespace medusa
