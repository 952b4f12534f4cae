// SPDX-License-Identifier: MIT
#include "named_before.hpp"

#include <algorithm>
#include <vector>

namespace medusa {

namespace {

/// Letters, digits, underscores and everything beyond ASCII; lower case, as names fold.
std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  std::string word;
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
        static_cast<unsigned char>(c) >= 0x80) {
      word += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!word.empty()) {
      found.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) {
    found.push_back(std::move(word));
  }
  return found;
}

}  // namespace

void NamedBefore::add(const LoweredStatement& statement, std::size_t position) {
  ++statements_;
  for (std::string& word : words(statement.sql)) {
    add_word(std::move(word), position);
  }
  for (const auto& value :
       statement.parameters.value_or(decltype(statement.parameters)::value_type{})) {
    for (std::string& word : words(value.value_or(""))) {
      add_word(std::move(word), position);
    }
  }
}

void NamedBefore::add_word(std::string word, std::size_t position) {
  std::size_t& latest = latest_[std::move(word)];
  latest = std::max(latest, position);
}

std::optional<std::size_t> NamedBefore::find(std::string_view name) const {
  std::size_t latest = 0;
  for (const std::string& word : words(name)) {
    const auto found = latest_.find(word);
    if (found == latest_.end()) {
      return std::nullopt;
    }
    latest = std::max(latest, found->second);
  }
  return latest;
}

}  // namespace medusa
