// SPDX-License-Identifier: MIT
// TESTING.md's table has the rows that the suite runs. Its figures are those of the run that wrote
// it: another version may send other messages, and have other points.
#include <catch2/catch.hpp>

#include "medusa/system/files.hpp"

#include "matrix_table.hpp"
#include "medusa_program.hpp"

using namespace medusa;         // NOLINT(google-build-using-namespace)
using namespace medusa::fault;  // NOLINT(google-build-using-namespace)

TEST_CASE("the fault matrix of TESTING.md has the rows of the suite, and sums that are right") {
  const std::vector<std::string> rows = rows_in(read_file(project_root() / "TESTING.md"));
  REQUIRE(rows.size() == all_rows().size() + 1);
  constexpr std::size_t kTitle = 3;
  std::vector<std::size_t> sums(5);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::string> cells = cells_of(rows[i]);
    INFO(rows[i]);
    REQUIRE(cells.size() == kTitle + sums.size());
    std::vector<std::size_t> figures;
    for (std::size_t k = kTitle; k < cells.size(); ++k) {
      figures.push_back(std::stoul(cells[k]));
    }
    // Every point has exactly one end.
    CHECK(figures[0] == figures[1] + figures[2] + figures[3] + figures[4]);
    CHECK(figures[0] > 0);
    if (i == all_rows().size()) {
      CHECK(figures == sums);
      break;
    }
    CHECK(std::vector<std::string>(cells.begin(), cells.begin() + kTitle) ==
          title_of(all_rows()[i]));
    for (std::size_t k = 0; k < sums.size(); ++k) {
      sums[k] += figures[k];
    }
  }
}
