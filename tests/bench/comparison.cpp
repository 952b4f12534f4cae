// SPDX-License-Identifier: MIT
#include "comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results.hpp"

namespace medusa {

namespace {

using std::chrono::microseconds;

std::vector<microseconds> sorted_times(const std::vector<Run>& rounds) {
  std::vector<microseconds> times;
  for (const Run& run : rounds) {
    times.push_back(run.cost.wall);
  }
  std::sort(times.begin(), times.end());
  return times;
}

template <typename T>
T median_of(const std::vector<T>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted.at(middle)
                                : (sorted.at(middle - 1) + sorted.at(middle)) / 2;
}

}  // namespace

microseconds Contender::median() const {
  return median_of(sorted_times(rounds));
}

microseconds Contender::least() const {
  return sorted_times(rounds).front();
}

microseconds Contender::most() const {
  return sorted_times(rounds).back();
}

double Comparison::ratio(std::size_t of, std::size_t to) const {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < contenders.at(of).rounds.size(); ++round) {
    ratios.push_back(static_cast<double>(contenders[of].rounds[round].cost.wall.count()) /
                     static_cast<double>(contenders.at(to).rounds[round].cost.wall.count()));
  }
  std::sort(ratios.begin(), ratios.end());
  return median_of(ratios);
}

std::string Comparison::table() const {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    const Contender& each = contenders[i];
    rows.push_back({each.name,
                    std::to_string(each.rounds.size()),
                    milliseconds(each.median()),
                    milliseconds(each.least()),
                    milliseconds(each.most()),
                    fmt::format("{:.2f}", ratio(i, 0)),
                    mebibytes(each.memory.own),
                    mebibytes(each.memory.children)});
  }
  return markdown_table(
      {"program", "runs", "median ms", "min", "max", "x ours", "own MiB", "children MiB"}, rows);
}

Comparison compare(const std::vector<Work>& works,
                   std::size_t rounds,
                   const std::filesystem::path& scratch) {
  const std::filesystem::path output = scratch / "output";
  Comparison comparison;
  for (const Work& work : works) {
    work.prepare();
    comparison.contenders.push_back(
        {.name = work.name, .memory = run_watched(work.command, output, work.exit_code)});
    work.check();
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < works.size(); ++turn) {
      const std::size_t next = (round + turn) % works.size();
      works[next].prepare();
      comparison.contenders[next].rounds.push_back(
          {.cost = run_timed(works[next].command, output, works[next].exit_code)});
    }
  }
  return comparison;
}

std::string milliseconds(microseconds time) {
  return fmt::format("{:.1f}", static_cast<double>(time.count()) / 1000.0);
}

std::string mebibytes(std::size_t bytes) {
  constexpr double kMiB = 1024.0 * 1024.0;
  return bytes == 0 ? "-" : fmt::format("{:.1f}", static_cast<double>(bytes) / kMiB);
}

}  // namespace medusa
