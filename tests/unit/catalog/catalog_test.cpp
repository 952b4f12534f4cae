// SPDX-License-Identifier: MIT
#include "medusa/catalog/catalog.hpp"

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"

namespace medusa {

namespace {

using Names = std::vector<std::string>;
using Catch::Matchers::Contains;
using Catch::Matchers::VectorContains;

ManifestEntry entry(const std::string& file, const Names& migrations) {
  ManifestEntry made{.source = "src/migrations/" + file,
                     .output = file + ".js",
                     .inputs = {{.path = "src/migrations/" + file, .checksum = "sum of " + file}}};
  for (const std::string& name : migrations) {
    made.migrations.push_back({.name = name, .timestamp = 1, .export_name = name});
  }
  return made;
}

ManifestEntry flagged(ManifestEntry entry, const std::string& flag) {
  entry.condition.all_of = {flag};
  return entry;
}

DescribedMember member(const std::string& name, const std::vector<ManifestEntry>& entries) {
  return {.member = {.name = name, .root = "/shop/" + name},
          .manifest = {.member = name, .entries = entries},
          .output = "/shop/" + name + "/dist/migrations"};
}

const FeatureFlags kNoFlags({}, {}, Environment());

Names names(const Catalog& catalog) {
  Names result;
  for (const Migration& migration : catalog.migrations()) {
    result.push_back(migration.name);
  }
  return result;
}

std::vector<Diagnostic> problems_of(const std::vector<DescribedMember>& members) {
  try {
    static_cast<void>(Catalog::collect(members, kNoFlags));
  } catch (const Error& error) {
    return error.diagnostics();
  }
  return {};
}

}  // namespace

TEST_CASE("migrations are collected by member, then file, then export", "[catalog]") {
  const Catalog catalog =
      Catalog::collect({member("core", {entry("2", {"C2"}), entry("1", {"C1"})}),
                        member("plugin", {entry("1", {"P2", "P1"})}),
                        member("backend", {entry("0", {"B"})})},
                       kNoFlags);
  CHECK(names(catalog) == Names{"C1", "C2", "P2", "P1", "B"});
}

TEST_CASE("files are collected in the order of their output as Medusa's glob sorts", "[catalog]") {
  const Catalog catalog = Catalog::collect(
      {member("m",
              {entry("B", {"1"}), entry("a", {"2"}), entry("a-b", {"3"}), entry("a_b", {"4"})})},
      kNoFlags);
  CHECK(names(catalog) == Names{"4", "3", "2", "1"});
}

TEST_CASE("a file without migrations contributes nothing", "[catalog]") {
  CHECK(Catalog::collect({member("m", {entry("helper", {})}), member("n", {})}, kNoFlags)
            .migrations()
            .empty());
}

TEST_CASE("a collected migration knows everything about itself", "[catalog]") {
  ManifestEntry described = entry("1-a.ts", {"A1"});
  described.output = "1-a.js";
  described.kind = MigrationKind::Sql;
  described.migrations.front().transaction = false;
  described.migrations.front().timestamp = 42;
  const Catalog catalog = Catalog::collect({member("m", {described})}, kNoFlags);
  const Migration& migration = catalog.migrations().at(0);
  CHECK(migration.id() == "m/A1");
  CHECK(migration.timestamp == 42);
  CHECK(migration.kind == MigrationKind::Sql);
  CHECK(migration.enabled);
  CHECK(migration.flags.empty());
  CHECK(migration.transaction == false);
  CHECK(migration.source == "/shop/m/src/migrations/1-a.ts");
  CHECK(migration.built == "/shop/m/dist/migrations/1-a.js");
  CHECK(migration.export_name == "A1");
  CHECK(migration.checksum == "sum of 1-a.ts");
}

TEST_CASE("a migration whose flag is off is collected, but not enabled", "[catalog]") {
  const Catalog catalog =
      Catalog::collect({member("m", {flagged(entry("1", {"A"}), "some_flag")})}, kNoFlags);
  CHECK_FALSE(catalog.migrations().at(0).enabled);
  CHECK(catalog.migrations().at(0).flags == "some_flag");
}

TEST_CASE("two migrations of one name are refused with both files", "[catalog]") {
  const auto problems =
      problems_of({member("one", {entry("1", {"Same"})}), member("two", {entry("2", {"Same"})})});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::Plan);
  CHECK_THAT(problems[0].message, Contains("'Same'"));
  CHECK_THAT(problems[0].notes,
             VectorContains(std::string("in one: /shop/one/src/migrations/1")) &&
                 VectorContains(std::string("in two: /shop/two/src/migrations/2")));
}

TEST_CASE("every duplicate is reported, not only the first", "[catalog]") {
  const auto problems = problems_of({member("one", {entry("1", {"A", "B", "C"})}),
                                     member("two", {entry("2", {"B"}), entry("3", {"A", "A"})})});
  Names messages;
  for (const Diagnostic& problem : problems) {
    messages.push_back(problem.message);
  }
  CHECK(messages == Names{"two migrations are called 'B'",
                          "two migrations are called 'A'",
                          "two migrations are called 'A'"});
}

TEST_CASE("a disabled migration is nobody's duplicate", "[catalog]") {
  CHECK(problems_of({member("one", {flagged(entry("1", {"Same"}), "off")}),
                     member("two", {entry("2", {"Same"})}),
                     member("three", {flagged(entry("3", {"Same"}), "off")})})
            .empty());
}

TEST_CASE("a migration is found by name, the enabled one first", "[catalog]") {
  const Catalog catalog = Catalog::collect({member("one", {flagged(entry("1", {"Same"}), "off")}),
                                            member("two", {entry("2", {"Same"})}),
                                            member("three", {flagged(entry("3", {"Off"}), "off")})},
                                           kNoFlags);
  REQUIRE(catalog.find("Same") != nullptr);
  CHECK(catalog.find("Same")->member == "two");
  REQUIRE(catalog.find("Off") != nullptr);
  CHECK_FALSE(catalog.find("Off")->enabled);
  CHECK(catalog.find("None") == nullptr);
}

TEST_CASE("a module's migrations are collected in the order of its list", "[catalog]") {
  DescribedMember module = member("module", {entry("1", {"M1"}), entry("2", {"M2"})});
  module.manifest.listed = {"2.js", "1.js"};
  CHECK(names(Catalog::collect({module}, kNoFlags)) == Names{"M2", "M1"});
}

}  // namespace medusa
