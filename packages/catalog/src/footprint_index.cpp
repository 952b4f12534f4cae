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

std::string_view FootprintIndex::text(const Migration& migration, Part Entry::*direction) const {
  const auto found = entries_.find(migration.id());
  if (found == entries_.end()) {
    return {};
  }
  const Part& part = found->second.*direction;
  return part.size == 0 ? std::string_view()
                        : std::string_view(texts_[part.text]).substr(part.begin, part.size);
}

DirectionFootprint FootprintIndex::read(const Migration& migration, Part Entry::*direction) const {
  const std::string_view json = text(migration, direction);
  auto footprint = json.empty() ? std::nullopt : parse_direction(json);
  return footprint.has_value() ? *std::move(footprint) : unknown_footprint();
}

bool FootprintIndex::may_create_function(const Migration& migration) const {
  return text(migration, &Entry::up).find(to_string(ObjectKind::Function)) !=
         std::string_view::npos;
}

bool FootprintIndex::may_have_hazards(const Migration& migration) const {
  return text(migration, &Entry::up).find(kHazardsKey) != std::string_view::npos;
}

std::vector<std::string> FootprintIndex::indexes_unless_there(const Migration& migration) const {
  std::vector<std::string> names;
  // Few have one, so few are parsed. The key is the writer's, of StatementFootprint::guard.
  if (text(migration, &Entry::up).find("\"unless\":[\"index\"") == std::string_view::npos) {
    return names;
  }
  for (const StatementFootprint& statement : up(migration).statements) {
    if (statement.guard && !statement.guard->must_exist &&
        statement.guard->object.kind == ObjectKind::Index) {
      names.push_back(statement.guard->object.name);
    }
  }
  return names;
}

DirectionFootprint FootprintIndex::up(const Migration& migration) const {
  return read(migration, &Entry::up);
}

DirectionFootprint FootprintIndex::down(const Migration& migration) const {
  return read(migration, &Entry::down);
}

}  // namespace medusa
