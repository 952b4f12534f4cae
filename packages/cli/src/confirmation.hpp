// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "context.hpp"

namespace medusa {

/// The exit status when the person said no: the answer is "no", and nothing was done that was asked
/// for.
inline constexpr int kDeclined = 1;

/// Whether there is a person to ask, and no --yes.
[[nodiscard]] bool asks(const Context& context);

/// Asks "<question> Type yes: " and reads a line.
[[nodiscard]] bool confirm(Context& context, const std::string& question);

}  // namespace medusa
