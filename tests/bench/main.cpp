// SPDX-License-Identifier: MIT
// medusa_bench [--plan] [--sql] [NUMBER OF MIGRATIONS]...: prints one table for each number. Judges
// nothing. --plan: only what plans; --sql: SQL migrations instead of TypeScript.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "medusa/core/error.hpp"
#include "medusa/report/table.hpp"
#include "medusa/system/files.hpp"
#include "medusa/system/interruption.hpp"

#include "generated_shop.hpp"
#include "machine.hpp"
#include "measurement.hpp"
#include "medusa_program.hpp"
#include "postgres_fixture.hpp"

namespace {

using namespace medusa;
namespace fs = std::filesystem;

/// Long work is repeated less often.
constexpr std::size_t kManyRuns = 15;
constexpr std::size_t kFewRuns = 3;
constexpr std::size_t kLarge = 5'000;

struct Options {
  bool only_plan = false;
  MigrationLanguage language = MigrationLanguage::TypeScript;
  std::vector<std::size_t> sizes = {};
};

/// What is measured on one shop, in the order in which it must be done.
class Benchmark {
 public:
  Benchmark(std::size_t migrations, MigrationLanguage language)
      : shop_(migrations, language),
        language_(language),
        slow_runs_(migrations < kLarge ? kManyRuns / 2 : kFewRuns),
        database_(PostgresFixture::shared().url(PostgresFixture::shared().create_database())) {
    fs::create_directories(scratch_.root() / "out");
  }

  [[nodiscard]] std::size_t plugins() const { return shop_.plugins(); }

  [[nodiscard]] const fs::path& shop() const { return shop_.root(); }

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
    measurements.push_back(plan("plan, all pending"));
    measurements.push_back(nothing_pending());
    shop_.add_late_plugin();
    measurements.push_back(plan("plan, 50 late ones"));
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
        {.name = "esbuild itself",
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
    return measure({.name = "build, all changed",
                    .command = medusa({"build", "--format", "json"}),
                    .runs = slow_runs_,
                    .prepare = [this] { shop_.forget_build(); }},
                   scratch_.root());
  }

  Measurement nothing_changed() {
    return measure(
        {.name = "build, nothing changed", .command = medusa({"build"}), .runs = kManyRuns},
        scratch_.root());
  }

  Measurement one_edited() {
    return measure({.name = "build, one file edited",
                    .command = medusa({"build", "--format", "json"}),
                    .runs = kManyRuns,
                    .prepare = [this] { shop_.edit_one(); }},
                   scratch_.root());
  }

  Measurement plan(const std::string& name) {
    return measure({.name = name, .command = medusa({"migrations", "plan"}), .runs = kManyRuns},
                   scratch_.root());
  }

  Measurement nothing_pending() {
    // In one transaction, a server's lock table ends at a few thousand new tables.
    (void)run_timed(medusa({"migrations", "run", "-t", "each"}), scratch_.root() / "output");
    return measure({.name = "run, nothing pending",
                    .command = medusa({"migrations", "run"}),
                    .runs = kManyRuns},
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
  std::size_t slow_runs_;
  std::size_t forgotten_ = 0;
  std::string database_;
};

std::string milliseconds(std::chrono::microseconds time) {
  return fmt::format("{:.1f}", static_cast<double>(time.count()) / 1000.0);
}

std::string mebibytes(std::size_t bytes) {
  constexpr double kMiB = 1024.0 * 1024.0;
  return bytes == 0 ? "-" : fmt::format("{:.1f}", static_cast<double>(bytes) / kMiB);
}

/// The build's time without that of lowering, in that of the first line, if that is esbuild's own.
std::string ratio(const Run& run, const Measurement& first) {
  if (!first.name.starts_with("esbuild")) {
    return "-";
  }
  return fmt::format("{:.2f}",
                     static_cast<double>((run.cost.wall - run.lowering).count()) /
                         static_cast<double>(first.median().cost.wall.count()));
}

std::string microseconds_each(const Measurement& measurement, std::size_t migrations) {
  return fmt::format("{:.1f}",
                     static_cast<double>(measurement.least_processor_time().count()) /
                         static_cast<double>(migrations));
}

std::string table(const std::vector<Measurement>& measurements, std::size_t migrations) {
  Table table({{.title = "work"},
               {.title = "runs", .align = Align::Right},
               {.title = "median ms", .align = Align::Right},
               {.title = "min", .align = Align::Right},
               {.title = "max", .align = Align::Right},
               {.title = "processor ms", .align = Align::Right},
               {.title = "µs each", .align = Align::Right},
               {.title = "lowering ms", .align = Align::Right},
               {.title = "rest / esbuild", .align = Align::Right},
               {.title = "own MiB", .align = Align::Right},
               {.title = "children MiB", .align = Align::Right}});
  for (const Measurement& each : measurements) {
    const Run& median = each.median();
    table.add_row({{.text = each.name},
                   {.text = std::to_string(each.runs.size())},
                   {.text = milliseconds(median.cost.wall)},
                   {.text = milliseconds(each.runs.front().cost.wall)},
                   {.text = milliseconds(each.runs.back().cost.wall)},
                   {.text = milliseconds(each.least_processor_time())},
                   {.text = microseconds_each(each, migrations)},
                   {.text = median.lowering.count() == 0 ? "-" : milliseconds(median.lowering)},
                   {.text = ratio(median, measurements.front())},
                   {.text = mebibytes(each.memory.own)},
                   {.text = mebibytes(each.memory.children)}});
  }
  return table.text(Look{});
}

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

void run(const Options& options) {
  const char* language = options.language == MigrationLanguage::Sql ? "SQL" : "TypeScript";
  bool first = true;
  for (const std::size_t size : options.sizes) {
    Benchmark benchmark(size, options.language);
    if (std::exchange(first, false)) {
      print(machine_description(benchmark.shop()) + '\n');
    }
    print(fmt::format("\n{} {} migrations in {} plugins\n\n", size, language, benchmark.plugins()));
    print(table(benchmark.run(options.only_plan), size));
  }
}

Options options_from(const std::vector<std::string>& arguments) {
  Options options;
  for (const std::string& argument : arguments) {
    if (argument == "--plan") {
      options.only_plan = true;
    } else if (argument == "--sql") {
      options.language = MigrationLanguage::Sql;
    } else {
      options.sizes.push_back(std::max(1UL, std::stoul(argument)));
    }
  }
  if (options.sizes.empty()) {
    options.sizes.push_back(100);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Interruption interruption;
  try {
    run(options_from(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
