// SPDX-License-Identifier: MIT
#include "expansion.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace medusa {

namespace {

bool is_variable_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name.front()) &&
         std::all_of(
             name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

/// Fills in one `${...}`, given what stands between the braces.
void expand_one(std::string_view inside, const Environment& environment, Expansion& expansion) {
  const std::size_t separator = inside.find(":-");
  const std::string name(inside.substr(0, separator));
  if (!is_variable_name(name)) {
    // What is there may be a part of a password: it is not quoted.
    expansion.syntax_error = "'${...}' does not contain the name of an environment variable";
    return;
  }
  const std::optional<std::string> value = environment.get(name);
  if (separator != std::string_view::npos && value.value_or("").empty()) {
    expansion.text += inside.substr(separator + 2);
  } else if (value) {
    expansion.text += *value;
  } else if (std::find(expansion.unset.begin(), expansion.unset.end(), name) ==
             expansion.unset.end()) {
    expansion.unset.push_back(name);
  }
}

}  // namespace

Expansion expand_variables(std::string_view text, const Environment& environment) {
  Expansion expansion;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    expansion.text += text.substr(0, dollar);
    if (dollar == std::string_view::npos) {
      break;
    }
    text.remove_prefix(dollar + 1);
    if (text.starts_with('$')) {
      expansion.text += '$';
      text.remove_prefix(1);
    } else if (text.starts_with('{')) {
      const std::size_t close = text.find('}');
      if (close == std::string_view::npos) {
        expansion.syntax_error = "'${' is not closed by '}'";
        break;
      }
      expand_one(text.substr(1, close - 1), environment, expansion);
      text.remove_prefix(close + 1);
    } else {
      expansion.text += '$';
    }
  }
  return expansion;
}

}  // namespace medusa
