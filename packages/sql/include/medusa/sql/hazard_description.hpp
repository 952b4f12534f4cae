// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "medusa/sql/hazard.hpp"

namespace medusa {

/// A rule for people.
struct HazardDescription {
  std::string_view title = {};  ///< What the statement does, in a line.
  std::string_view lock = {};   ///< Which lock it takes, and what is done meanwhile.
  std::string_view why = {};    ///< What that means for a shop; paragraphs are lines.
  std::string_view safer = {};  ///< What to do instead: SQL, comments between.
  std::string_view manual = {};
  bool refused = false;  ///< In every upgrade: nothing allows it.
};

[[nodiscard]] const HazardDescription& describe(HazardRule rule);

}  // namespace medusa
