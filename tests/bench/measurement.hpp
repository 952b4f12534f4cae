// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "observed_process.hpp"

namespace medusa {

/// One kind of work: how it is prepared, and what is run.
struct Work {
  std::string name = {};
  ProcessCommand command = {};
  std::size_t runs = 1;
  int exit_code = 0;
  std::function<void()> prepare = [] {};  ///< Before each run, outside its time.
  /// After the run that is not counted: throws if the command did not do what it was to do. Some
  /// programs fail and say nothing.
  std::function<void()> check = [] {};
};

/// What one run took.
struct Run {
  ProcessCost cost = {};
  /// How long the build took to learn the SQL of migrations, if it says
  /// so ("lowering_ms" of the event "build-finished").
  std::chrono::microseconds lowering{0};
};

/// What came out of several runs and one more for the memory.
struct Measurement {
  std::string name = {};
  std::vector<Run> runs = {};  ///< Shortest first.
  ProcessMemory memory = {};

  [[nodiscard]] const Run& median() const { return runs.at(runs.size() / 2); }

  /// User and system time: on a busy machine the least says most.
  [[nodiscard]] std::chrono::microseconds least_processor_time() const;
};

/// Does the work once without counting it, then as often as it says. `scratch` is a folder for the
/// command's output. @throws std::exception if a command fails.
[[nodiscard]] Measurement measure(const Work& work, const std::filesystem::path& scratch);

}  // namespace medusa
