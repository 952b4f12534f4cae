// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// The schemas of a search_path as PostgreSQL writes it (`"$user", public`): folded, without
/// quotes, in their order. Nothing if it is not such a list.
[[nodiscard]] std::optional<std::vector<std::string>> parse_search_path(std::string_view text);

}  // namespace medusa
