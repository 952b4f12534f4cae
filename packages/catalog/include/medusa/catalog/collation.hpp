// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Whether `a` sorts before `b` as `a.localeCompare(b, "en")` says: that is how Medusa's glob sorts
/// file names, and the order decides between equal timestamps. Exact for ASCII (Unicode's root
/// collation: punctuation, symbols, digits, letters; case only as a last resort); other bytes sort
/// after it by value.
[[nodiscard]] bool collates_before(std::string_view a, std::string_view b);

}  // namespace medusa
