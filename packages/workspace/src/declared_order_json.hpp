// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "medusa/core/order_declaration.hpp"

namespace medusa {

/// What a package.json says under "medusa": {"migrations": {"after": [...], "before": [...],
/// "order": {"Name1700000000000": {"after": [...], "before": [...]}}}}. The subject is a
/// migration's name; empty: the whole package.
/// @throws Error with ErrorCode::Workspace carrying every problem: another key, a wrong type.
[[nodiscard]] std::vector<OrderDeclaration> read_declared_order(const nlohmann::json& object,
                                                                std::string_view text,
                                                                const std::filesystem::path& file);

}  // namespace medusa
