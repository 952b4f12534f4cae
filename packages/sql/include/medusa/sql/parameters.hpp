// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace medusa {

/// The statement with $1, $2, ... replaced by literals: for people to read, never to be sent.
/// Places are found by PostgreSQL's lexer, so a $1 inside a string stays. A parameter without a
/// value stays as well; text that does not scan is returned unchanged.
[[nodiscard]] std::string render_parameters(std::string_view sql,
                                            const std::vector<std::optional<std::string>>& values);

}  // namespace medusa
