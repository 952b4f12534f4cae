// SPDX-License-Identifier: MIT
#include "display_width.hpp"

#include <catch2/catch.hpp>

namespace medusa {

TEST_CASE("the display width counts columns, not bytes", "[report]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("plain") == 5);
  CHECK(display_width("Zoë") == 3);
  CHECK(display_width("Zoe\u0308") == 3);  // e and a combining diaeresis
  CHECK(display_width("移行") == 4);
  CHECK(display_width("🚀") == 2);
}

TEST_CASE("bytes that are no UTF-8 are one column each", "[report]") {
  CHECK(display_width("a\xff\xfe") == 3);
  CHECK(display_width("\xe7\xa7") == 2);          // cut in the middle
  CHECK(display_width("\xc0\x80") == 2);          // longer than needed
  CHECK(display_width("\xed\xa0\x80") == 3);      // a surrogate
  CHECK(display_width("\xf4\x90\x80\x80") == 4);  // beyond Unicode
}

TEST_CASE("shortened text ends with the ellipsis inside the width", "[report]") {
  CHECK(shortened("CreateReviews", 13, "…") == "CreateReviews");
  CHECK(shortened("CreateReviews", 12, "…") == "CreateRevie…");
  CHECK(shortened("CreateReviews", 12, "...") == "CreateRev...");
  CHECK(shortened("移行移行", 6, "…") == "移行…");  // a half character is not drawn
  CHECK(shortened("CreateReviews", 1, "…") == "…");
  CHECK(shortened("CreateReviews", 2, "...") == "..");
  CHECK(shortened("CreateReviews", 0, "…").empty());
}

TEST_CASE("printable text cannot move the cursor or reorder what is read", "[report]") {
  CHECK(printable("CreateReviews") == "CreateReviews");
  CHECK(printable("\x1b[2Jgone\r") == "?[2Jgone?");
  CHECK(printable("a\tb\nc") == "a b c");
  CHECK(printable("a\tb\nc", true) == "a\tb\nc");
  CHECK(printable("\u202Eabc\u2066") == "?abc?");
  CHECK(printable("\u009b") == "?");
  CHECK(printable("Zoë\xff") == "Zoë?");
}

}  // namespace medusa
