// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprint_index.hpp"

#include "medusa/system/files.hpp"

namespace medusa {

FootprintIndex FootprintIndex::load(const std::vector<DescribedMember>& members,
                                    FootprintDirections directions) {
  FootprintIndex index;
  for (const DescribedMember& described : members) {
    const auto text = read_file_if_present(described.lowered / kFootprintsName);
    if (!text.has_value()) {
      continue;
    }
    auto sources = parse_footprints(*text, directions);
    if (!sources.has_value()) {
      continue;
    }
    for (SourceFootprints& source : *sources) {
      for (LoweredFootprint& footprint : source.migrations) {
        index.add(described.member.name, std::move(footprint));
      }
    }
  }
  return index;
}

void FootprintIndex::add(const std::string& member, LoweredFootprint footprint) {
  std::string id = member + '/' + footprint.name;
  footprints_.insert_or_assign(std::move(id), std::move(footprint));
}

const LoweredFootprint& FootprintIndex::find(const Migration& migration) const {
  static const DirectionFootprint kUnknown{
      .statements = {{.opaque = "its SQL was not read when it was built"}},
      .places = {{}},
      .asked = {false}};
  static const LoweredFootprint kNothing{.up = kUnknown, .down = kUnknown};
  const auto found = footprints_.find(migration.id());
  return found == footprints_.end() ? kNothing : found->second;
}

const DirectionFootprint& FootprintIndex::up(const Migration& migration) const {
  return find(migration).up;
}

const DirectionFootprint& FootprintIndex::down(const Migration& migration) const {
  return find(migration).down;
}

}  // namespace medusa
