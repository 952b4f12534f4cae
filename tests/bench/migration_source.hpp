// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

namespace medusa {

enum class MigrationLanguage { TypeScript, Sql };

/// File name of the migration with that number, e.g. "1600000042000-thing-42.ts".
[[nodiscard]] std::string migration_file_name(std::size_t number, MigrationLanguage language);

/// The same with a timestamp before that of number 0.
[[nodiscard]] std::string late_file_name(std::size_t number);

/// TypeScript as people write it: of twenty migrations eleven send statements with query(), five
/// create a table with TypeORM's Table, two import a relative helper, one creates an index with
/// TableIndex, one sends parameters. Numbers differ in every name, so all can be applied together.
/// `revision` is part of a statement: another one is another content.
[[nodiscard]] std::string migration_source(std::size_t number, std::size_t revision = 0);

/// The helper that some of them import as "../columns".
[[nodiscard]] std::string migration_helper_source();

/// SQL: a table with an index and a later column; every fourth one refers to the table of the
/// number before, which is another plugin's.
[[nodiscard]] std::string sql_migration_source(std::size_t number, std::size_t revision = 0);

}  // namespace medusa
