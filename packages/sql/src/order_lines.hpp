// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "medusa/core/order_declaration.hpp"

namespace medusa {

/// The `-- medusa:after NAME` and `-- medusa:before NAME` lines of an SQL migration: comments as
/// PostgreSQL's lexer sees them, in front of the first statement.
/// @throws Error with ErrorCode::Build and a Location (without a file): another word after
///   "medusa:", no name, a declaration behind the first statement.
[[nodiscard]] std::vector<OrderDeclaration> read_order_lines(std::string_view content);

}  // namespace medusa
