// SPDX-License-Identifier: MIT
#include "results.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string_view>

#include "medusa/system/files.hpp"

namespace medusa {

namespace {

/// Characters, not bytes: there is "µs" in headings.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string padding(widths[i] - width_of(cells[i]), ' ');
    line += ' ' + (i == 0 ? cells[i] + padding : padding + cells[i]) + " |";
  }
  return line + '\n';
}

}  // namespace

std::string markdown_table(const std::vector<std::string>& heading,
                           const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(heading.size(), 2);
  const auto widen = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  };
  widen(heading);
  std::for_each(rows.begin(), rows.end(), widen);
  std::string text = line_of(heading, widths) + '|';
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const std::string dashes(widths[i] + 1, '-');
    text += i == 0 ? dashes + "-|" : dashes + ":|";
  }
  text += '\n';
  for (const std::vector<std::string>& row : rows) {
    text += line_of(row, widths);
  }
  return text;
}

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

void Results::add(const std::string& title, const std::string& text) {
  const std::string section = "\n### " + title + "\n\n" + text;
  sections_ += section;
  print(section);
}

void Results::add(const Bar& bar) {
  bars_.push_back(bar);
  print('\n' + bar.what + ": " + bar.measured_text() + ", bar " + bar.limit_text() + ": " +
        bar.verdict() + '\n');
}

std::string Results::bars() const {
  std::vector<std::vector<std::string>> rows;
  for (const Bar& bar : bars_) {
    rows.push_back({bar.what, bar.limit_text(), bar.measured_text(), bar.verdict()});
  }
  return markdown_table({"work", "bar", "measured", "verdict"}, rows);
}

void Results::write(const std::filesystem::path& file, const std::string& machine) const {
  constexpr std::string_view kBegin = "<!-- measured: written by medusa_bench --write -->\n";
  constexpr std::string_view kEnd = "<!-- end -->\n";
  const std::string fresh =
      "\n" + machine + "\n\n## Bars\n\n" + bars() + "\n## Measurements\n" + sections_ + '\n';
  std::string text = read_file_if_present(file).value_or("");
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    text = "# Benchmarks\n\n" + std::string(kBegin) + fresh + std::string(kEnd);
  } else {
    text.replace(begin + kBegin.size(), end - begin - kBegin.size(), fresh);
  }
  write_file(file, text);
}

}  // namespace medusa
