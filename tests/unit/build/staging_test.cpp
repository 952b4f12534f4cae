// SPDX-License-Identifier: MIT
#include "staging.hpp"

#include <utility>

#include <catch2/catch.hpp>

#include "medusa/core/error.hpp"
#include "medusa/system/files.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;
using Paths = std::vector<fs::path>;

}  // namespace

TEST_CASE("a committed folder takes the place of the old one", "[build]") {
  const TemporaryWorkspace member;
  member.write("dist/migrations/old.js", "old");
  member.write("dist/other.js", "other");
  {
    Staging staging(member.root() / "dist" / "migrations");
    write_file(staging.folder() / "new.js", "new");
    CHECK(member.exists("dist/migrations/old.js"));
    staging.commit();
  }
  CHECK(list_files(member.root() / "dist") == Paths{"migrations/new.js", "other.js"});
  CHECK(list_names(member.root() / "dist") == Names{"migrations", "other.js"});
}

TEST_CASE("what is still right is kept, as the same file where nobody writes into it", "[build]") {
  const TemporaryWorkspace member;
  member.write("dist/migrations/lib/a.js", "a");
  member.write("dist/migrations/package.json", "{}");
  Staging staging(member.root() / "dist" / "migrations");
  staging.keep("lib/a.js");
  staging.keep("package.json", Staging::Keep::AsCopy);
  staging.keep("absent.js");
  CHECK(fs::equivalent(staging.folder() / "lib/a.js", member.root() / "dist/migrations/lib/a.js"));
  CHECK_FALSE(fs::equivalent(staging.folder() / "package.json",
                             member.root() / "dist/migrations/package.json"));
  staging.commit();
  CHECK(list_files(member.root() / "dist/migrations") == Paths{"lib/a.js", "package.json"});
}

TEST_CASE("a folder that is not committed leaves no trace", "[build]") {
  const TemporaryWorkspace member;
  member.write("dist/migrations/old.js", "old");
  {
    const Staging staging(member.root() / "dist" / "migrations");
    write_file(staging.folder() / "new.js", "new");
  }
  CHECK(list_names(member.root() / "dist") == Names{"migrations"});
  CHECK(list_names(member.root() / "dist" / "migrations") == Names{"old.js"});
}

TEST_CASE("the first build makes the folders it needs", "[build]") {
  const TemporaryWorkspace member;
  Staging staging(member.root() / "dist" / "migrations");
  write_file(staging.folder() / "new.js", "new");
  staging.commit();
  CHECK(list_files(member.root()) == Paths{"dist/migrations/new.js"});
}

TEST_CASE("what killed builds left is removed, and nothing else", "[build]") {
  const TemporaryWorkspace member;
  member.write("dist/.migrations-12345/half.js", "");
  member.write("dist/.migrations-1/deep/half.js", "");
  member.write("dist/.other/kept.js", "");
  member.write("dist/migrations-12345/kept.js", "");
  { const Staging staging(member.root() / "dist" / "migrations"); }
  CHECK(list_names(member.root() / "dist") == Names{".other", "migrations-12345"});
}

TEST_CASE("a staging folder begins empty", "[build]") {
  const TemporaryWorkspace member;
  fs::path left;
  {
    const Staging staging(member.root() / "migrations");
    left = staging.folder();
  }
  write_file(left / "left.js", "from a process of the same number");
  const Staging staging(member.root() / "migrations");
  CHECK(staging.folder() == left);
  CHECK(list_names(staging.folder()).empty());
}

TEST_CASE("a moved staging folder belongs to its new owner", "[build]") {
  const TemporaryWorkspace member;
  {
    Staging first(member.root() / "migrations");
    write_file(first.folder() / "new.js", "new");
    Staging second(std::move(first));
    second.commit();
  }
  CHECK(list_files(member.root()) == Paths{"migrations/new.js"});
}

TEST_CASE("a staging folder that cannot be made is a build error", "[build]") {
  const TemporaryWorkspace member;
  member.write("dist", "a file");
  try {
    const Staging staging(member.root() / "dist" / "migrations");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::Build);
    CHECK_THAT(error.what(), Catch::Matchers::Contains((member.root() / "dist").string()));
  }
}

}  // namespace medusa
