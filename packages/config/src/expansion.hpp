// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "medusa/system/environment.hpp"

namespace medusa {

/// A text with its variables filled in, or what kept that from working.
struct Expansion {
  std::string text = {};
  std::vector<std::string> unset = {};  ///< Variables that are needed but not set, each once.
  std::string syntax_error = {};        ///< Empty if there is none. Quotes nothing of the text.
};

/// Replaces `${VAR}` and `${VAR:-default}` (used if VAR is not set or empty, as in a shell) and
/// `$$`. Any other `$` stands for itself, since passwords contain it.
[[nodiscard]] Expansion expand_variables(std::string_view text, const Environment& environment);

}  // namespace medusa
