// SPDX-License-Identifier: MIT
#include "medusa/sql/position.hpp"

#include <catch2/catch.hpp>

namespace medusa {

namespace {

void check(const Location& found, int line, int column, const std::string& text) {
  CHECK(found.line == line);
  CHECK(found.column == column);
  CHECK(found.text == text);
}

}  // namespace

TEST_CASE("a position counts lines and columns from 1", "[sql]") {
  const std::string text = "ab\ncd\n";
  check(position_at(text, 0), 1, 1, "ab");
  check(position_at(text, 1), 1, 2, "ab");
  check(position_at(text, 2), 1, 3, "ab");
  check(position_at(text, 3), 2, 1, "cd");
  check(position_at(text, 6), 3, 1, "");
}

TEST_CASE("a position in empty text or past the end is the end", "[sql]") {
  check(position_at("", 0), 1, 1, "");
  check(position_at("ab", 2), 1, 3, "ab");
  check(position_at("ab", 100), 1, 3, "ab");
}

TEST_CASE("columns count characters, not bytes", "[sql]") {
  const std::string text = "x\nü🐘漢!\ny";
  check(position_at(text, text.find('!')), 2, 4, "ü🐘漢!");
  check(position_at(text, text.find("🐘")), 2, 2, "ü🐘漢!");
}

TEST_CASE("a line of Windows is shown without its carriage return", "[sql]") {
  check(position_at("ab\r\ncd\r\n", 5), 2, 2, "cd");
  check(position_at("ab\r\ncd\r\n", 0), 1, 1, "ab");
}

TEST_CASE("the offset of a character skips the bytes of those before", "[sql]") {
  const std::string text = "aü🐘b";
  CHECK(offset_of_character(text, 1) == 0);
  CHECK(offset_of_character(text, 2) == 1);
  CHECK(offset_of_character(text, 3) == 3);
  CHECK(offset_of_character(text, 4) == 7);
}

TEST_CASE("a character past the end is the end", "[sql]") {
  CHECK(offset_of_character("aü", 3) == 3);
  CHECK(offset_of_character("aü", 100) == 3);
  CHECK(offset_of_character("", 1) == 0);
}

}  // namespace medusa
