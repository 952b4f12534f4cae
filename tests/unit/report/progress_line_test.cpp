// SPDX-License-Identifier: MIT
#include "progress_line.hpp"

#include <catch2/catch.hpp>

#include "display_width.hpp"

namespace medusa {

namespace {

using namespace std::chrono_literals;

const Progress kHalf{.verb = "Applying",
                     .finished = 40,
                     .position = 41,
                     .total = 79,
                     .what = "core/AddSalesChannels1656949291839",
                     .elapsed = 1200ms};

}  // namespace

TEST_CASE("the progress line has a bar, the position, the step and the time", "[report]") {
  CHECK(progress_line(kHalf, {.columns = 120, .unicode = true}) ==
        "    Applying ━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 41/79 core/AddSalesChannels1656949291839  1.2 "
        "s");
  CHECK(progress_line(kHalf, {.columns = 80, .unicode = true}) ==
        "    Applying ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 41/79 core/AddSalesChannels1656949291…  1.2 s");
  CHECK(progress_line(kHalf, {.columns = 40, .unicode = true}) ==
        "Applying ━━━╌╌╌ 41/79 core/AddS…  1.2 s");
}

TEST_CASE("the progress line says how far a statement is, as far as there is room", "[report]") {
  Progress progress = kHalf;
  progress.detail = "scanning table";
  progress.amount = "42 %";
  CHECK(progress_line(progress, {.columns = 120, .unicode = true}) ==
        "    Applying ━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 41/79 core/AddSalesChannels1656949291839  "
        "scanning table 42 %  1.2 s");
  for (const std::size_t columns : {36U, 50U, 60U, 80U, 120U}) {
    const std::string line = progress_line(progress, {.columns = columns, .unicode = true});
    INFO(line);
    CHECK(display_width(line) < columns);
    CHECK((columns < 50 || line.find("42 %  1.2 s") != std::string::npos));
  }
  progress.amount = {};
  CHECK_THAT(progress_line(progress, {.columns = 80, .unicode = true}),
             Catch::Matchers::Contains("  scanning table  1.2 s"));
}

TEST_CASE("the progress line can do with ASCII", "[report]") {
  CHECK(progress_line(kHalf, {.columns = 80}) ==
        "    Applying [==========          ] 41/79 core/AddSalesChannels165694...  1.2 s");
}

TEST_CASE("the progress line's colours", "[report]") {
  CHECK(progress_line(kHalf, {.columns = 60, .color = true, .unicode = true}) ==
        "    \x1b[1;36mApplying\x1b[0m \x1b[32m━━━━━\x1b[0m\x1b[2m╌╌╌╌╌\x1b[0m 41/79 "
        "core/AddSalesChannels…  \x1b[2m1.2 s\x1b[0m");
}

TEST_CASE("time that passes keeps its width below a minute", "[report]") {
  CHECK(elapsed_text(0us) == "0.0 s");
  CHECK(elapsed_text(199ms) == "0.1 s");
  CHECK(elapsed_text(3s) == "3.0 s");
  CHECK(elapsed_text(59'999ms) == "59.9 s");
  CHECK(elapsed_text(125'900ms) == "2 min 5 s");
}

TEST_CASE("the progress line never reaches the last column", "[report]") {
  const std::size_t columns = GENERATE(range(std::size_t{1}, std::size_t{130}));
  const bool unicode = GENERATE(true, false);
  CAPTURE(columns, unicode);
  CHECK(display_width(progress_line(kHalf, {.columns = columns, .unicode = unicode})) < columns);
}

}  // namespace medusa
