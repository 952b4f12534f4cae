// SPDX-License-Identifier: MIT
#include "bar.hpp"

#include <cmath>

#include <fmt/format.h>

namespace medusa {

std::string Bar::limit_text() const {
  return fmt::format("{} {:g}{}", side == Side::AtMost ? "<=" : ">=", limit, unit);
}

std::string Bar::measured_text() const {
  return fmt::format("{:.{}f}{}", measured, unit == "x" ? 2 : 1, unit);
}

std::string Bar::verdict() const {
  if (is_met()) {
    return "met";
  }
  return fmt::format("missed by {:.0f} %", std::ceil(std::abs(measured - limit) / limit * 100.0));
}

}  // namespace medusa
