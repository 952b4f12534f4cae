// SPDX-License-Identifier: MIT
#include "medusa/catalog/program.hpp"

#include <algorithm>

#include "medusa/core/checksum.hpp"
#include "medusa/sql/migration_file.hpp"
#include "medusa/sql/position.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace {

Lowering from_sql(const Migration& migration, bool up) {
  const std::string content = read_file(migration.source, ErrorCode::Build);
  const SqlMigration parsed = parse_sql_migration(content);
  if (!up && !parsed.has_down) {
    return {.reason = "it has no '-- migrate:down' section"};
  }
  LoweredProgram program;
  for (const Statement& statement : up ? parsed.up : parsed.down) {
    Location place = position_at(content, statement.offset);
    place.file = migration.source;
    program.push_back({.statement = {.sql = statement.text, .place = place}});
  }
  return {.program = std::move(program)};
}

Lowering from_recording(const Migration& migration, bool up) {
  const std::string content = read_file(migration.lowered, ErrorCode::Build);
  const auto recorded = parse_lowered(content);
  if (recorded.has_value() && sha256(content) == migration.lowered_checksum) {
    const auto found =
        std::find_if(recorded->begin(), recorded->end(), [&](const LoweredMigration& candidate) {
          return candidate.name == migration.name;
        });
    if (found != recorded->end()) {
      return up ? found->up : found->down;
    }
  }
  throw Error({.code = ErrorCode::Build,
               .message = "the recording of " + migration.id() + " is damaged",
               .location = Location{.file = migration.lowered},
               .hint = "remove the file and run medusa build"});
}

}  // namespace

Lowering load_lowering(const Migration& migration, bool up) {
  if (migration.kind == MigrationKind::Sql) {
    return from_sql(migration, up);
  }
  if (migration.lowered.empty()) {
    return {.reason = up ? migration.dynamic_up : migration.dynamic_down};
  }
  return from_recording(migration, up);
}

}  // namespace medusa
