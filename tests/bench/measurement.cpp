// SPDX-License-Identifier: MIT
#include "measurement.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "medusa/core/text.hpp"
#include "medusa/system/files.hpp"

namespace medusa {

namespace fs = std::filesystem;

namespace {

std::chrono::microseconds lowering_time(const fs::path& output) {
  const std::string text = read_file(output);
  for (const std::string_view line : lines(text)) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_object() && event.value("type", "") == "build-finished") {
      const std::chrono::duration<double, std::milli> time(event.at("lowering_ms").get<double>());
      return std::chrono::duration_cast<std::chrono::microseconds>(time);
    }
  }
  return {};
}

}  // namespace

std::chrono::microseconds Measurement::least_processor_time() const {
  return std::min_element(runs.begin(),
                          runs.end(),
                          [](const Run& a, const Run& b) { return a.cost.cpu < b.cost.cpu; })
      ->cost.cpu;
}

Measurement measure(const Work& work, const fs::path& scratch) {
  const fs::path output = scratch / "output";
  Measurement measurement{.name = work.name};
  work.prepare();
  measurement.memory = run_watched(work.command, output, work.exit_code);
  work.check();
  for (std::size_t run = 0; run < work.runs; ++run) {
    work.prepare();
    const ProcessCost cost = run_timed(work.command, output, work.exit_code);
    measurement.runs.push_back({.cost = cost, .lowering = lowering_time(output)});
  }
  std::sort(measurement.runs.begin(), measurement.runs.end(), [](const Run& a, const Run& b) {
    return a.cost.wall < b.cost.wall;
  });
  return measurement;
}

}  // namespace medusa
