// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// The JavaScript of packages/host/node as one text for Node's standard input.
extern const std::string_view kHostScript;

}  // namespace medusa
