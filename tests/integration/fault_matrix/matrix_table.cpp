// SPDX-License-Identifier: MIT
#include "matrix_table.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

namespace medusa::fault {

namespace {

constexpr std::string_view kBegin =
    "<!-- The fault matrix: written by the target fault-matrix. -->\n";
constexpr std::string_view kEnd = "<!-- End of the fault matrix. -->\n";
constexpr std::string_view kHead =
    "| Plan | Mode | Fault | Points | Ended with 0 | Stopped, nothing done | Stopped, a part done "
    "| "
    "Stopped, all done |\n|---|---|---|---:|---:|---:|---:|---:|\n";

/// In the order of the columns.
constexpr const char* kFigures[] = {"points", "done", "nothing", "part", "all"};

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) {
    line.append(" ").append(cell).append(" |");
  }
  return line + '\n';
}

nlohmann::json figures_of(const std::filesystem::path& folder, const RowKey& key) {
  const auto text = read_file_if_present(folder / file_of(key));
  if (!text.has_value()) {
    throw std::runtime_error("there are no figures in " + file_of(key));
  }
  nlohmann::json figures = nlohmann::json::parse(*text);
  if (figures.at("failures") != 0) {
    throw std::runtime_error("points fail in " + file_of(key));
  }
  return figures;
}

struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Place place_in(const std::string& document) {
  const std::size_t begin = document.find(kBegin);
  const std::size_t end = document.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    throw std::runtime_error("the document has no place for the table");
  }
  return {.begin = begin + kBegin.size(), .end = end};
}

}  // namespace

std::string file_of(const RowKey& key) {
  std::string name;
  for (const std::string& cell : title_of(key)) {
    for (const char c : cell) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      name += letter ? c : '-';
    }
    name += '-';
  }
  return name + ".json";
}

std::vector<std::string> title_of(const RowKey& key) {
  const std::string way = key.way == Way::Pooled ? ", PgBouncer" : "";
  const std::string direction = key.direction == Direction::Down ? ", reverted" : "";
  return {to_string(key.code) + way + direction, key.mode, to_string(key.fault)};
}

std::string matrix_table(const std::filesystem::path& figures) {
  std::string table(kHead);
  std::vector<std::size_t> sums(std::size(kFigures));
  for (const RowKey& key : all_rows()) {
    const nlohmann::json row = figures_of(figures, key);
    std::vector<std::string> cells = title_of(key);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const std::size_t figure = row.at(kFigures[i]);
      sums[i] += figure;
      cells.push_back(std::to_string(figure));
    }
    table += line_of(cells);
  }
  std::vector<std::string> last{"all", "", ""};
  for (const std::size_t sum : sums) {
    last.push_back(std::to_string(sum));
  }
  return table + line_of(last);
}

std::string with_table(const std::string& document, const std::string& table) {
  const Place place = place_in(document);
  return document.substr(0, place.begin) + table + document.substr(place.end);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::size_t begin = line.find("| ");
  while (begin != std::string::npos) {
    const std::size_t end = line.find(" |", begin + 1);
    if (end == std::string::npos) {
      break;
    }
    cells.push_back(end < begin + 2 ? "" : line.substr(begin + 2, end - begin - 2));
    begin = end + 1;
  }
  return cells;
}

std::vector<std::string> rows_in(const std::string& document) {
  const Place place = place_in(document);
  std::vector<std::string> rows;
  for (const std::string_view line :
       lines(std::string_view(document).substr(place.begin, place.end - place.begin))) {
    rows.emplace_back(line);
  }
  const std::size_t head = 2;
  if (rows.size() >= head) {
    rows.erase(rows.begin(), rows.begin() + head);
  }
  return rows;
}

}  // namespace medusa::fault
