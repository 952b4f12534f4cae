// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprint_index.hpp"

#include "medusa/system/files.hpp"

#include "footprint_text.hpp"

namespace medusa {

namespace {

DirectionFootprint unknown_footprint() {
  return {.statements = {{.opaque = "its SQL was not read when it was built"}},
          .places = {{}},
          .asked = {false}};
}

}  // namespace

FootprintIndex FootprintIndex::load(const Catalog& catalog, FootprintDirections directions) {
  FootprintIndex index;
  for (std::size_t i = 0; i < catalog.members().size(); ++i) {
    const auto text = read_file_if_present(catalog.lowered()[i] / kFootprintsName);
    const auto footprints = text.has_value() ? split_footprints(*text) : std::nullopt;
    if (!footprints.has_value()) {
      continue;
    }
    index.texts_.emplace_back();
    for (const FootprintText& footprint : *footprints) {
      Entry entry{.up = index.keep(footprint.up)};
      if (directions == FootprintDirections::Both) {
        entry.down = index.keep(footprint.down);
      }
      index.entries_.insert_or_assign(catalog.members()[i].name + '/' + footprint.name, entry);
    }
    index.finish_text();
  }
  return index;
}

void FootprintIndex::add(const std::string& member, const LoweredFootprint& footprint) {
  texts_.emplace_back();
  const Part up = keep(to_json(footprint.up));
  entries_.insert_or_assign(member + '/' + footprint.name,
                            Entry{.up = up, .down = keep(to_json(footprint.down))});
  finish_text();
}

FootprintIndex::Part FootprintIndex::keep(std::string_view text) {
  std::string& kept = texts_.back();
  const Part part{.text = static_cast<std::uint32_t>(texts_.size() - 1),
                  .begin = static_cast<std::uint32_t>(kept.size()),
                  .size = static_cast<std::uint32_t>(text.size())};
  kept += text;
  return part;
}

void FootprintIndex::finish_text() {
  texts_.back().append(kFootprintPadding, ' ');
  texts_.back().shrink_to_fit();
}

DirectionFootprint FootprintIndex::read(const Migration& migration, Part Entry::*direction) const {
  const auto found = entries_.find(migration.id());
  if (found == entries_.end() || (found->second.*direction).size == 0) {
    return unknown_footprint();
  }
  const Part& part = found->second.*direction;
  auto footprint =
      parse_direction(std::string_view(texts_[part.text]).substr(part.begin, part.size));
  return footprint.has_value() ? *std::move(footprint) : unknown_footprint();
}

DirectionFootprint FootprintIndex::up(const Migration& migration) const {
  return read(migration, &Entry::up);
}

DirectionFootprint FootprintIndex::down(const Migration& migration) const {
  return read(migration, &Entry::down);
}

}  // namespace medusa
