// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprint_index.hpp"

#include <catch2/catch.hpp>

#include "medusa/system/files.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace {

DirectionFootprint one_effect(Action action, const std::string& table) {
  return {.statements = {{.effects = {{.action = action, .object = {.name = table}}}}},
          .places = {{.line = 3, .column = 1}},
          .asked = {true}};
}

LoweredFootprint creation_of(const std::string& table) {
  return {.name = "Create_" + table,
          .up = one_effect(Action::Create, table),
          .down = one_effect(Action::Drop, table)};
}

/// Members p and q, whose footprints lie in folders of these names.
class Members : public TemporaryWorkspace {
 public:
  void write_footprints(const std::string& member, const std::vector<SourceFootprints>& sources) {
    write(member + "/" + kFootprintsName, to_json(sources));
  }

  [[nodiscard]] FootprintIndex load(FootprintDirections directions) const {
    const Catalog catalog = Catalog::collect({{.member = {.name = "p"}, .lowered = root() / "p"},
                                              {.member = {.name = "q"}, .lowered = root() / "q"}},
                                             FeatureFlags({}, {}, Environment()));
    return FootprintIndex::load(catalog, directions);
  }
};

Migration creation(const std::string& member, const std::string& table) {
  return {.member = member, .name = "Create_" + table};
}

bool is_unknown(const DirectionFootprint& footprint) {
  return footprint.statements.size() == 1 && footprint.places.size() == 1 &&
         footprint.asked.size() == 1 && !footprint.doubt().empty();
}

}  // namespace

TEST_CASE("each migration's footprint is read out of its member's file") {
  Members members;
  members.write_footprints("p",
                           {{.key = "1", .migrations = {creation_of("a"), creation_of("b")}},
                            {.key = "no migrations"},
                            {.key = "2", .migrations = {creation_of("quoted \" \\ \n\u00e9")}}});
  members.write_footprints("q", {{.key = "1", .migrations = {creation_of("a")}}});
  const FootprintIndex index = members.load(FootprintDirections::Both);
  for (const std::string table : {"a", "b", "quoted \" \\ \n\u00e9"}) {
    const DirectionFootprint up = index.up(creation("p", table));
    CHECK(up.statements == creation_of(table).up.statements);
    CHECK(up.places.at(0).line == 3);
    CHECK(up.asked == std::vector<bool>{true});
    CHECK(index.down(creation("p", table)).statements == creation_of(table).down.statements);
  }
  CHECK(index.up(creation("q", "a")).statements == creation_of("a").up.statements);
  CHECK(is_unknown(index.up(creation("q", "b"))));
}

TEST_CASE("what runs down is unknown where only what runs up was asked for") {
  Members members;
  members.write_footprints("p", {{.key = "1", .migrations = {creation_of("a")}}});
  const FootprintIndex index = members.load(FootprintDirections::Up);
  CHECK(index.up(creation("p", "a")).statements == creation_of("a").up.statements);
  CHECK(is_unknown(index.down(creation("p", "a"))));
}

TEST_CASE("a damaged file of footprints leaves its member's migrations unknown, no others") {
  Members members;
  members.write_footprints("q", {{.key = "1", .migrations = {creation_of("a")}}});
  const std::string sound = to_json({{.key = "1", .migrations = {creation_of("a")}}});
  for (std::size_t size = 0; size + 3 < sound.size(); size += 7) {
    members.write(std::string("p/") + kFootprintsName, sound.substr(0, size));
    const FootprintIndex index = members.load(FootprintDirections::Both);
    CHECK(is_unknown(index.up(creation("p", "a"))));
    CHECK(is_unknown(index.down(creation("p", "a"))));
    CHECK_FALSE(is_unknown(index.up(creation("q", "a"))));
  }
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = sound;
    text.replace(text.find(from), from.size(), to);
    members.write(std::string("p/") + kFootprintsName, text);
    return members.load(FootprintDirections::Both);
  };
  CHECK(
      is_unknown(replaced("\"footprints\": " + std::to_string(kFootprintRules), "\"footprints\": 0")
                     .up(creation("p", "a"))));
  const FootprintIndex index = replaced("\"create\"", "\"conjure\"");
  CHECK(is_unknown(index.up(creation("p", "a"))));
  CHECK_FALSE(is_unknown(index.down(creation("p", "a"))));
}

TEST_CASE("footprints that are added are read as those of a file") {
  FootprintIndex index;
  index.add("p", creation_of("a"));
  CHECK(index.up(creation("p", "a")).statements == creation_of("a").up.statements);
  CHECK(index.down(creation("p", "a")).statements == creation_of("a").down.statements);
  CHECK(is_unknown(index.up(creation("q", "a"))));
}

}  // namespace medusa
