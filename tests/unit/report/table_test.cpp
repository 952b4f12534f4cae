// SPDX-License-Identifier: MIT
#include "medusa/report/table.hpp"

#include <algorithm>
#include <string_view>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "display_width.hpp"

namespace medusa {

namespace {

Table example() {
  Table table({{.title = "id", .align = Align::Right},
               {.title = "migration", .fit = Fit::Shorten},
               {.title = "member", .fit = Fit::Drop},
               {.title = "kind", .fit = Fit::Drop}});
  table.add_row({{.text = "1", .style = Style::Faint},
                 {.text = "initialSchema1607440039327"},
                 {.text = "@medusajs/medusa"},
                 {.text = "typeorm"}});
  table.add_row({{.text = "12"},
                 {.text = "Zoë移行1690000000000", .style = Style::Good},
                 {.text = "backend"},
                 {.text = ""}});
  return table;
}

std::size_t widest(std::string_view text) {
  std::size_t width = 0;
  for (const std::string_view line : lines(text)) {
    width = std::max(width, display_width(line));
  }
  return width;
}

}  // namespace

TEST_CASE("columns are aligned by what is seen, and no line ends with blanks", "[report]") {
  CHECK(example().text(Look{}) ==
        "id  migration                   member            kind\n"
        " 1  initialSchema1607440039327  @medusajs/medusa  typeorm\n"
        "12  Zoë移行1690000000000        backend\n");
}

TEST_CASE("a table that fits is not touched", "[report]") {
  CHECK(example().text(Look{.columns = 57}) == example().text(Look{}));
}

TEST_CASE("a narrow table shortens the widest text first", "[report]") {
  CHECK(example().text(Look{.columns = 51, .unicode = true}) ==
        "id  migration             member            kind\n"
        " 1  initialSchema160744…  @medusajs/medusa  typeorm\n"
        "12  Zoë移行1690000000000  backend\n");
}

TEST_CASE("a narrower table leaves out what can be left out", "[report]") {
  CHECK(example().text(Look{.columns = 42}) ==
        "id  migration             member\n"
        " 1  initialSchema1607...  @medusajs/medusa\n"
        "12  Zoë移行1690000000000  backend\n");
  CHECK(example().text(Look{.columns = 24}) ==
        "id  migration\n"
        " 1  initialSchema1607...\n"
        "12  Zoë移行1690000000000\n");
}

TEST_CASE("no line of a table is ever wider than the terminal", "[report]") {
  const std::size_t columns = GENERATE(range(std::size_t{1}, std::size_t{70}));
  const bool unicode = GENERATE(true, false);
  CAPTURE(columns, unicode);
  CHECK(widest(example().text(Look{.columns = columns, .unicode = unicode})) <= columns);
}

TEST_CASE("cells have their style, titles are bold", "[report]") {
  Table table({{.title = "state"}, {.title = "name"}});
  table.add_row({{.text = "applied", .style = Style::Good}, {.text = "A"}});
  CHECK(table.text(Look{.color = true}) ==
        "\x1b[1mstate\x1b[0m    \x1b[1mname\x1b[0m\n"
        "\x1b[32mapplied\x1b[0m  A\n");
}

TEST_CASE("a break is an empty line between rows only", "[report]") {
  Table table({{.title = "name"}});
  table.add_break();
  table.add_row({{.text = "A"}});
  table.add_break();
  table.add_break();
  table.add_row({{.text = "B"}});
  table.add_break();
  CHECK(table.text(Look{}) == "name\nA\n\nB\n");
}

TEST_CASE("a cell cannot break its line", "[report]") {
  Table table({{.title = "name"}});
  table.add_row({{.text = "A\nB\x1b[2J"}});
  CHECK(table.text(Look{}) == "name\nA B?[2J\n");
}

}  // namespace medusa
