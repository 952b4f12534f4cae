// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace medusa {

/// Whether a foreign key of the one type can refer to a key of the other, by their names in
/// pg_type; what stands in parentheses does not matter. Yes where it is not known.
[[nodiscard]] bool can_refer(std::string_view foreign_key, std::string_view key);

}  // namespace medusa
