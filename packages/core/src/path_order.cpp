// SPDX-License-Identifier: MIT
#include "medusa/core/path_order.hpp"

#include <algorithm>

namespace medusa {

bool path_before(std::string_view a, std::string_view b) {
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c); };
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return rank(x) < rank(y); });
}

}  // namespace medusa
