// SPDX-License-Identifier: MIT
#include "medusa/workspace/glob.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "../config/temporary_tree.hpp"

namespace medusa {

namespace {

/// What a pattern finds, relative to the tree.
std::vector<std::string> found(const test::TemporaryTree& tree, const std::string& pattern) {
  std::vector<std::string> names;
  for (const std::filesystem::path& path : expand_glob(tree.root(), pattern)) {
    names.push_back(path.lexically_relative(tree.root()).string());
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a star matches any characters and a question mark one", "[workspace]") {
  CHECK(matches_wildcard("*", "anything"));
  CHECK(matches_wildcard("medusa-*", "medusa-"));
  CHECK(matches_wildcard("*-plugin-*", "medusa-plugin-plugin-reviews"));
  CHECK(matches_wildcard("a*b*c", "a-b-b-c"));
  CHECK(matches_wildcard("v?", "v1"));
  CHECK(matches_wildcard("**", "same as one"));
  CHECK_FALSE(matches_wildcard("v?", "v"));
  CHECK_FALSE(matches_wildcard("v?", "v10"));
  CHECK_FALSE(matches_wildcard("a*b", "abc"));
  CHECK_FALSE(matches_wildcard("", "a"));
  CHECK(matches_wildcard("", ""));
}

TEST_CASE("a question mark matches one character, not one byte", "[workspace]") {
  CHECK(matches_wildcard("?", "\xC3\xBC"));
  CHECK(matches_wildcard("b?cher",
                         "b\xC3\xBC"
                         "cher"));
  CHECK_FALSE(matches_wildcard("??", "\xC3\xBC"));
}

TEST_CASE("a wildcard does not match a hidden name", "[workspace]") {
  CHECK_FALSE(matches_wildcard("*", ".git"));
  CHECK_FALSE(matches_wildcard("?git", ".git"));
  CHECK(matches_wildcard(".*", ".git"));
}

TEST_CASE("all other characters of a pattern mean themselves", "[workspace]") {
  CHECK(matches_wildcard("[a]*", "[a]bc"));
  CHECK_FALSE(matches_wildcard("[a]*", "abc"));
  CHECK(matches_wildcard("{a,b}", "{a,b}"));
  CHECK_FALSE(matches_wildcard("a.c", "abc"));
}

TEST_CASE("a long pattern with many stars takes no exponential time", "[workspace]") {
  std::string pattern;
  for (int i = 0; i < 40; ++i) {
    pattern += "a*";
  }
  CHECK_FALSE(matches_wildcard(pattern + "b", std::string(2000, 'a')));
}

TEST_CASE("expand_glob finds folders sorted by name, segment by segment", "[workspace]") {
  test::TemporaryTree tree;
  for (const char* folder :
       {"b/y", "b/x", "a/z", "a-b/x", "a/.hidden", "node_modules/x", ".git/x"}) {
    tree.folder(folder);
  }
  tree.write("a/file", "");
  tree.write("file", "");
  CHECK(found(tree, "*") == Names{"a", "a-b", "b"});
  CHECK(found(tree, "*/*") == Names{"a/z", "a-b/x", "b/x", "b/y"});
  CHECK(found(tree, "*/x") == Names{"a-b/x", "b/x"});
  CHECK(found(tree, "./b/?/") == Names{"b/x", "b/y"});
  CHECK(found(tree, "b") == Names{"b"});
  CHECK(found(tree, "gone/*").empty());
  CHECK(found(tree, "file/*").empty());
  CHECK(found(tree, "a/f*").empty());
  CHECK(found(tree, "node_modules/*") == Names{"node_modules/x"});
  CHECK(found(tree, "a/.h*") == Names{"a/.hidden"});
}

TEST_CASE("expand_glob takes absolute patterns and patterns that go up", "[workspace]") {
  test::TemporaryTree tree;
  tree.folder("shop");
  const auto plugin = tree.folder("shared/plugin");
  const auto up = expand_glob(tree.root() / "shop", "../shared/*");
  REQUIRE(up.size() == 1);
  CHECK(std::filesystem::equivalent(up[0], plugin));
  CHECK(expand_glob("/nowhere", tree.root() / "shared/p*") ==
        std::vector<std::filesystem::path>{plugin});
}

TEST_CASE("expand_glob follows links to folders and skips broken ones", "[workspace]") {
  test::TemporaryTree tree;
  tree.folder("elsewhere/real");
  tree.link("plugins/linked", "../elsewhere/real");
  tree.link("plugins/broken", "../elsewhere/gone");
  CHECK(found(tree, "plugins/*") == Names{"plugins/linked"});
}

TEST_CASE("expand_glob takes a segment literally if there is such a folder", "[workspace]") {
  test::TemporaryTree tree;
  tree.folder("a*/x");
  tree.folder("ab/x");
  CHECK(found(tree, "a*/*") == Names{"a*/x"});
}

}  // namespace medusa
