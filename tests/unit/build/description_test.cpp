// SPDX-License-Identifier: MIT
#include "description.hpp"

#include <catch2/catch.hpp>

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;
using Catch::Matchers::Contains;

/// What a module's description makes of an entry, and its problems.
struct Applied {
  ManifestEntry entry = {};
  std::vector<Diagnostic> problems = {};
};

Applied apply(const ModuleDescription& module, const fs::path& source = "1700000000000-a.ts") {
  Applied applied;
  apply_description(module, source, applied.entry, applied.problems);
  return applied;
}

}  // namespace

TEST_CASE("a module's migrations, flags and notes go into its entry", "[build]") {
  const Applied applied = apply(
      {.flags = {"one"},
       .migrations = {{.export_name = "A", .name = "A1", .timestamp = 1, .transaction = false}},
       .notes = {"note"}});
  CHECK(applied.problems.empty());
  CHECK(applied.entry.migrations ==
        std::vector<DescribedMigration>{
            {.name = "A1", .timestamp = 1, .export_name = "A", .transaction = false}});
  CHECK(applied.entry.condition.all_of == Names{"one"});
  CHECK(applied.entry.notes == Names{"note"});
}

TEST_CASE("a class without a timestamp is shown, with a name that has one", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("1712345678901-a.ts", "// ü\nexport class AddA {}\n");
  const fs::path source = folder.root() / "1712345678901-a.ts";
  const Applied applied = apply({.migrations = {{.name = "AddA"}}}, source);
  CHECK(applied.entry.migrations.empty());
  REQUIRE(applied.problems.size() == 1);
  const Diagnostic& problem = applied.problems[0];
  CHECK(problem.code == ErrorCode::Build);
  CHECK(problem.location.value().file == source);
  CHECK(problem.location.value().line == 2);
  CHECK(problem.location.value().column == 14);
  CHECK_THAT(problem.hint, Contains("'AddA1712345678901'"));
}

TEST_CASE("a module that does not load is a problem of its source", "[build]") {
  const Applied applied =
      apply({.problem = Diagnostic{.code = ErrorCode::Build, .message = "no module 'x'\nstack"}});
  REQUIRE(applied.problems.size() == 1);
  CHECK_THAT(applied.problems[0].message, Contains("cannot load") && Contains("no module 'x'"));
  CHECK(applied.problems[0].notes == Names{"stack"});
  CHECK(applied.problems[0].location.value().file == "1700000000000-a.ts");
}

TEST_CASE("a place that the module's own error knows is kept", "[build]") {
  const Diagnostic located{.message = "boom", .location = Location{.file = "b.ts", .line = 3}};
  const Applied applied = apply({.problem = located});
  CHECK(applied.problems.at(0).location.value().file == "b.ts");
  CHECK(applied.problems.at(0).location.value().line == 3);
}

}  // namespace medusa
