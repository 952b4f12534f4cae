// SPDX-License-Identifier: MIT
#include "medusa/report/table.hpp"

#include <algorithm>
#include <utility>

#include "display_width.hpp"

namespace medusa {

namespace {

constexpr std::string_view kGap = "  ";
/// Below this a shortened cell says too little: columns that may be dropped go first.
constexpr std::size_t kReadable = 20;

/// The columns that are shown, with their widths.
struct Layout {
  std::vector<std::size_t> widths = {};
  std::vector<bool> shown = {};

  [[nodiscard]] std::size_t total() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (shown[i]) {
        sum += (sum == 0 ? 0 : kGap.size()) + widths[i];
      }
    }
    return sum;
  }
};

std::vector<std::size_t> natural_widths(const std::vector<Column>& columns,
                                        const std::vector<std::vector<Cell>>& rows) {
  std::vector<std::size_t> widths;
  widths.reserve(columns.size());
  for (const Column& column : columns) {
    widths.push_back(display_width(column.title));
  }
  for (const std::vector<Cell>& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }
  return widths;
}

/// Leaves out columns, the last first, until the others can be readable.
void drop(Layout& layout, const std::vector<Column>& columns, std::size_t limit) {
  Layout least = layout;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].fit != Fit::Fixed) {
      least.widths[i] = std::min(least.widths[i], kReadable);
    }
  }
  for (std::size_t i = columns.size(); i-- > 0 && least.total() > limit;) {
    if (columns[i].fit == Fit::Drop) {
      least.shown[i] = false;
      layout.shown[i] = false;
    }
  }
}

/// Takes the missing columns from those that may be shortened, always from the widest.
void shrink(Layout& layout, const std::vector<Column>& columns, std::size_t limit) {
  for (std::size_t total = layout.total(); total > limit; --total) {
    std::size_t widest = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (layout.shown[i] && columns[i].fit != Fit::Fixed &&
          (widest == columns.size() || layout.widths[i] > layout.widths[widest])) {
        widest = i;
      }
    }
    if (widest == columns.size() || layout.widths[widest] <= 1) {
      return;
    }
    --layout.widths[widest];
  }
}

Layout lay_out(const std::vector<Column>& columns,
               const std::vector<std::vector<Cell>>& rows,
               std::size_t limit) {
  Layout layout{.widths = natural_widths(columns, rows),
                .shown = std::vector<bool>(columns.size(), true)};
  if (limit > 0 && layout.total() > limit) {
    drop(layout, columns, limit);
    shrink(layout, columns, limit);
  }
  return layout;
}

/// Puts rows into text. Blanks are only written when something follows, so no line ends with them.
class RowWriter {
 public:
  RowWriter(const std::vector<Column>& columns, const Layout& layout, const Look& look)
      : columns_(columns),
        layout_(layout),
        look_(look) {}

  void append(std::string& text, const std::vector<Cell>& row) const {
    std::size_t column = 0;  // where the next cell begins
    std::size_t cursor = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!layout_.shown[i]) {
        continue;
      }
      std::size_t width = layout_.widths[i];
      if (look_.columns > 0) {  // the last resort, when not even the narrowest layout fits
        width = std::min(width, look_.columns - std::min(look_.columns, column));
      }
      const std::string cell = shortened(row[i].text, width, look_.ellipsis());
      const std::size_t cell_width = display_width(cell);
      const std::size_t margin = columns_[i].align == Align::Right ? width - cell_width : 0;
      if (cell_width > 0) {
        text.append(column + margin - cursor, ' ');
        text += look_.styled(cell, row[i].style);
        cursor = column + margin + cell_width;
      }
      column += layout_.widths[i] + kGap.size();
    }
    text += '\n';
  }

 private:
  const std::vector<Column>& columns_;
  const Layout& layout_;
  const Look& look_;
};

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add_row(std::vector<Cell> cells) {
  for (Cell& cell : cells) {
    cell.text = printable(cell.text);
  }
  rows_.push_back(std::move(cells));
}

void Table::add_break() {
  if (!rows_.empty() && !rows_.back().empty()) {
    rows_.emplace_back();
  }
}

std::string Table::text(const Look& look) const {
  const Layout layout = lay_out(columns_, rows_, look.columns);
  const RowWriter writer(columns_, layout, look);
  std::vector<Cell> titles;
  for (const Column& column : columns_) {
    titles.push_back({.text = column.title, .style = Style::Strong});
  }
  std::string text;
  writer.append(text, titles);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].empty() || i + 1 < rows_.size()) {
      writer.append(text, rows_[i]);
    }
  }
  return text;
}

}  // namespace medusa
