// SPDX-License-Identifier: MIT
// The page of `migrations graph` in a real browser, and its other formats in the programs that they
// are for.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"
#include "medusa/report/migration_picture.hpp"

#include "made_picture.hpp"
#include "small_shop.hpp"
#include "test_database.hpp"

using Catch::Matchers::Contains;
using medusa::hostile_picture;
using medusa::made_picture;
using medusa::MigrationPicture;
using medusa::Outcome;
using medusa::run_program;
using medusa::SmallShop;
using medusa::sql_migration;
using medusa::TemporaryWorkspace;
using medusa::TestDatabase;
using medusa::typescript_migration;

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

void require_success(const Outcome& outcome) {
  INFO("stdout: " << outcome.output.substr(0, 2000) << "\nstderr: " << outcome.errors);
  REQUIRE(outcome.exit_code == 0);
}

/// What a person sees who opens the page and looks at that migration (its number in the picture).
Json observe(const TemporaryWorkspace& folder,
             const std::string& page,
             std::size_t number,
             const std::string& search) {
  const Outcome outcome = run_program(
      "node",
      folder.root(),
      {(medusa::project_root() / "tests" / "integration" / "browser" / "observe.cjs").string(),
       page,
       folder.root().string(),
       Json{{"number", number}, {"search", search}}.dump()});
  require_success(outcome);
  return Json::parse(outcome.output);
}

/// The text of each page of a printed form.
std::vector<std::string> pages_of(const TemporaryWorkspace& folder, const std::string& file) {
  const Outcome outcome = run_program("pdftotext", folder.root(), {"-raw", file, "-"});
  require_success(outcome);
  std::vector<std::string> pages;
  std::string rest = outcome.output;
  for (std::size_t end = rest.find('\f'); end != std::string::npos; end = rest.find('\f')) {
    pages.push_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  return pages;
}

/// Whether the page has the row of that migration: the list of conflicts names some as well, but
/// only rows begin with a date.
bool has_row(const std::string& page, const medusa::PictureNode& node) {
  const std::vector<std::string_view> lines = medusa::lines(page);
  return std::any_of(lines.begin(), lines.end(), [&](std::string_view line) {
    return line.starts_with("20") && line.find(" " + node.name + " ") != std::string_view::npos;
  });
}

/// Each page has the table's head with all lanes, and each migration is on exactly one page.
void check_printed(const MigrationPicture& picture, const std::vector<std::string>& pages) {
  for (const medusa::PictureNode& node : picture.nodes) {
    INFO(node.name);
    CHECK(std::count_if(pages.begin(), pages.end(), [&](const std::string& page) {
            return has_row(page, node);
          }) == 1);
  }
  std::string lanes;
  for (const medusa::PictureLane& lane : picture.lanes) {
    lanes += lane.name;
  }
  for (std::string page : pages) {
    std::erase(page, '\n');  // what is slanted has a line for each letter
    CHECK_THAT(page, Contains(lanes) && Contains("Date Migration Member State Why here"));
  }
}

void check_page(const MigrationPicture& picture, std::size_t number) {
  const TemporaryWorkspace folder;
  folder.write("page.html", picture_html(picture));
  const Json seen = observe(folder, "page.html", number, picture.nodes[number - 1].name);
  const medusa::PictureNode& node = picture.nodes[number - 1];

  const Json& content = seen["content"];
  CHECK(content["rows"] == picture.nodes.size());
  CHECK(content["signs"] == picture.nodes.size());
  CHECK(content["dots"] == picture.nodes.size());
  CHECK(content["strips"] == picture.lanes.size());
  CHECK(content["edges"] == picture.edges.size());
  CHECK(content["conflicts"] == picture.conflicts.size());
  std::set<std::size_t> in_conflict;
  for (const medusa::PictureConflict& conflict : picture.conflicts) {
    in_conflict.insert({conflict.first, conflict.second});
  }
  CHECK(content["warnings"] == in_conflict.size());
  std::vector<std::string> lanes;
  for (const medusa::PictureLane& lane : picture.lanes) {
    lanes.push_back(lane.name);
  }
  CHECK(content["lanes"] == Json(lanes));
  std::vector<std::string> positions;
  std::vector<std::string> next;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (picture.nodes[i].position.has_value()) {
      positions.push_back(std::to_string(*picture.nodes[i].position));
      next.push_back("r" + std::to_string(i + 1));
    }
    if (picture.nodes[i].lane != 0) {
      others.push_back("r" + std::to_string(i + 1));
    }
  }
  CHECK(content["pending"] == Json(positions));
  CHECK(content["styled"] == true);  // the policy lets the style through

  const std::string id = "m" + std::to_string(number);
  CHECK(seen["closed"].empty());
  REQUIRE(seen["clicked"]["panels"].size() == 1);
  const Json& panel = seen["clicked"]["panels"][0];
  CHECK(panel["id"] == id);
  CHECK(panel["name"] == node.name);
  CHECK(panel["sql"] == node.sql);
  CHECK(panel["hasFocus"] == true);
  CHECK(seen["clicked"]["hash"] == "#" + id);
  std::size_t related = 0;
  for (const medusa::PictureEdge& edge : picture.edges) {
    related += edge.to == number - 1 || edge.from == number - 1 ? 1 : 0;
    if (edge.to == number - 1) {
      CHECK_THAT(panel["text"].get<std::string>(),
                 Contains(edge.reason) && Contains(picture.nodes[edge.from].name));
    }
  }
  for (const medusa::PictureConflict& conflict : picture.conflicts) {
    related += conflict.first == number - 1 || conflict.second == number - 1 ? 1 : 0;
  }
  CHECK(seen["clicked"]["labels"].size() == related);
  CHECK(seen["escaped"]["panels"].empty());
  CHECK(seen["escaped"]["focus"] == "r" + std::to_string(number));

  CHECK(seen["filtered"]["focus"] == "search");
  const auto found = seen["filtered"]["found"].get<std::vector<std::string>>();
  CHECK(std::find(found.begin(), found.end(), "r" + std::to_string(number)) != found.end());
  CHECK(found.size() <= related + 1);  // it, and those whose panels name it
  CHECK(seen["filtered"]["said"] ==
        std::to_string(found.size()) + " of " + std::to_string(picture.nodes.size()));
  CHECK(seen["filtered"]["withoutFirst"] == Json(others));
  CHECK(seen["filtered"]["next"] == Json(next));
  CHECK(seen["filtered"]["all"].size() == picture.nodes.size());
  CHECK(seen["keys"]["opened"] == Json{id});

  CHECK(seen["withoutScripts"]["hasScript"] == false);
  CHECK(seen["withoutScripts"]["rows"].size() == picture.nodes.size());
  CHECK(seen["withoutScripts"]["tools"] == 0);
  REQUIRE(seen["withoutScripts"]["panels"].size() == 1);
  CHECK(seen["withoutScripts"]["panels"][0]["sql"] == node.sql);

  CHECK(seen["messages"].empty());
  CHECK(seen["requests"] == Json{"file://" + (folder.root() / "page.html").string()});

  const std::vector<std::string> a4 = pages_of(folder, "a4.pdf");
  const std::vector<std::string> a3 = pages_of(folder, "a3.pdf");
  check_printed(picture, a4);
  check_printed(picture, a3);
  CHECK(a3.size() <= a4.size());
  const Outcome with_sql = run_program("pdftotext", folder.root(), {"-raw", "sql.pdf", "-"});
  require_success(with_sql);
  CHECK_THAT(with_sql.output, Contains("CREATE TABLE \"table_0\"") && Contains("amount integer"));
  CHECK(medusa::join(a4, "").find("CREATE TABLE") == std::string::npos);
}

}  // namespace

TEST_CASE("the page of a small shop can be read, searched, followed and printed") {
  check_page(made_picture({.members = 3, .migrations = 7, .pending = 2, .conflicts = 1}), 7);
}

TEST_CASE("the page of 300 migrations in 12 members as well") {
  check_page(made_picture({.members = 12, .migrations = 300, .pending = 40, .conflicts = 3}), 290);
}

TEST_CASE("nothing that a migration or a member is called can act on the page") {
  const TemporaryWorkspace folder;
  const MigrationPicture picture = hostile_picture();
  folder.write("page.html", picture_html(picture));
  const Json seen = observe(folder, "page.html", 2, "onerror");
  CHECK(seen["content"]["attacked"].is_null());
  CHECK(seen["attacked"].is_null());
  CHECK(seen["content"]["scripts"] == 1);
  CHECK(seen["content"]["images"] == 0);
  CHECK(seen["content"]["rows"] == 2);
  CHECK(seen["content"]["title"] == "Migrations of " + picture.title);
  REQUIRE(seen["clicked"]["panels"].size() == 1);
  CHECK(seen["clicked"]["panels"][0]["name"] == picture.nodes[1].name);
  CHECK(seen["clicked"]["panels"][0]["sql"] == picture.nodes[1].sql);
  CHECK(seen["messages"].empty());
  CHECK(seen["requests"].size() == 1);
}

TEST_CASE("Graphviz reads its form, whatever the names are") {
  const TemporaryWorkspace folder;
  const auto plain = [&](const MigrationPicture& picture) {
    folder.write("picture.dot", picture_dot(picture));
    const Outcome outcome = run_program("dot", folder.root(), {"-Tjson", "picture.dot"});
    require_success(outcome);
    CHECK(outcome.errors.empty());
    return Json::parse(outcome.output);
  };
  const MigrationPicture hostile = hostile_picture();
  Json graph = plain(hostile);
  CHECK(graph["label"] == hostile.title);
  REQUIRE(graph["objects"].size() == 4);  // two clusters, two migrations
  CHECK(graph["edges"].size() == 2);

  const MigrationPicture made =
      made_picture({.members = 5, .migrations = 82, .pending = 7, .conflicts = 2});
  graph = plain(made);
  CHECK(graph["objects"].size() == made.nodes.size() + made.lanes.size());
  CHECK(graph["edges"].size() == made.edges.size() + made.conflicts.size());
}

TEST_CASE("graph draws a shop and its database in every format") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("first", "1700000000001-a.sql", sql_migration("CREATE TABLE a (id int);"));
  require_success(shop.migrations({"run"}));
  shop.add(
      "second",
      "1700000000002-b.ts",
      typescript_migration("B1700000000002", {"CREATE TABLE b (note text DEFAULT '</script>')"}));
  database.execute(
      "INSERT INTO migrations (timestamp, name) VALUES (1600000000000, 'Gone1600000000000')");

  const Outcome json = shop.migrations({"graph", "--format", "json"});
  require_success(json);
  const Json picture = Json::parse(json.output);
  REQUIRE(picture["migrations"].size() == 3);
  CHECK(picture["migrations"][0]["name"] == "Gone1600000000000");
  CHECK(picture["migrations"][0]["state"] == "missing");
  CHECK(picture["migrations"][0]["member"].is_null());
  CHECK(picture["migrations"][1]["state"] == "applied");
  CHECK(picture["migrations"][1]["source"] == "plugins/first/src/migrations/1700000000001-a.sql");
  CHECK(picture["migrations"][2]["state"] == "pending");
  CHECK(picture["migrations"][2]["position"] == 1);
  CHECK_THAT(picture["migrations"][2]["sql"].get<std::string>(), Contains("'</script>'"));
  CHECK(Json::parse(shop.medusa({"--format", "json", "migrations", "graph"}).output) == picture);

  const Outcome file = shop.migrations({"graph", "-o", "shop.html"});
  require_success(file);
  CHECK(file.output.empty());
  CHECK_THAT(shop.read("shop.html"),
             Contains("<!doctype html>") && Contains("&#39;&lt;/script&gt;&#39;"));
  require_success(shop.migrations({"graph", "--output", "shop.svg"}));
  CHECK_THAT(shop.read("shop.svg"), Contains("<svg "));
  require_success(shop.migrations({"graph", "--format", "mermaid", "--output", "shop.txt"}));
  CHECK_THAT(shop.read("shop.txt"), Contains("flowchart TB"));
  const Outcome dot = shop.migrations({"graph"});
  require_success(dot);
  CHECK_THAT(dot.output, Contains("digraph migrations {"));
}

TEST_CASE("graph shows the declared order, of what is applied as well") {
  const TestDatabase database;
  const SmallShop shop(database.url());
  shop.add("loyalty", "1700000000001-points.sql", sql_migration("CREATE TABLE points (id int);"));
  shop.add("reviews", "1700000000002-review.sql", sql_migration("CREATE TABLE review (id int);"));
  shop.add("reviews", "1700000000003-note.sql", sql_migration("CREATE TABLE note (id int);"));
  shop.configure("[order.loyalty]\nafter = [\"reviews\"]\n");
  const auto drawn = [&] {
    const Outcome outcome = shop.migrations({"graph", "--format", "json"});
    require_success(outcome);
    return Json::parse(outcome.output);
  };
  const auto check = [](const Json& picture) {
    REQUIRE(picture["migrations"].size() == 3);
    CHECK(picture["migrations"][2]["name"] == "Points1700000000001");
    REQUIRE(picture["edges"].size() == 2);
    CHECK(picture["edges"][0] ==
          Json{{"from", 0}, {"to", 1}, {"kind", "same-member"}, {"reason", nullptr}});
    CHECK(picture["edges"][1]["from"] == 1);
    CHECK(picture["edges"][1]["to"] == 2);
    CHECK(picture["edges"][1]["kind"] == "declared");
    CHECK_THAT(picture["edges"][1]["reason"].get<std::string>(), Contains("medusa.toml:"));
  };
  const Json before = drawn();
  check(before);
  CHECK(before["migrations"][2]["position"] == 3);
  CHECK_THAT(before["migrations"][2]["reason"].get<std::string>(), Contains("after reviews"));
  require_success(shop.migrations({"run"}));
  const Json after = drawn();
  check(after);
  CHECK(after["migrations"][2]["state"] == "applied");
}

TEST_CASE("graph's own --format knows only its formats, and says where to look") {
  const SmallShop shop;
  const Outcome outcome = shop.migrations({"graph", "--format", "text"});
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.errors,
             Contains("dot,mermaid,svg,html,json") && Contains("medusa migrations graph --help"));
  const Outcome json = shop.migrations({"graph", "--format", "json", "--config", "/nowhere.toml"});
  CHECK(json.exit_code == 3);
  CHECK(Json::parse(json.output)["type"] == "error");
}
