// SPDX-License-Identifier: MIT
#include "medusa/report/duration.hpp"

#include <catch2/catch.hpp>

namespace medusa {

using namespace std::chrono_literals;

TEST_CASE("a duration has two or three digits and the unit that fits", "[report]") {
  CHECK(format_duration(0us) == "0 ms");
  CHECK(format_duration(840us) == "0.8 ms");
  CHECK(format_duration(12ms) == "12 ms");
  CHECK(format_duration(1900ms) == "1.9 s");
  CHECK(format_duration(125s) == "2 min 5 s");
  CHECK(format_duration(3h + 4min + 5s) == "3 h 4 min");
}

TEST_CASE("a duration changes its unit where rounding would give too many digits", "[report]") {
  CHECK(format_duration(9949us) == "9.9 ms");
  CHECK(format_duration(9950us) == "10 ms");
  CHECK(format_duration(999'499us) == "999 ms");
  CHECK(format_duration(999'500us) == "1.0 s");
  CHECK(format_duration(59'949ms) == "59.9 s");
  CHECK(format_duration(59'950ms) == "1 min");
  CHECK(format_duration(3'599'499ms) == "59 min 59 s");
  CHECK(format_duration(3'599'500ms) == "1 h");
}

TEST_CASE("a whole number of seconds has no decimals", "[report]") {
  CHECK(format_duration(15s) == "15 s");
  CHECK(format_duration(10min) == "10 min");
}

TEST_CASE("a negative duration, which a clock can give, is none", "[report]") {
  CHECK(format_duration(-5us) == "0 ms");
}

}  // namespace medusa
