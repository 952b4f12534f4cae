// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "context.hpp"

namespace medusa {

/// Whether there is a person to ask, and no --yes.
[[nodiscard]] bool asks(const Context& context);

/// Asks "<question> Type yes: " and reads a line.
[[nodiscard]] bool confirm(Context& context, const std::string& question);

}  // namespace medusa
