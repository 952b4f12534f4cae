// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace medusa {

/// Who runs this process, and where: "user@host", with the user's number if it has no name.
[[nodiscard]] std::string account();

}  // namespace medusa
