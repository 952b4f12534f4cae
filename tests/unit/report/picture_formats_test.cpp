// SPDX-License-Identifier: MIT
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include <catch2/catch.hpp>

#include "medusa/core/checksum.hpp"
#include "medusa/report/migration_picture.hpp"

#include "made_picture.hpp"

namespace medusa {

namespace {

using Catch::Matchers::Contains;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

MigrationPicture small_picture() {
  return {.title = "shop",
          .lanes = {{.name = "core", .version = "1.20.0"}, {.name = "re\"views"}},
          .nodes = {{.name = "A1600000000000",
                     .timestamp = 1600000000000,
                     .state = MigrationState::Applied,
                     .sql = "CREATE TABLE a ();\n"},
                    {.lane = 1,
                     .name = "B\\N1700000000000",
                     .timestamp = 1700000000000,
                     .position = 1,
                     .why_here = "by timestamp",
                     .dynamic_reason = "it reads the clock"}},
          .edges = {{.from = 0, .to = 1, .reason = "needs table \"a\""}},
          .conflicts = {{.first = 0, .second = 1, .text = "both create b"}}};
}

}  // namespace

TEST_CASE("a picture in Graphviz's language", "[report]") {
  CHECK(picture_dot(small_picture()) ==
        "// shop: 2 migrations of 2 members: 1 applied, 1 pending, 1 conflict\n"
        "digraph migrations {\n"
        "  rankdir=TB\n"
        "  label=\"shop\"\n"
        "  node [shape=box, fontname=\"Helvetica\", fontsize=10]\n"
        "  edge [fontname=\"Helvetica\", fontsize=9]\n"
        "  subgraph cluster_1 {\n"
        "    label=\"core\"\n"
        "    n1 [label=\"A1600000000000\\n2020-09-13, applied\", style=\"rounded,filled\", "
        "fillcolor=\"#eef0f3\"]\n"
        "  }\n"
        "  subgraph cluster_2 {\n"
        "    label=\"re\\\"views\"\n"
        "    n2 [label=\"B\\\\N1700000000000\\n2023-11-14, pending #1\", style=\"rounded,bold\", "
        "color=\"#2457c5\"]\n"
        "  }\n"
        "  n1 -> n2 [label=\"inferred: needs table \\\"a\\\"\", style=dashed, constraint=false]\n"
        "  n1 -> n2 [label=\"conflict: both create b\", dir=none, color=\"#b42318\", "
        "fontcolor=\"#b42318\", penwidth=2, constraint=false]\n"
        "}\n");
}

TEST_CASE("a picture in Mermaid's language", "[report]") {
  const std::string text = picture_mermaid(small_picture());
  CHECK_THAT(text, Contains("flowchart TB\n  subgraph m1[\"core\"]\n"));
  CHECK_THAT(text, Contains("  subgraph m2[\"re#34;views\"]\n"));
  CHECK_THAT(text,
             Contains("    n2[\"B#92;N1700000000000<br/>2023-11-14, pending #35;1\"]:::pending\n"));
  CHECK_THAT(text, Contains("  n1 -.->|\"inferred: needs table #34;a#34;\"| n2\n"));
  CHECK_THAT(text, Contains("  n1 x--x|\"conflict: both create b\"| n2\n"));
}

TEST_CASE("a picture as data", "[report]") {
  const auto json = nlohmann::json::parse(picture_json(small_picture()));
  CHECK(json["workspace"] == "shop");
  CHECK(json["database"].is_null());
  REQUIRE(json["migrations"].size() == 2);
  CHECK(json["migrations"][0]["mode"] == "lowered");
  CHECK(json["migrations"][0]["sql"] == "CREATE TABLE a ();\n");
  CHECK(json["migrations"][1]["member"] == "re\"views");
  CHECK(json["migrations"][1]["mode"] == "dynamic");
  CHECK(json["migrations"][1]["sql"].is_null());
  CHECK(json["migrations"][1]["position"] == 1);
  CHECK(json["edges"][0] ==
        nlohmann::json{
            {"from", 0}, {"to", 1}, {"kind", "inferred"}, {"reason", "needs table \"a\""}});
  CHECK(json["conflicts"][0] ==
        nlohmann::json{{"first", 0}, {"second", 1}, {"text", "both create b"}});
}

TEST_CASE("the SVG has each migration, lane and line, and words for each line", "[report]") {
  const MigrationPicture picture = made_picture({.members = 5, .migrations = 82, .pending = 7});
  const std::string svg = picture_svg(picture);
  CHECK(count(svg, "<g class=\"node ") == 82);
  CHECK(count(svg, "<path class=\"lane\"") == 5);
  CHECK(count(svg, "<path class=\"track ") > 5);
  CHECK(count(svg, "<path class=\"track ") == count(svg, ", then "));
  CHECK(count(svg, "<g class=\"node pending\">") == 6);
  CHECK(count(svg, "<g class=\"node late\">") == 1);
}

TEST_CASE("an empty picture can be drawn", "[report]") {
  const MigrationPicture empty{.title = "shop"};
  CHECK_THAT(picture_html(empty), Contains("no migrations"));
  CHECK_THAT(picture_svg(empty), Contains("no migrations"));
  CHECK_THAT(picture_dot(empty), Contains("digraph"));
}

TEST_CASE("the page allows its own script and style, and nothing else", "[report]") {
  const std::string html = picture_html(hostile_picture());
  REQUIRE(count(html, "<script") == 1);
  REQUIRE(count(html, "</script") == 1);
  REQUIRE(count(html, "<style") == 1);
  CHECK(count(html, "<img") == 0);
  CHECK(count(html, " style=") == 0);
  for (const std::string part : {"script", "style"}) {
    const std::size_t begin = html.find('<' + part + '>') + part.size() + 2;
    const std::string content = html.substr(begin, html.find("</" + part) - begin);
    CHECK_THAT(html, Contains(part + "-src 'sha256-" + sha256_base64(content) + "'"));
  }
  CHECK_THAT(html, Contains("default-src 'none'"));
}

TEST_CASE("the page is the same for the same picture", "[report]") {
  const MigrationPicture picture = made_picture({.members = 4, .migrations = 30});
  CHECK(picture_html(picture) == picture_html(picture));
}

TEST_CASE("what changed since it was applied has a sign of its own in every format", "[report]") {
  MigrationPicture picture = small_picture();
  const std::string applied_svg = picture_svg(picture);
  picture.nodes.front().state = MigrationState::Changed;
  CHECK(picture_dot(picture).find("2020-09-13, changed\", style=\"rounded,filled\", "
                                  "fillcolor=\"#eef0f3\", color=\"#b42318\", peripheries=2") !=
        std::string::npos);
  CHECK(picture_mermaid(picture).find(":::changed") != std::string::npos);
  CHECK(picture_mermaid(picture).find("classDef changed ") != std::string::npos);
  CHECK(picture_svg(picture).find("<g class=\"node changed\"><path ") != std::string::npos);
  CHECK(applied_svg.find("node changed") == std::string::npos);
  CHECK(picture_html(picture).find("applied, and changed since</li>") != std::string::npos);
  CHECK(picture_json(picture).find("\"changed\"") != std::string::npos);
}

}  // namespace medusa
