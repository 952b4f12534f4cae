// SPDX-License-Identifier: MIT
#include "medusa/catalog/feature_flags.hpp"

#include <algorithm>
#include <cctype>
#include <variant>

#include "medusa/core/text.hpp"

namespace medusa {

namespace {

using NestedFlags = std::map<std::string, bool>;

bool is_true(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text == "true";
}

/// `MEDUSA_FF_WORKFLOWS=createProducts,deleteProducts` turns on keys of a nested flag. Of a path
/// such as `a.b` Medusa makes an object in an object, so its first key is on.
FlagValue from_environment(const std::string& text) {
  if (text.find(',') == std::string::npos) {
    return is_true(text);
  }
  NestedFlags nested;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string path = text.substr(begin, end - begin);
    if (!path.empty()) {
      nested[path.substr(0, path.find('.'))] = true;
    }
    begin = end + 1;
  }
  return nested;
}

FlagValue from_configuration(const FlagValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return is_true(*text);
  }
  return value;
}

/// A nested flag is an object in Medusa, and so true as a whole.
bool is_on(const FlagValue& value) {
  const auto* on = std::get_if<bool>(&value);
  return on == nullptr || *on;
}

}  // namespace

std::string FlagCondition::text() const {
  return nested_flag.empty() ? join(all_of, " and ") : nested_flag + '.' + nested_key;
}

FeatureFlags::FeatureFlags(const std::vector<FlagDefinition>& definitions,
                           const std::map<std::string, FlagValue>& configured,
                           const Environment& environment) {
  for (const FlagDefinition& definition : definitions) {
    FlagValue value = definition.enabled_by_default;
    const auto in_configuration = configured.find(definition.key);
    if (const auto text = environment.get(definition.environment_variable)) {
      value = from_environment(*text);
    } else if (in_configuration != configured.end()) {
      value = from_configuration(in_configuration->second);
    }
    values_.emplace(definition.key, value);
  }
}

bool FeatureFlags::satisfies(const FlagCondition& condition) const {
  if (!condition.nested_flag.empty()) {
    const auto found = values_.find(condition.nested_flag);
    if (found == values_.end()) {
      return false;
    }
    if (const auto* nested = std::get_if<NestedFlags>(&found->second)) {
      const auto key = nested->find(condition.nested_key);
      return key != nested->end() && key->second;
    }
    return is_on(found->second);
  }
  return std::all_of(condition.all_of.begin(), condition.all_of.end(), [&](const std::string& key) {
    const auto found = values_.find(key);
    return found != values_.end() && is_on(found->second);
  });
}

}  // namespace medusa
