// SPDX-License-Identifier: MIT
// medusa_bench: prints what work takes, ours and others', beside the project's bars. Judges
// nothing: it ends with 0 whatever the figures. Options: options.cpp.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "medusa/system/environment.hpp"
#include "medusa/system/interruption.hpp"

#include "dbmate_benchmark.hpp"
#include "growth.hpp"
#include "machine.hpp"
#include "options.hpp"
#include "results.hpp"
#include "shop_benchmark.hpp"

namespace {

using namespace medusa;

/// What would change a contender's behaviour.
void forget_environment() {
  const Environment ours = Environment::of_process();
  for (const auto& [name, value] : ours.variables()) {
    if (name == "DATABASE_URL" || name == "CI" || name == "NODE_ENV" || name == "NODE_OPTIONS" ||
        name.starts_with("MEDUSA_FF_") || name.starts_with("PG") || name.starts_with("DBMATE_")) {
      ::unsetenv(name.c_str());
    }
  }
}

void run(const BenchOptions& options) {
  Results results;
  const std::string machine = machine_description();
  const std::string before = load_description();
  print(machine + "\n- began: " + before + '\n');
  if (options.shop) {
    measure_shop(options, results);
  }
  if (options.dbmate) {
    measure_dbmate(options, results);
  }
  if (options.growth) {
    measure_growth(options, results);
  }
  const std::string after = load_description();
  print("\n- ended: " + after + '\n');
  if (options.file.has_value()) {
    const std::string smoke = options.is_smoke ? "\n\nA smoke run: these figures say nothing." : "";
    results.write(*options.file, machine + "\n- began: " + before + "\n- ended: " + after + smoke);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Interruption interruption;
  try {
    forget_environment();
    run(BenchOptions::of(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
