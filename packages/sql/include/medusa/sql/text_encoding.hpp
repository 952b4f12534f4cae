// SPDX-License-Identifier: MIT
// SQL goes to PostgreSQL as UTF-8; what a file has that is none would fail, or be something else,
// only when it runs.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "medusa/core/error.hpp"

namespace medusa {

/// What is wrong with the first character that PostgreSQL would not take: a byte that is no UTF-8,
/// or NUL. The hint is a command that converts `file`.
[[nodiscard]] std::optional<Diagnostic> encoding_problem(std::string_view content,
                                                         const std::filesystem::path& file);

}  // namespace medusa
