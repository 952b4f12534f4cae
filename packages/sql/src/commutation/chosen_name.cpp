// SPDX-License-Identifier: MIT
#include "commutation/chosen_name.hpp"

#include <cstddef>

namespace medusa {

namespace {

// A number makes a long name shorter elsewhere: then only its beginning is certain.
constexpr std::size_t kNearlyFull = 58;
constexpr std::size_t kCertain = 20;

std::string_view without_number(std::string_view name) {
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') {
    name.remove_suffix(1);
  }
  return name;
}

}  // namespace

bool chosen_maybe_equal(std::string_view a, std::string_view b) {
  if (a.size() >= kNearlyFull && b.size() >= kNearlyFull) {
    return a.substr(0, kCertain) == b.substr(0, kCertain);
  }
  return without_number(a) == without_number(b);
}

std::vector<std::string> stems_of(std::string_view name) {
  std::vector<std::string> stems{"=" + std::string(without_number(name))};
  if (name.size() >= kNearlyFull) {
    stems.push_back("~" + std::string(name.substr(0, kCertain)));
  }
  return stems;
}

}  // namespace medusa
