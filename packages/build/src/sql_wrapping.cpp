// SPDX-License-Identifier: MIT
#include <string>

#include "medusa/catalog/program.hpp"
#include "medusa/catalog/program_checksum.hpp"
#include "medusa/core/checksum.hpp"
#include "medusa/sql/text_encoding.hpp"
#include "medusa/system/files.hpp"

#include "build_steps.hpp"
#include "lowering.hpp"
#include "sql_class.hpp"

namespace medusa {

namespace {

/// Notes what is known of them, and writes what a reviewer reads beside the output, as of a lowered
/// migration: the statements that run.
void describe_statements(const MemberBuild& build,
                         const SourceFile& source,
                         DescribedMigration& described) {
  const std::string& name = described.name;
  const Migration migration{
      .name = name, .kind = MigrationKind::Sql, .source = build.source_folder() / source.path};
  const std::string stem = lowered_stem(build.output_folder(), source.output).string();
  const Lowering up = load_lowering(migration, true);
  const Lowering down = load_lowering(migration, false);
  described.up_checksum = program_checksum(up);
  described.down_checksum = program_checksum(down);
  described.outside_up = find_outside_transaction(up);
  described.outside_down = find_outside_transaction(down);
  write_file(stem + ".up.sql", readable(name, up));
  write_file(stem + ".down.sql",
             down.program.has_value() ? readable(name, down)
                                      : "-- " + name + "\n-- none: " + down.reason + '\n');
}

std::string wrap(BuildRun& run,
                 const MemberBuild& build,
                 const SourceFile& source,
                 const std::string& content,
                 ManifestEntry& entry) {
  const SqlMigrationName name = sql_migration_name(source.path).value_or(SqlMigrationName{});
  const std::filesystem::path file = build.source_folder() / source.path;
  try {
    if (const auto problem = encoding_problem(content, file)) {
      throw Error(*problem);
    }
    const SqlMigration migration = parse_sql_migration(content);
    entry.migrations = {{.name = name.name,
                         .timestamp = name.timestamp,
                         .export_name = name.name,
                         .transaction = migration.transaction,
                         .order = migration.order,
                         .allowed_hazards = migration.allowed_hazards}};
    describe_statements(build, source, entry.migrations.front());
    return sql_class(migration, name, source.path);
  } catch (const Error& error) {
    Diagnostic problem = error.first();
    problem.location = problem.location.value_or(Location{});
    problem.location->file = file;
    problem.message = "cannot build the migration: " + problem.message;
    run.problems.push_back(problem);
    return {};
  }
}

}  // namespace

void wrap_sql(BuildRun& run) {
  run.for_each_stale([&](MemberBuild& build) {
    for (const std::size_t index : build.stale) {
      const SourceFile& source = build.sources[index];
      ManifestEntry& entry = build.fresh.entries[index];
      if (build.mode == BuildMode::Built || source.kind == SourceKind::Script) {
        continue;
      }
      const std::string content = read_file(build.source_folder() / source.path);
      const std::string output =
          source.kind == SourceKind::Sql ? wrap(run, build, source, content, entry) : content;
      write_file(build.output_folder() / source.output, output);
      entry.output_checksum = sha256(output);
      if (source.kind == SourceKind::Asset && source.path.ends_with(".sql") &&
          content.find("-- migrate:up") != std::string::npos) {
        run.warn(build,
                 source.path +
                     " looks like a migration but is not called "
                     "<13-digit timestamp>-<name>.sql, so it does not run");
      }
    }
  });
}

}  // namespace medusa
