// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace medusa {

/// What figures depend on, a line each: processors, memory, kernel, versions, how we were built.
/// Nothing that names the machine.
[[nodiscard]] std::string machine_description();

/// How busy the machine is, and since when figures are taken: date and load averages.
[[nodiscard]] std::string load_description();

}  // namespace medusa
