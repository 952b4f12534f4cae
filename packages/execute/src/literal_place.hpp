// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "medusa/core/location.hpp"

namespace medusa {

/// The place in the source of the `offset`-th byte of `text`, where the call at `call` gets the
/// text as a literal that is written exactly as it is sent. Nothing for anything else: built or
/// interpolated texts, escapes, a file that changed.
[[nodiscard]] std::optional<Location> place_in_literal(const Location& call,
                                                       const std::string& text,
                                                       std::size_t offset);

}  // namespace medusa
