// SPDX-License-Identifier: MIT
#include "medusa/report/look.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("styled text is plain without colour", "[report]") {
  CHECK(Look{.color = false}.styled("x", Style::StrongBad) == "x");
  CHECK(Look{.color = true}.styled("x", Style::StrongBad) == "\x1b[1;31mx\x1b[0m");
  CHECK(Look{.color = true}.styled("x", Style::Plain) == "x");
  CHECK(Look{.color = true}.styled("", Style::Bad).empty());
}

TEST_CASE("a verb is right-aligned, less far on a narrow terminal", "[report]") {
  CHECK(Look{}.verb("Applied", Style::StrongGood) == "     Applied ");
  CHECK(Look{.columns = 60}.verb("Applied", Style::StrongGood) == "     Applied ");
  CHECK(Look{.columns = 59}.verb("Applied", Style::StrongGood) == " Applied ");
  CHECK(Look{.columns = 59}.verb("Rolled back", Style::StrongCaution) == "Rolled back ");
  CHECK(Look{.color = true}.verb("Built", Style::StrongGood) == "       \x1b[1;32mBuilt\x1b[0m ");
}

TEST_CASE("the ellipsis is one character where the locale has it", "[report]") {
  CHECK(Look{.unicode = true}.ellipsis() == "…");
  CHECK(Look{.unicode = false}.ellipsis() == "...");
}

}  // namespace medusa
