// SPDX-License-Identifier: MIT
#include "output_listing.hpp"

#include <catch2/catch.hpp>

#include "temporary_workspace.hpp"

namespace medusa {

namespace {

using Names = std::vector<std::string>;

std::vector<SourceFile> sources_with(const Names& outputs) {
  std::vector<SourceFile> sources;
  for (const std::string& output : outputs) {
    sources.push_back({.path = output, .output = output});
  }
  return sources;
}

}  // namespace

TEST_CASE("files that belong to an output are found beside it", "[build]") {
  const TemporaryWorkspace folder;
  folder.write("1-a.up.sql", "");
  folder.write("deep/2-b.up.sql", "");
  const OutputListing listing(folder.root());
  CHECK(listing.has_beside("1-a.js", ".up.sql"));
  CHECK(listing.has_beside("deep/2-b.js", ".up.sql"));
  CHECK_FALSE(listing.has_beside("1-a.js", ".down.sql"));
  CHECK_FALSE(listing.has_beside("2-b.js", ".up.sql"));
  CHECK_FALSE(OutputListing(folder.root() / "none").has_beside("1-a.js", ".up.sql"));
}

TEST_CASE("what no source accounts for is left over", "[build]") {
  const TemporaryWorkspace folder;
  for (const char* file : {"1-a.js",
                           "1-a.js.map",
                           "1-a.lowered.json",
                           "1-a.up.sql",
                           "1-a.down.sql",
                           "data.json",
                           "deep/help.js",
                           "medusa-manifest.json",
                           "package.json",
                           "2-b.up.sql",
                           "2-b.js",
                           "data.up.sql",
                           ".sql",
                           "deep/data.json",
                           "deep/2-b.js"}) {
    folder.write(file, "");
  }
  const OutputListing listing(folder.root());
  const std::vector<SourceFile> sources = sources_with({"1-a.js", "data.json", "deep/help.js"});
  CHECK(listing.leftovers(sources, false) ==
        Names{"2-b.js", "2-b.up.sql", "data.up.sql", "deep/2-b.js", "deep/data.json"});
  CHECK(listing.leftovers(sources, true) == Names{"2-b.js"});
}

}  // namespace medusa
