// SPDX-License-Identifier: MIT
#include "migration_template.hpp"

#include <algorithm>
#include <cctype>

#include "medusa/core/error.hpp"
#include "medusa/sql/migration_file.hpp"

namespace medusa {

namespace {

std::string typescript(const std::string& class_name) {
  return "import { MigrationInterface, QueryRunner } from \"typeorm\";\n\nexport class " +
         class_name +
         " implements MigrationInterface {\n\n"
         "    public async up(queryRunner: QueryRunner): Promise<void> {\n    }\n\n"
         "    public async down(queryRunner: QueryRunner): Promise<void> {\n    }\n\n}\n";
}

/// An export by name: Medusa does not see `module.exports = class`, which TypeORM's template has.
std::string javascript(const std::string& class_name) {
  return "exports." + class_name + " = class " + class_name +
         " {\n\n    async up(queryRunner) {\n    }\n\n    async down(queryRunner) {\n    }\n\n};\n";
}

bool is_identifier(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '$' || c == '_' || c >= 0x80;
         });
}

}  // namespace

MigrationTemplate make_migration(std::string_view name,
                                 std::int64_t timestamp,
                                 MigrationLanguage language) {
  MigrationTemplate result{.class_name = class_case(name) + std::to_string(timestamp)};
  if (!is_identifier(result.class_name)) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "'" + std::string(name) + "' gives no class name: '" +
                            result.class_name + "' is not an identifier",
                 .hint = "use letters and digits and begin with a letter, e.g. -n UserChanged"});
  }
  const std::string stem = std::to_string(timestamp) + '-' + std::string(name);
  switch (language) {
    case MigrationLanguage::TypeScript:
      result.file = stem + ".ts";
      result.content = typescript(result.class_name);
      break;
    case MigrationLanguage::JavaScript:
      result.file = stem + ".js";
      result.content = javascript(result.class_name);
      break;
    case MigrationLanguage::Sql:
      result.file = stem + ".sql";
      result.content = "-- migrate:up\n\n\n-- migrate:down\n\n";
      break;
  }
  return result;
}

}  // namespace medusa
