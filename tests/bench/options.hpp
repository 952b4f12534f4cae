// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "migration_source.hpp"

namespace medusa {

/// What one run of the program measures.
struct BenchOptions {
  bool shop = true;        ///< The example shop against Medusa, TypeORM and libpq.
  bool dbmate = true;      ///< SQL migrations against dbmate.
  bool growth = true;      ///< Generated workspaces, by size.
  bool only_plan = false;  ///< Of growth, only what plans and runs.
  bool is_smoke = false;   ///< Only to see that everything works; the figures say nothing.
  MigrationLanguage language = MigrationLanguage::TypeScript;  ///< Of growth.
  std::vector<std::size_t> sizes{100, 1'000, 10'000};  ///< Numbers of migrations, of growth.
  std::vector<std::size_t> dbmate_sizes{1'000, 10'000};
  std::size_t runs = 15;                           ///< Of what takes less than a second or so.
  std::size_t slow_runs = 3;                       ///< Of what takes longer.
  std::optional<std::filesystem::path> file = {};  ///< Where the results go besides our output.

  /// @throws std::invalid_argument with the usage.
  [[nodiscard]] static BenchOptions of(const std::vector<std::string>& arguments);
};

}  // namespace medusa
