// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// The program's version, from `project(VERSION)`.
[[nodiscard]] std::string_view version();

}  // namespace medusa
