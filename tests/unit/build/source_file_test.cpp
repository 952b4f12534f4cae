// SPDX-License-Identifier: MIT
#include "source_file.hpp"

#include <catch2/catch.hpp>

#include "medusa/core/checksum.hpp"

#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Names = std::vector<std::string>;

/// Remembers nothing, so that everything is read.
std::vector<SourceFile> sources_in(const std::filesystem::path& folder) {
  FileChecksums checksums;
  return find_sources(folder, checksums);
}

std::vector<SourceFile> built_in(const std::filesystem::path& folder) {
  FileChecksums checksums;
  return find_built(folder, checksums);
}

/// The sources as text: "path -> output kind".
Names described(const std::vector<SourceFile>& sources) {
  Names text;
  for (const SourceFile& source : sources) {
    const char* kind = source.kind == SourceKind::Script ? "script"
                       : source.kind == SourceKind::Sql  ? "sql"
                                                         : "asset";
    text.push_back(source.path + " -> " + source.output + ' ' + kind);
  }
  return text;
}

}  // namespace

TEST_CASE("sources are classified by what the build does with them", "[build]") {
  const TemporaryWorkspace folder;
  for (const char* file : {"1700000000000-a.ts",
                           "1700000000000-b.js",
                           "c.mjs",
                           "d.cjs",
                           "1700000000000-e.sql",
                           "data.json",
                           "readme",
                           "not-numbered.sql",
                           "helpers/f.ts",
                           "helpers/1700000000000-g.sql"}) {
    folder.write(file, "");
  }
  CHECK(described(sources_in(folder.root())) ==
        Names{"1700000000000-a.ts -> 1700000000000-a.js script",
              "1700000000000-b.js -> 1700000000000-b.js script",
              "1700000000000-e.sql -> 1700000000000-e.js sql",
              "c.mjs -> c.js script",
              "d.cjs -> d.js script",
              "data.json -> data.json asset",
              "helpers/1700000000000-g.sql -> helpers/1700000000000-g.sql asset",
              "helpers/f.ts -> helpers/f.js script",
              "not-numbered.sql -> not-numbered.sql asset",
              "readme -> readme asset"});
}

TEST_CASE("type declarations, source maps and hidden files are no sources", "[build]") {
  const TemporaryWorkspace folder;
  for (const char* file :
       {"a.d.ts", "a.js.map", "a.ts.map", ".b.ts", ".git/c.ts", "node_modules/d.ts"}) {
    folder.write(file, "");
  }
  CHECK(sources_in(folder.root()).empty());
}

TEST_CASE("a source has the checksum of its content", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("a.ts", "content");
  CHECK(sources_in(folder.root()).at(0).checksum == sha256("content"));
}

TEST_CASE("only the top of the folder holds migrations", "[build]") {
  CHECK(SourceFile{.path = "a.ts"}.at_top());
  CHECK_FALSE(SourceFile{.path = "helpers/a.ts"}.at_top());
}

TEST_CASE("of a built folder what Medusa would load is found", "[build]") {
  const TemporaryWorkspace folder;
  for (const char* file : {"b.js",
                           "a.js",
                           "a.js.map",
                           "a.d.ts",
                           "c.mjs",
                           ".d.js",
                           "e/f.js",
                           "g.js/h",
                           "medusa-manifest.json"}) {
    folder.write(file, "");
  }
  CHECK(described(built_in(folder.root())) == Names{"a.js -> a.js script", "b.js -> b.js script"});
}

TEST_CASE("a folder that is not there has no sources", "[build]") {
  const TemporaryWorkspace folder;
  CHECK(sources_in(folder.root() / "none").empty());
  CHECK(built_in(folder.root() / "none").empty());
}

}  // namespace medusa
