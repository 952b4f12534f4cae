// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "medusa/sql/migration_file.hpp"

namespace medusa {

/// A JavaScript module with a TypeORM migration class that runs the statements: with it Medusa's
/// own command line runs SQL migrations too. `file` is named in its first line.
[[nodiscard]] std::string sql_class(const SqlMigration& migration,
                                    const SqlMigrationName& name,
                                    const std::string& file);

}  // namespace medusa
