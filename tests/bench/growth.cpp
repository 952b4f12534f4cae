// SPDX-License-Identifier: MIT
#include "growth.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "medusa/system/files.hpp"

#include "comparison.hpp"
#include "generated_shop.hpp"
#include "measurement.hpp"
#include "medusa_program.hpp"
#include "postgres_fixture.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

/// Long work is repeated less often.
constexpr std::size_t kLarge = 5'000;
/// The size that the project's bars speak of.
constexpr std::size_t kBarSize = 10'000;

constexpr const char* kEsbuild = "esbuild itself";
constexpr const char* kAllChanged = "build, all changed";
constexpr const char* kNothingChanged = "build, nothing changed";
constexpr const char* kAllPending = "plan, all pending";
constexpr const char* kNothingPending = "run, nothing pending";
constexpr const char* kLate = "plan, 50 late ones";

/// What is measured on one shop, in the order in which it must be done.
class GrowthBenchmark {
 public:
  GrowthBenchmark(std::size_t migrations, const BenchOptions& options)
      : shop_(migrations, options.language),
        language_(options.language),
        runs_(options.runs),
        slow_runs_(migrations < kLarge ? std::max<std::size_t>(1, options.runs / 2)
                                       : options.slow_runs),
        database_(PostgresFixture::shared().url(PostgresFixture::shared().create_database())) {
    fs::create_directories(scratch_.root() / "out");
  }

  [[nodiscard]] std::size_t plugins() const { return shop_.plugins(); }

  std::vector<Measurement> run(bool only_plan) {
    std::vector<Measurement> measurements;
    if (!only_plan) {
      if (language_ == MigrationLanguage::TypeScript) {
        measurements.push_back(esbuild());
      }
      measurements.push_back(full_build());
      measurements.push_back(nothing_changed());
      measurements.push_back(one_edited());
    }
    measurements.push_back(plan(kAllPending));
    measurements.push_back(nothing_pending());
    shop_.add_late_plugin();
    measurements.push_back(plan(kLate));
    return measurements;
  }

 private:
  Measurement esbuild() {
    std::string list;
    for (const fs::path& source : shop_.sources()) {
      list += source.string() + '\n';
    }
    const fs::path file = scratch_.root() / "sources";
    write_file(file, list);
    return measure(
        {.name = kEsbuild,
         .command = {.program = "node",
                     .arguments = {fs::path(MEDUSA_BENCH_FOLDER) / "esbuild_yardstick.cjs",
                                   shop_.root(),
                                   scratch_.root() / "out",
                                   file},
                     .directory = shop_.root()},
         .runs = slow_runs_,
         .prepare =
             [this] {
               fs::rename(scratch_.root() / "out",
                          scratch_.root() / ("out-" + std::to_string(++forgotten_)));
               fs::create_directory(scratch_.root() / "out");
             }},
        scratch_.root());
  }

  Measurement full_build() {
    return measure({.name = kAllChanged,
                    .command = medusa({"build", "--format", "json"}),
                    .runs = slow_runs_,
                    .prepare = [this] { shop_.forget_build(); }},
                   scratch_.root());
  }

  Measurement nothing_changed() {
    return measure({.name = kNothingChanged, .command = medusa({"build"}), .runs = runs_},
                   scratch_.root());
  }

  Measurement one_edited() {
    return measure({.name = "build, one file edited",
                    .command = medusa({"build", "--format", "json"}),
                    .runs = runs_,
                    .prepare = [this] { shop_.edit_one(); }},
                   scratch_.root());
  }

  Measurement plan(const std::string& name) {
    return measure({.name = name, .command = medusa({"migrations", "plan"}), .runs = runs_},
                   scratch_.root());
  }

  Measurement nothing_pending() {
    // In one transaction, a server's lock table ends at a few thousand new tables.
    (void)run_timed(medusa({"migrations", "run", "-t", "each"}), scratch_.root() / "output");
    return measure(
        {.name = kNothingPending, .command = medusa({"migrations", "run"}), .runs = runs_},
        scratch_.root());
  }

  [[nodiscard]] ProcessCommand medusa(const std::vector<std::string>& arguments) const {
    ProcessCommand command{.program = medusa_program(), .directory = shop_.root()};
    command.arguments = arguments;
    command.environment["DATABASE_URL"] = database_;
    return command;
  }

  GeneratedShop shop_;
  MigrationLanguage language_;
  TemporaryWorkspace scratch_;
  std::size_t runs_;
  std::size_t slow_runs_;
  std::size_t forgotten_ = 0;
  std::string database_;
};

/// The run's time without that of lowering, in esbuild's own.
double rest_of_esbuild(const Run& run, const Measurement& esbuild) {
  return static_cast<double>((run.cost.wall - run.lowering).count()) /
         static_cast<double>(esbuild.median().cost.wall.count());
}

std::string ratio(const Run& run, const Measurement& first) {
  return first.name == kEsbuild ? fmt::format("{:.2f}", rest_of_esbuild(run, first)) : "-";
}

std::string microseconds_each(const Measurement& measurement, std::size_t migrations) {
  return fmt::format("{:.1f}",
                     static_cast<double>(measurement.least_processor_time().count()) /
                         static_cast<double>(migrations));
}

std::string table(const std::vector<Measurement>& measurements, std::size_t migrations) {
  std::vector<std::vector<std::string>> rows;
  for (const Measurement& each : measurements) {
    const Run& median = each.median();
    rows.push_back({each.name,
                    std::to_string(each.runs.size()),
                    milliseconds(median.cost.wall),
                    milliseconds(each.runs.front().cost.wall),
                    milliseconds(each.runs.back().cost.wall),
                    milliseconds(each.least_processor_time()),
                    microseconds_each(each, migrations),
                    median.lowering.count() == 0 ? "-" : milliseconds(median.lowering),
                    ratio(median, measurements.front()),
                    mebibytes(each.memory.own),
                    mebibytes(each.memory.children)});
  }
  return markdown_table({"work",
                         "runs",
                         "median ms",
                         "min",
                         "max",
                         "processor ms",
                         "µs each",
                         "lowering ms",
                         "rest / esbuild",
                         "own MiB",
                         "children MiB"},
                        rows);
}

double median_milliseconds(const Measurement& measurement) {
  return static_cast<double>(measurement.median().cost.wall.count()) / 1000.0;
}

double own_mebibytes(const Measurement& measurement) {
  return static_cast<double>(measurement.memory.own) / (1024.0 * 1024.0);
}

void add_time(Results& results, const Measurement& measurement, double limit) {
  results.add({.what = fmt::format("{} migrations: {}", kBarSize, measurement.name),
               .limit = limit,
               .measured = median_milliseconds(measurement),
               .unit = " ms"});
}

/// As PRODUCT's table has them.
void add_bars(const std::vector<Measurement>& measurements, Results& results) {
  constexpr double kMemory = 128;
  for (const Measurement& each : measurements) {
    if (each.name == kNothingPending) {
      add_time(results, each, 100);
    } else if (each.name == kNothingChanged) {
      add_time(results, each, 150);
    } else if (each.name == kAllChanged && measurements.front().name == kEsbuild) {
      results.add(
          {.what = fmt::format(
               "{} migrations: {}, without lowering, of esbuild's own time", kBarSize, each.name),
           .limit = 1.5,
           .measured = rest_of_esbuild(each.median(), measurements.front()),
           .unit = "x"});
    } else if (each.name == kAllPending || each.name == kLate) {
      add_time(results, each, 1000);
      results.add({.what = fmt::format("{} migrations: {}, memory", kBarSize, each.name),
                   .limit = kMemory,
                   .measured = own_mebibytes(each),
                   .unit = " MiB"});
    }
  }
}

}  // namespace

void measure_growth(const BenchOptions& options, Results& results) {
  const char* language = options.language == MigrationLanguage::Sql ? "SQL" : "TypeScript";
  for (const std::size_t size : options.sizes) {
    GrowthBenchmark benchmark(size, options);
    const std::vector<Measurement> measurements = benchmark.run(options.only_plan);
    results.add(fmt::format("{} {} migrations in {} plugins", size, language, benchmark.plugins()),
                table(measurements, size));
    if (size == kBarSize) {
      add_bars(measurements, results);
    }
  }
}

}  // namespace medusa
