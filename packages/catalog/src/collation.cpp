// SPDX-License-Identifier: MIT
#include "medusa/catalog/collation.hpp"

#include <algorithm>
#include <cctype>
#include <compare>

namespace medusa {

namespace {

/// ASCII in the order of Unicode's default collation table (DUCET, non-ignorable punctuation).
constexpr std::string_view kOrder =
    "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

int weight(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const char lower = static_cast<char>(std::tolower(byte));
  const std::size_t place = kOrder.find(lower);
  if (place != std::string_view::npos) {
    return static_cast<int>(place) + 1;
  }
  return byte < 0x80 ? 0 : 256 + byte;  // a blank comes before everything
}

}  // namespace

bool collates_before(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (weight(a[i]) != weight(b[i])) {
      return weight(a[i]) < weight(b[i]);
    }
  }
  if (a.size() != b.size()) {
    return a.size() < b.size();
  }
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) {
      return std::islower(static_cast<unsigned char>(a[i])) != 0;  // lower case first
    }
  }
  return false;
}

}  // namespace medusa
