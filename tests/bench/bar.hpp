// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace medusa {

/// A promise of the project, and what was measured.
struct Bar {
  enum class Side { AtMost, AtLeast };

  std::string what = {};
  Side side = Side::AtMost;
  double limit = 0;
  double measured = 0;
  std::string unit = {};  ///< Behind both figures: " ms", " MiB", "x".

  [[nodiscard]] bool is_met() const {
    return side == Side::AtMost ? measured <= limit : measured >= limit;
  }

  /// "<= 25 ms".
  [[nodiscard]] std::string limit_text() const;
  [[nodiscard]] std::string measured_text() const;
  /// "met", or "missed by 12 %": of the limit.
  [[nodiscard]] std::string verdict() const;
};

}  // namespace medusa
