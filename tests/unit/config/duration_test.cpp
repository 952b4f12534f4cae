// SPDX-License-Identifier: MIT
#include "medusa/config/duration.hpp"

#include <catch2/catch.hpp>

namespace medusa {

using std::chrono::seconds;

TEST_CASE("parse_duration reads seconds, minutes and hours", "[config]") {
  CHECK(parse_duration("0") == seconds(0));
  CHECK(parse_duration("45") == seconds(45));
  CHECK(parse_duration("90s") == seconds(90));
  CHECK(parse_duration("5m") == seconds(300));
  CHECK(parse_duration("2h") == seconds(7200));
  CHECK(parse_duration("8760h") == kLongestDuration);
}

TEST_CASE("parse_duration refuses everything else", "[config]") {
  for (const char* text : {"",
                           "s",
                           "m",
                           "-5",
                           "+5",
                           " 5",
                           "5 ",
                           "5 m",
                           "5d",
                           "5ms",
                           "1.5h",
                           "1h30m",
                           "0x10",
                           "five",
                           "8761h",
                           "4294967295h",
                           "99999999999999999999"}) {
    CAPTURE(text);
    CHECK(parse_duration(text) == std::nullopt);
  }
}

}  // namespace medusa
