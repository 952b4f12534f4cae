// SPDX-License-Identifier: MIT
#include "medusa/core/text.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

using Strings = std::vector<std::string>;
using Views = std::vector<std::string_view>;

}  // namespace

TEST_CASE("the closest match is the candidate a typing error away", "[core]") {
  const Strings candidates{"database", "migrations", "workspace"};
  CHECK(closest_match("databse", candidates) == "database");
  CHECK(closest_match("migration", candidates) == "migrations");
  CHECK(closest_match("workspace", candidates) == "workspace");
}

TEST_CASE("nothing close means no suggestion", "[core]") {
  CHECK_FALSE(closest_match("verbose", {"database", "migrations"}).has_value());
  CHECK_FALSE(closest_match("url", {}).has_value());
  CHECK_FALSE(closest_match("ab", {"cd"}).has_value());
}

TEST_CASE("of equally close candidates the first is suggested", "[core]") {
  CHECK(closest_match("cat", {"cut", "cap", "cat s"}) == "cut");
}

TEST_CASE("plural agrees with its number", "[core]") {
  CHECK(plural(0, "migration") == "0 migrations");
  CHECK(plural(1, "migration") == "1 migration");
  CHECK(plural(2, "migration") == "2 migrations");
  CHECK(plural(1, "entry", "entries") == "1 entry");
  CHECK(plural(3, "entry", "entries") == "3 entries");
}

TEST_CASE("join puts the separator between the parts only", "[core]") {
  CHECK(join({}, ", ").empty());
  CHECK(join({"a"}, ", ") == "a");
  CHECK(join({"a", "", "b"}, ", ") == "a, , b");
}

TEST_CASE("trim takes white space from both ends", "[core]") {
  CHECK(trim(" \t\r\n a b \f\v") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(trim("").empty());
  CHECK(trim("x") == "x");
}

TEST_CASE("lines end with a line feed, with or without a carriage return", "[core]") {
  CHECK(lines("a\nb\r\nc") == Views{"a", "b", "c"});
  CHECK(lines("a\n\nb\n") == Views{"a", "", "b"});
  CHECK(lines("\r\n") == Views{""});
  CHECK(lines("a\rb") == Views{"a\rb"});
  CHECK(lines("").empty());
}

TEST_CASE("a shell takes a quoted word as it is", "[core]") {
  CHECK(shell_word("plugins/a-b_c.ts") == "plugins/a-b_c.ts");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("") == "''");
}

}  // namespace medusa
