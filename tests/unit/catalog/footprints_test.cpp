// SPDX-License-Identifier: MIT
#include "medusa/catalog/footprints.hpp"

#include <catch2/catch.hpp>

using medusa::Action;
using medusa::DirectionFootprint;
using medusa::Effect;
using medusa::footprint_of;
using medusa::kFootprintRules;
using medusa::LoweredNode;
using medusa::LoweredProgram;
using medusa::Lowering;
using medusa::ObjectKind;
using medusa::parse_footprints;
using medusa::SourceFootprints;
using medusa::StatementFootprint;
using medusa::to_json;

namespace {

LoweredNode node(const std::string& sql, int line = 1) {
  return {.statement = {.sql = sql, .place = {.line = line, .column = 3}}};
}

std::vector<std::string> words_of(const DirectionFootprint& direction) {
  std::vector<std::string> words;
  for (const StatementFootprint& statement : direction.statements) {
    for (const Effect& effect : statement.effects) {
      words.push_back(std::string(to_string(effect.action)) + ' ' + effect.object.text() +
                      (effect.conditional ? " ?" : ""));
    }
  }
  return words;
}

/// Every field that can be said, said.
Effect loud_effect() {
  return {.action = Action::Rename,
          .object = {.kind = ObjectKind::Column, .schema = "s", .name = "t", .part = "c"},
          .conditional = true,
          .cascade = true,
          .replaces = true,
          .renamed_to = {{.kind = ObjectKind::Column, .schema = "s", .name = "t", .part = "d"}},
          .generated_name = true,
          .of_body = true,
          .columns_unknown = true,
          .depends_on = {{.object = {.kind = ObjectKind::Table, .name = "t"}, .owned = true},
                         {.object = {.kind = ObjectKind::Function, .name = "f"}},
                         {.object = {.kind = ObjectKind::Type, .name = "mood"}, .is_type = true}},
          .definition = "c \"int\""};
}

}  // namespace

TEST_CASE("footprints survive their file, every field") {
  const std::vector<SourceFootprints> sources{
      {.key = "k",
       .migrations =
           {{.name = "A1",
             .up = {.statements = {{.effects = {loud_effect(), {}},
                                    .texts = {{.of = {.name = "t"},
                                               .position = 2,
                                               .text = "good",
                                               .of_body = true},
                                              {.of = {.name = "t"}, .text = "\"bad'"}},
                                    .guard = {{.object = {.name = "t"}, .must_exist = true}}},
                                   {.guard = {{.object = {.name = "u"}}}},
                                   {.handled = {"duplicate_table"}, .opaque = "a DO block"}},
                    .places = {{.file = "/x/a.ts", .line = 4, .column = 2}, {}, {}},
                    .asked = {false, true, false}},
             .down = {.statements = {{.opaque = "it reads the clock"}},
                      .places = {{}},
                      .asked = {false}}}}},
      {.key = "empty"}};
  const auto again = parse_footprints(to_json(sources));
  REQUIRE(again.has_value());
  REQUIRE(again->size() == 2);
  const auto& migration = again->at(0).migrations.at(0);
  CHECK(migration.name == "A1");
  CHECK(migration.up.statements == sources[0].migrations[0].up.statements);
  CHECK(migration.up.places.at(0).file == "/x/a.ts");
  CHECK(migration.up.places.at(0).line == 4);
  CHECK(migration.up.asked == sources[0].migrations[0].up.asked);
  CHECK(migration.up.doubt() == "a DO block");
  CHECK(migration.down.doubt() == "it reads the clock");
  CHECK(to_json(*again) == to_json(sources));
}

TEST_CASE("a damaged file of footprints is as good as none") {
  CHECK_FALSE(parse_footprints("").has_value());
  CHECK_FALSE(parse_footprints("{\"footprints\": 0, \"sources\": []}").has_value());
  const std::string head =
      "{\"footprints\": " + std::to_string(kFootprintRules) + ", \"sources\": [";
  CHECK(parse_footprints(head + "]}").has_value());
  CHECK_FALSE(parse_footprints(head + "{\"key\": 1}]}").has_value());
  const auto with = [&](const std::string& effect) {
    return parse_footprints(head + R"({"key": "k", "migrations": [{"name": "A1", "up": [
      {"at": [1, 1], "effects": [)" +
                            effect + R"(]}], "down": []}]}]})");
  };
  CHECK(with(R"({"create": ["table", "t"]})").has_value());
  CHECK_FALSE(with(R"({"conjure": ["table", "t"]})").has_value());
  CHECK_FALSE(with(R"({"create": ["stool", "t"]})").has_value());
  CHECK_FALSE(with(R"({"create": ["table"]})").has_value());
  CHECK_FALSE(with("{}").has_value());
}

TEST_CASE("what follows a question is conditional, and the question reads what it names") {
  LoweredNode question =
      node("SELECT * FROM information_schema.tables WHERE table_name = 'review'");
  question.is_question = true;
  question.no = {node("CREATE TABLE review (id int)", 2)};
  const DirectionFootprint direction =
      footprint_of({.program = LoweredProgram{question, node("CREATE TABLE other (id int)", 3)}});
  CHECK(words_of(direction) == std::vector<std::string>{"read review ?",
                                                        "create review ?",
                                                        "create review.id ?",
                                                        "create other",
                                                        "create other.id"});
  CHECK(direction.asked == std::vector<bool>{false, true, false});
  CHECK(direction.places.back().line == 3);
  CHECK(direction.doubt().empty());
}

TEST_CASE("without a program the reason is the footprint") {
  CHECK(footprint_of(Lowering{.reason = "it reads the clock"}).doubt() == "it reads the clock");
}
