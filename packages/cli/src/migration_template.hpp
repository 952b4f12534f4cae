// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace medusa {

enum class MigrationLanguage { TypeScript, JavaScript, Sql };

/// A new, empty migration.
struct MigrationTemplate {
  std::string file = {};        ///< `<timestamp>-<name>.<ts|js|sql>`
  std::string class_name = {};  ///< What will be recorded.
  std::string content = {};
};

/// As TypeORM's migration:create names it: file after `name` as given, class in camel case with the
/// timestamp.
/// @throws Error with ErrorCode::Usage if the class would not be an identifier.
[[nodiscard]] MigrationTemplate make_migration(std::string_view name,
                                               std::int64_t timestamp,
                                               MigrationLanguage language);

}  // namespace medusa
