// SPDX-License-Identifier: MIT
#include "lowering.hpp"

#include <algorithm>

#include "medusa/catalog/program_checksum.hpp"
#include "medusa/core/checksum.hpp"
#include "medusa/sql/statement.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

void note(const LoweredMigration& lowered, ManifestEntry& entry) {
  const auto found = std::find_if(
      entry.migrations.begin(), entry.migrations.end(), [&](const DescribedMigration& migration) {
        return migration.name == lowered.name;
      });
  if (found == entry.migrations.end()) {
    return;
  }
  found->dynamic_up = lowered.up.reason;
  found->dynamic_down = lowered.down.reason;
  found->up_checksum = program_checksum(lowered.up);
  found->down_checksum = program_checksum(lowered.down);
  found->outside_up = find_outside_transaction(lowered.up);
  found->outside_down = find_outside_transaction(lowered.down);
}

/// Why a statement must not be sent blindly; empty if nothing speaks against it.
std::string objection_to(const LoweredStatement& statement) {
  try {
    for (const Statement& part : split_statements(statement.sql)) {
      if (part.effect != TransactionEffect::None) {
        // Refused, or carried out outside the upgrade's transaction, when it runs in the host.
        return std::string(kControlsTransaction);
      }
    }
  } catch (const Error&) {
    return "it sends what PostgreSQL's parser does not accept";  // so it may be anything
  }
  return {};
}

std::string objection_to(const LoweredProgram& program) {
  for (const LoweredNode& node : program) {
    if (std::string objection = objection_to(node.statement); !objection.empty()) {
      return objection;
    }
    for (const std::string& objection : {objection_to(node.yes), objection_to(node.no)}) {
      if (!objection.empty()) {
        return objection == kControlsTransaction ? "it may begin or end a transaction" : objection;
      }
    }
  }
  return {};
}

Lowering checked(const Lowering& lowering) {
  const std::string objection =
      lowering.program.has_value() ? objection_to(*lowering.program) : std::string{};
  return objection.empty() ? lowering : Lowering{.reason = objection};
}

}  // namespace

fs::path lowered_stem(const fs::path& folder, const fs::path& output) {
  return folder / fs::path(output).replace_extension();
}

std::vector<fs::path> lowered_files(const fs::path& output) {
  std::vector<fs::path> files;
  for (const std::string_view ending : kLoweredEndings) {
    files.push_back(fs::path(output).replace_extension(ending));
  }
  return files;
}

std::string readable(const std::string& name, const Lowering& lowering) {
  return "-- " + name + '\n' + readable_sql(lowering);
}

void write_lowering(const RecordedModule& module, const fs::path& folder, ManifestEntry& entry) {
  std::vector<LoweredMigration> migrations = module.migrations;
  for (LoweredMigration& migration : migrations) {
    migration.up = checked(migration.up);
    migration.down = checked(migration.down);
  }
  const std::string stem = lowered_stem(folder, entry.output).string();
  const std::string programs = to_json(migrations);
  std::string up;
  std::string down;
  for (DescribedMigration& migration : entry.migrations) {
    migration.dynamic_up = module.reason.empty() ? "it could not be recorded" : module.reason;
    migration.dynamic_down = migration.dynamic_up;
  }
  for (const LoweredMigration& migration : migrations) {
    note(migration, entry);
    up += readable(migration.name, migration.up);
    down += readable(migration.name, migration.down);
  }
  write_file(stem + ".lowered.json", programs);
  write_file(stem + ".up.sql", up);
  write_file(stem + ".down.sql", down);
  entry.lowered_checksum = sha256(programs);
}

}  // namespace medusa
