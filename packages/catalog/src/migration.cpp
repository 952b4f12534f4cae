// SPDX-License-Identifier: MIT
#include "medusa/catalog/migration.hpp"

namespace medusa {

std::string_view to_string(MigrationKind kind) {
  return kind == MigrationKind::Sql ? "sql" : "typeorm";
}

}  // namespace medusa
