// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprint_index.hpp"

#include "medusa/system/files.hpp"

namespace medusa {

FootprintIndex FootprintIndex::load(const std::vector<DescribedMember>& members) {
  FootprintIndex index;
  for (const DescribedMember& described : members) {
    const auto text = read_file_if_present(described.lowered / kFootprintsName);
    if (!text.has_value()) {
      continue;
    }
    auto sources = parse_footprints(*text, FootprintDirections::Up);
    if (!sources.has_value()) {
      continue;
    }
    for (SourceFootprints& source : *sources) {
      for (LoweredFootprint& footprint : source.migrations) {
        index.add(described.member.name, footprint.name, std::move(footprint.up));
      }
    }
  }
  return index;
}

void FootprintIndex::add(const std::string& member,
                         const std::string& name,
                         DirectionFootprint up) {
  footprints_.insert_or_assign(member + '/' + name, std::move(up));
}

const DirectionFootprint& FootprintIndex::up(const Migration& migration) const {
  static const DirectionFootprint kUnknown{
      .statements = {{.opaque = "its SQL was not read when it was built"}},
      .places = {{}},
      .asked = {false}};
  const auto found = footprints_.find(migration.id());
  return found == footprints_.end() ? kUnknown : found->second;
}

}  // namespace medusa
