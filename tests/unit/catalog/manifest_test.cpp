// SPDX-License-Identifier: MIT
#include "medusa/catalog/manifest.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

namespace medusa {

namespace {

/// Every field has a value that is not its default.
Manifest full_manifest() {
  return {.member = "@shop/plugin",
          .version = "1.2.3",
          .builder = "abc",
          .entries = {{.source = "src/migrations/1-a.ts",
                       .output = "1-a.js",
                       .output_checksum = "11",
                       .inputs = {{.path = "src/migrations/1-a.ts", .checksum = "22"},
                                  {.path = "/elsewhere/ü \"q\".json", .checksum = "33"}},
                       .kind = MigrationKind::TypeOrm,
                       .condition = {.all_of = {"one", "two"}},
                       .migrations = {{.name = "A1700000000000",
                                       .timestamp = 1700000000000,
                                       .export_name = "A",
                                       .transaction = false,
                                       .dynamic_down = "it asks the clock",
                                       .up_checksum = "77",
                                       .down_checksum = "88",
                                       .outside_up = "CREATE INDEX CONCURRENTLY",
                                       .outside_down = "DROP INDEX CONCURRENTLY"},
                                      {.name = "B1700000000001", .timestamp = 1700000000001}},
                       .notes = {"a note\nof two lines", "\\ and \t"},
                       .suspicious = {{.message = "syntax error at or near \"CREAT\"",
                                       .sql = "CREAT TABLE",
                                       .file = "src/migrations/1-a.ts",
                                       .line = 3,
                                       .column = 7}}},
                      {.source = "src/migrations/2-b.sql",
                       .output = "2-b.js",
                       .output_checksum = "44",
                       .inputs = {{.path = "src/migrations/2-b.sql", .checksum = "55"}},
                       .kind = MigrationKind::Sql,
                       .condition = {.nested_flag = "workflows", .nested_key = "create"},
                       .migrations = {{.name = "C1",
                                       .timestamp = 1,
                                       .transaction = true,
                                       .order = {{.other = "@shop/other/A1",
                                                  .place = {.line = 3, .column = 17}},
                                                 {.relation = OrderRelation::Before,
                                                  .other = "?x@>=1",
                                                  .place = {.line = 4, .column = 18}}},
                                       .allowed_hazards = {"drops-table"}}}},
                      {.source = "src/migrations/helper.ts"}},
          .flags = {{.key = "one", .enabled_by_default = true, .environment_variable = "FF_ONE"},
                    {.key = "two", .enabled_by_default = false, .environment_variable = ""}},
          .flag_inputs = {{.path = "dist/loaders/one.js", .checksum = "66"}},
          .listed = {"dist/2-b.js", "dist/1-a.js"},
          .list_inputs = {{.path = "dist/index.js", .checksum = "77"}}};
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  REQUIRE(text.find(what) != std::string::npos);
  return text.replace(text.find(what), what.size(), by);
}

}  // namespace

TEST_CASE("a manifest is read back as it was written", "[catalog]") {
  CHECK(parse_manifest(to_json(full_manifest())) == full_manifest());
  CHECK(parse_manifest(to_json(Manifest{})) == Manifest{});
}

TEST_CASE("equal manifests have equal text, one entry a line", "[catalog]") {
  const std::string text = to_json(full_manifest());
  CHECK(to_json(full_manifest()) == text);
  CHECK(to_json(*parse_manifest(text)) == text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 17);
  CHECK(text.ends_with("}\n"));
}

TEST_CASE("damaged or foreign text is no manifest", "[catalog]") {
  const std::string text = to_json(full_manifest());
  for (const std::string& damaged :
       {std::string(),
        std::string("null"),
        std::string("[]"),
        std::string("{}"),
        std::string(R"({"manifest": 6})"),
        text.substr(0, text.size() / 2),
        text + "x",
        replaced(text, "\"manifest\": 6", "\"manifest\": 1"),
        replaced(text, "\"manifest\": 6", "\"manifest\": \"6\""),
        replaced(text, "\"member\": \"@shop/plugin\"", "\"member\": 1"),
        replaced(text, "\"output\":\"1-a.js\"", "\"output\":null"),
        replaced(text, "\"timestamp\":1700000000000", "\"timestamp\":\"x\""),
        replaced(text, "\"kind\":\"sql\"", "\"kind\":\"mikro-orm\""),
        replaced(text, "\"after\"", "\"beside\""),
        replaced(text, "[\"workflows\",\"create\"]", "[]")}) {
    CAPTURE(damaged);
    CHECK_FALSE(parse_manifest(damaged).has_value());
  }
}

TEST_CASE("a manifest cut off anywhere is no manifest", "[catalog]") {
  const std::string text = to_json(full_manifest());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
    CAPTURE(length);
    REQUIRE_FALSE(parse_manifest(text.substr(0, length)).has_value());
  }
}

TEST_CASE("an entry is found by its source", "[catalog]") {
  const Manifest manifest = full_manifest();
  CHECK(manifest.find("src/migrations/2-b.sql") == &manifest.entries[1]);
  CHECK(manifest.find("src/migrations/2-c.sql") == nullptr);
  CHECK(manifest.find("") == nullptr);
  CHECK(Manifest{}.find("src/migrations/2-b.sql") == nullptr);
}

}  // namespace medusa
