// SPDX-License-Identifier: MIT
// Builds that need no Node: there is none to be found here. The others are integration tests.
#include "medusa/build/builder.hpp"

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;
using Catch::Matchers::Contains;

const std::string kSources = "one/src/migrations/";
const std::string kOutput = "one/dist/migrations/";
const std::string kSql = "-- migrate:up\nSELECT 1;\n";

/// Keeps what it is told.
class Recorder : public BuildObserver {
 public:
  void on_event(const BuildEvent& event) override {
    if (const auto* made = std::get_if<MemberBuilt>(&event)) {
      built.push_back(*made);
    }
  }

  std::vector<MemberBuilt> built = {};
};

/// A workspace of members that have nothing but SQL migrations.
class Shop {
 public:
  explicit Shop(const Names& members) {
    for (const std::string& name : members) {
      workspace_.members.push_back({.name = name, .version = "1", .root = folder_.root() / name});
    }
    workspace_.root = folder_.root();
  }

  BuildResult build(const BuildOptions& options = {}) {
    ScriptHost host({.directory = folder_.root()});
    recorder_ = {};
    return medusa::build(workspace_, options, host, recorder_);
  }

  std::vector<Diagnostic> problems() {
    try {
      static_cast<void>(build());
    } catch (const Error& error) {
      return error.diagnostics();
    }
    return {};
  }

  [[nodiscard]] const TemporaryWorkspace& folder() const { return folder_; }

  /// The members that the last build touched.
  [[nodiscard]] Names built() const {
    Names names;
    for (const MemberBuilt& event : recorder_.built) {
      names.push_back(event.member);
    }
    return names;
  }

 private:
  TemporaryWorkspace folder_;
  Workspace workspace_;
  Recorder recorder_;
};

}  // namespace

TEST_CASE("an SQL migration is built to a class and described", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "1700000000000-add-a.sql", kSql);
  const BuildResult result = shop.build();
  CHECK_THAT(shop.folder().read(kOutput + "1700000000000-add-a.js"), Contains("AddA1700000000000"));
  const Manifest& manifest = result.members.at(0).manifest;
  REQUIRE(manifest.entries.size() == 1);
  CHECK(manifest.entries[0].kind == MigrationKind::Sql);
  CHECK(manifest.entries[0].migrations.at(0).name == "AddA1700000000000");
  CHECK(parse_manifest(shop.folder().read(kOutput + "medusa-manifest.json")) == manifest);
}

TEST_CASE("beside an SQL migration lies what runs in each direction, to be read", "[build]") {
  Shop shop({"one"});
  const std::string stem = kOutput + "1700000000000-add-a";
  shop.folder().write(kSources + "1700000000000-add-a.sql",
                      "-- migrate:up\nCREATE TABLE a (id int);\n-- why\nSELECT 1;\n"
                      "-- migrate:down\nDROP TABLE a;\n");
  static_cast<void>(shop.build());
  CHECK(shop.folder().read(stem + ".up.sql") ==
        "-- AddA1700000000000\nCREATE TABLE a (id int);\nSELECT 1;\n");
  CHECK(shop.folder().read(stem + ".down.sql") == "-- AddA1700000000000\nDROP TABLE a;\n");

  SECTION("they stay when another migration is built") {
    shop.folder().write(kSources + "1700000000001-b.sql", kSql);
    static_cast<void>(shop.build());
    CHECK(shop.folder().exists(stem + ".up.sql"));
    CHECK(shop.folder().exists(stem + ".down.sql"));
    CHECK(shop.folder().read(kOutput + "1700000000001-b.down.sql") ==
          "-- B1700000000001\n-- none: it has no '-- migrate:down' section\n");
  }
  SECTION("they follow the source") {
    shop.folder().write(kSources + "1700000000000-add-a.sql", kSql);
    static_cast<void>(shop.build());
    CHECK(shop.folder().read(stem + ".up.sql") == "-- AddA1700000000000\nSELECT 1;\n");
  }
  SECTION("they are made again when one is gone") {
    shop.folder().remove(stem + ".down.sql");
    static_cast<void>(shop.build());
    CHECK(shop.built() == Names{"one"});
    CHECK(shop.folder().exists(stem + ".down.sql"));
    static_cast<void>(shop.build());
    CHECK(shop.built().empty());
  }
}

TEST_CASE("a second build has nothing to do", "[build]") {
  Shop shop({"one", "two"});
  shop.folder().write(kSources + "1700000000000-a.sql", kSql);
  shop.folder().write("two/src/migrations/1700000000001-b.sql", kSql);
  const BuildResult first = shop.build();
  CHECK(shop.built() == Names{"one", "two"});
  const BuildResult second = shop.build();
  CHECK(shop.built().empty());
  CHECK(second.members.at(0).manifest == first.members.at(0).manifest);
}

TEST_CASE("only the member that changed is built again", "[build]") {
  Shop shop({"one", "two"});
  shop.folder().write(kSources + "1700000000000-a.sql", kSql);
  shop.folder().write("two/src/migrations/1700000000001-b.sql", kSql);
  static_cast<void>(shop.build());
  shop.folder().write("two/src/migrations/1700000000001-b.sql", kSql + "-- changed\n");
  static_cast<void>(shop.build());
  CHECK(shop.built() == Names{"two"});
}

TEST_CASE("what a build no longer makes is gone", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "1700000000000-a.sql", kSql);
  shop.folder().write(kSources + "1700000000001-b.sql", kSql);
  shop.folder().write(kSources + "data/rows.json", "[]");
  static_cast<void>(shop.build());
  CHECK(shop.folder().read(kOutput + "data/rows.json") == "[]");
  shop.folder().remove(kSources + "1700000000000-a.sql");
  shop.folder().remove(kSources + "data");
  CHECK(shop.build().members.at(0).manifest.entries.size() == 1);
  CHECK(list_files(shop.folder().root() / kOutput) ==
        std::vector<fs::path>{"1700000000001-b.down.sql",
                              "1700000000001-b.js",
                              "1700000000001-b.up.sql",
                              "medusa-footprints.json",
                              "medusa-manifest.json"});
}

TEST_CASE("all problems of all members are reported, with their places", "[build]") {
  Shop shop({"one", "two"});
  shop.folder().write(kSources + "1700000000000-a.sql", "-- migrate:up\nSELEKT 1;\n");
  shop.folder().write(kSources + "1700000000001-b.sql", "SELECT 1;\n");
  shop.folder().write("two/src/migrations/1700000000002-c.sql", "");
  const std::vector<Diagnostic> problems = shop.problems();
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].location.value().file ==
        shop.folder().root() / kSources / "1700000000000-a.sql");
  CHECK(problems[0].location.value().line == 2);
  CHECK_THAT(problems[1].message, Contains("SQL before the first section"));
  CHECK(problems[2].location.value().file.filename() == "1700000000002-c.sql");
}

TEST_CASE("a build that fails changes nothing", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "1700000000000-a.sql", kSql);
  static_cast<void>(shop.build());
  const std::string before = shop.folder().read(kOutput + "1700000000000-a.js");
  shop.folder().write(kSources + "1700000000000-a.sql", kSql + "SELECT 2;");
  shop.folder().write(kSources + "1700000000001-b.sql", "SELEKT");
  CHECK(shop.problems().size() == 1);
  CHECK(shop.folder().read(kOutput + "1700000000000-a.js") == before);
  CHECK(list_names(shop.folder().root() / "one" / "dist") == Names{"migrations"});
}

TEST_CASE("two sources of one output are refused before anything is built", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "1700000000000-a.sql", kSql);
  shop.folder().write(kSources + "1700000000000-a.ts", "");
  const std::vector<Diagnostic> problems = shop.problems();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Build);
  CHECK_THAT(problems[0].message,
             Contains("'1700000000000-a.sql'") && Contains("'1700000000000-a.ts'") &&
                 Contains("'1700000000000-a.js'"));
  CHECK_FALSE(shop.folder().exists("one/dist"));
}

TEST_CASE("an asset that a migration's SQL for review would replace is refused", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "AddA.ts", "");
  shop.folder().write(kSources + "AddA.up.sql", "SELECT 1;");
  const std::vector<Diagnostic> problems = shop.problems();
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message == "'AddA.ts' and 'AddA.up.sql' would both be built to 'AddA.up.sql'");
  CHECK_FALSE(shop.folder().exists("one/dist"));
}

TEST_CASE("a build that needs Node says that there is none", "[build]") {
  Shop shop({"one"});
  shop.folder().write(kSources + "1700000000000-a.ts", "");
  CHECK(shop.problems().at(0).code == ErrorCode::Host);
  CHECK_FALSE(shop.folder().exists(kOutput));
}

}  // namespace medusa
