// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "medusa/report/look.hpp"

namespace medusa {

enum class Align { Left, Right };

/// What a column does when the line is too long.
enum class Fit {
  Fixed,    ///< Keeps its width.
  Shorten,  ///< Its cells are cut, an ellipsis at their end; the widest such column first.
  Drop,     ///< Left out, the last such column first, before others get hard to read.
};

struct Column {
  std::string title = {};
  Align align = Align::Left;
  Fit fit = Fit::Fixed;
};

struct Cell {
  std::string text = {};
  Style style = Style::Plain;
};

/// Aligned columns below a heading. A row is always one line: where the channel has a width the
/// table keeps to it, elsewhere every text is printed in full.
class Table {
 public:
  explicit Table(std::vector<Column> columns);

  /// @pre as many cells as columns.
  void add_row(std::vector<Cell> cells);

  /// An empty line, if rows follow and precede.
  void add_break();

  /// The lines, each with its line end. Control characters in cells are replaced.
  [[nodiscard]] std::string text(const Look& look) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;  // an empty row is a break
};

}  // namespace medusa
