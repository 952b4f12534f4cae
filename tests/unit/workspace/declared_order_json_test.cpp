// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "medusa/workspace/workspace.hpp"

#include "json_places.hpp"
#include "shop_tree.hpp"

namespace medusa {

namespace {

using test::ShopTree;

/// Problems of a workspace whose plugin has this as "medusa".
std::vector<Diagnostic> problems_with(const std::string& medusa) {
  ShopTree shop;
  shop.package("plugins/a", "a", ",\n \"medusa\": " + medusa + "\n");
  return shop.problems();
}

/// "line:column message (hint)".
std::string problem_with(const std::string& medusa) {
  const std::vector<Diagnostic> problems = problems_with(medusa);
  REQUIRE(problems.size() == 1);
  const Location place = problems[0].location.value_or(Location{});
  return std::to_string(place.line) + ':' + std::to_string(place.column) + ' ' +
         problems[0].message + " (" + problems[0].hint + ')';
}

}  // namespace

TEST_CASE("a package.json declares the place of its migrations", "[workspace]") {
  ShopTree shop;
  shop.package("plugins/a", "a", R"(,
  "medusa": { "migrations": {
    "after": ["\u00fc", "?b@>=1"],
    "order": { "Add/1": { "before": [ "c" ] } }
  } })");
  const Workspace workspace = shop.load();
  const auto member = std::find_if(workspace.members.begin(),
                                   workspace.members.end(),
                                   [](const Member& one) { return one.name == "a"; });
  REQUIRE(member != workspace.members.end());
  const auto at = [&](int line, int column) {
    return Location{.file = shop.root() / "plugins/a/package.json", .line = line, .column = column};
  };
  CHECK(member->order ==
        std::vector<OrderDeclaration>{{.subject = "a", .other = "\xC3\xBC", .place = at(3, 15)},
                                      {.subject = "a", .other = "?b@>=1", .place = at(3, 25)},
                                      {.subject = "a/Add/1",
                                       .relation = OrderRelation::Before,
                                       .other = "c",
                                       .place = at(4, 39)}});
}

TEST_CASE("other uses of the key \"medusa\" are not ours", "[workspace]") {
  for (const char* medusa : {"5", "null", "[]", R"({"after": 5})", R"({"migrations": {}})"}) {
    CAPTURE(medusa);
    CHECK(problems_with(medusa).empty());
  }
}

TEST_CASE("a declaration of the wrong form is an error at its place", "[workspace]") {
  CHECK(problem_with(R"({"migrations": 5})") ==
        R"(2:27 'medusa.migrations' must be an object, found number ({"after": ["..."]}))");
  CHECK(problem_with(R"({"migrations": {"afer": []}})") ==
        "2:28 unknown key 'afer' in 'medusa.migrations' (did you mean 'after'?)");
  CHECK(
      problem_with(R"({"migrations": {"after": "b"}})") ==
      R"(2:37 'medusa.migrations.after' must be an array of strings, found string ("after": ["..."]))");
  CHECK(problem_with(R"({"migrations": {"before": ["b", null]}})") ==
        R"(2:44 'medusa.migrations.before.1' must be a string, found null ("before": ["..."]))");
  CHECK(problem_with(R"({"migrations": {"order": {"A1": {"aftr": []}}}})") ==
        "2:45 unknown key 'aftr' in 'medusa.migrations.order.A1' (did you mean 'after'?)");
  CHECK(problems_with(R"({"migrations": {"order": [], "after": 1, "x": 2}})").size() == 3);
}

TEST_CASE("the place of every value of a JSON text is known", "[workspace]") {
  const std::string text =
      R"({ "a" : [1 , -2.5e3,"x\"y", true,null, {}, [ ] ,{"b/c~":"d"}],"e":false })";
  const auto places = json_places(text);
  const auto begins = [&](const std::string& pointer, const std::string& with) {
    INFO(pointer);
    REQUIRE(places.contains(pointer));
    CHECK(text.substr(places.at(pointer), with.size()) == with);
  };
  begins("", "{ \"a\"");
  begins("/a#", "\"a\" :");
  begins("/a", "[1 ");
  begins("/a/0", "1 ,");
  begins("/a/1", "-2.5e3");
  begins("/a/2", R"("x\"y")");
  begins("/a/3", "true");
  begins("/a/4", "null");
  begins("/a/5", "{}");
  begins("/a/6", "[ ]");
  begins("/a/7", "{\"b");
  begins("/a/7/b~1c~0#", "\"b/c~\"");
  begins("/a/7/b~1c~0", "\"d\"");
  begins("/e#", "\"e\"");
  begins("/e", "false");
  CHECK(places.size() == 15);
}

}  // namespace medusa
