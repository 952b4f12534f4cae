// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench_database.hpp"

namespace medusa {

/// The statements that turn an empty database into `migrated`, which `medusa migrations run` made
/// in the workspace: all that its migrations send, dynamic ones too, and the tables and rows of the
/// history, ours with the recorded SQL as well. `empty` is an empty database to rehearse on.
[[nodiscard]] std::vector<std::string> shop_script(const std::filesystem::path& workspace,
                                                   const BenchDatabase& migrated,
                                                   const BenchDatabase& empty);

}  // namespace medusa
