// SPDX-License-Identifier: MIT
#include <filesystem>
#include <unordered_map>

#include "medusa/catalog/footprints.hpp"
#include "medusa/catalog/program.hpp"
#include "medusa/system/files.hpp"

#include "build_steps.hpp"
#include "lowering.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Known = std::unordered_map<std::string, SourceFootprints>;

/// What was written before, by key: the same SQL has the same footprints.
Known known_footprints(const MemberBuild& build) {
  Known known;
  const auto text = read_file_if_present(build.lowered_folder / kFootprintsName);
  for (SourceFootprints& source :
       parse_footprints(text.value_or(std::string())).value_or(std::vector<SourceFootprints>{})) {
    std::string key = source.key;
    known.insert_or_assign(std::move(key), std::move(source));
  }
  return known;
}

std::string key_of(const ManifestEntry& entry) {
  const std::string& content =
      entry.kind == MigrationKind::Sql ? entry.inputs.front().checksum : entry.lowered_checksum;
  return entry.source + ':' + content;
}

/// The folder may be elsewhere when the places are read.
DirectionFootprint without_source(DirectionFootprint direction, const fs::path& source) {
  for (Location& place : direction.places) {
    if (place.file == source) {
      place.file.clear();
    }
  }
  return direction;
}

/// Nobody asks how hard a revert is on the shop.
DirectionFootprint without_hazards(DirectionFootprint direction) {
  for (StatementFootprint& statement : direction.statements) {
    statement.hazards.clear();
  }
  return direction;
}

SourceFootprints read_footprints(const MemberBuild& build, const ManifestEntry& entry) {
  const fs::path& folder =
      build.staging.has_value() ? build.staging->folder() : build.lowered_folder;
  SourceFootprints source{.key = key_of(entry)};
  for (const DescribedMigration& described : entry.migrations) {
    Migration migration{.name = described.name,
                        .kind = entry.kind,
                        .source = build.member.root / entry.source,
                        .lowered_checksum = entry.lowered_checksum,
                        .dynamic_up = described.dynamic_up,
                        .dynamic_down = described.dynamic_down};
    if (!entry.lowered_checksum.empty()) {
      migration.lowered = lowered_stem(folder, entry.output).string() + ".lowered.json";
    }
    const auto footprint = [&](bool up) {
      return migration.is_lowered(up)
                 ? without_source(footprint_of(load_lowering(migration, up)), migration.source)
                 : footprint_of({.reason = up ? described.dynamic_up : described.dynamic_down});
    };
    source.migrations.push_back(
        {.name = described.name, .up = footprint(true), .down = without_hazards(footprint(false))});
  }
  return source;
}

}  // namespace

void write_footprints(const MemberBuild& build) {
  const Known known = known_footprints(build);
  std::vector<SourceFootprints> sources;
  for (const ManifestEntry& entry : build.fresh.entries) {
    if (entry.migrations.empty()) {
      continue;
    }
    const auto found = known.find(key_of(entry));
    sources.push_back(found != known.end() ? found->second : read_footprints(build, entry));
  }
  const fs::path& folder =
      build.staging.has_value() ? build.staging->folder() : build.lowered_folder;
  write_file(folder / kFootprintsName, to_json(sources));
}

}  // namespace medusa
