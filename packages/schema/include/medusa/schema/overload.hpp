// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace medusa {

/// One of the functions that share a name.
struct Overload {
  /// Types of its input arguments, as Effect::signature; absent: not known.
  std::optional<std::vector<std::string>> arguments = {};
  std::string result = {};  ///< As Effect::result; empty: not known.

  friend bool operator==(const Overload&, const Overload&) = default;
};

}  // namespace medusa
