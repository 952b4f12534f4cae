// SPDX-License-Identifier: MIT
#include "dbmate_benchmark.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "bench_database.hpp"
#include "comparison.hpp"
#include "generated_shop.hpp"
#include "medusa_program.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;

/// With more migrations than this, running them all takes long.
constexpr std::size_t kLarge = 2'000;

/// The program itself: what npm puts on the path is a script that starts Node first.
fs::path dbmate_program() {
  const fs::path folder = project_root() / "node_modules" / "@dbmate";
  if (fs::exists(folder)) {
    for (const auto& package : fs::directory_iterator(folder)) {
      return package.path() / "bin" / "dbmate";
    }
  }
  throw std::runtime_error("dbmate is not installed: npm ci");
}

class DbmateBenchmark {
 public:
  DbmateBenchmark(std::size_t migrations, const BenchOptions& options)
      : migrations_(migrations),
        options_(options),
        shop_(migrations, MigrationLanguage::Sql) {
    for (const fs::path& source : shop_.sources()) {
      fs::create_directories(scratch_.root() / "migrations");
      fs::copy_file(source, scratch_.root() / "migrations" / source.filename());
    }
    const Outcome built = run_medusa(shop_.root(), {"build"});
    if (built.exit_code != 0) {
      throw std::runtime_error("the workspace cannot be built: " + built.errors);
    }
  }

  void run(Results& results) const {
    const std::string name = fmt::format("{} SQL migrations", migrations_);
    const std::size_t runs = migrations_ > kLarge ? options_.slow_runs : options_.runs;
    const Comparison all = compare({ours(true), theirs(true)}, runs, scratch_.root());
    results.add(name + " from empty", all.table());
    results.add({.what = name + " from empty, of dbmate's time",
                 .limit = 1,
                 .measured = all.ratio(0, 1),
                 .unit = "x"});
    const Comparison none = compare({ours(false), theirs(false)}, options_.runs, scratch_.root());
    results.add(name + ", nothing pending", none.table());
    results.add({.what = name + ", nothing pending, of dbmate's time",
                 .limit = 1,
                 .measured = none.ratio(0, 1),
                 .unit = "x"});
  }

 private:
  [[nodiscard]] Work ours(bool from_empty) const {
    Work work{.name = "medusa",
              .command = {.program = medusa_program(),
                          .arguments = {"migrations", "run", "-t", "each"},
                          .directory = shop_.root(),
                          .environment = {{"DATABASE_URL", ours_.url()}}},
              .check = [this] { ours_.require_rows("migrations", migrations_); }};
    if (from_empty) {
      work.prepare = [this] { ours_.recreate(); };
    }
    return work;
  }

  [[nodiscard]] Work theirs(bool from_empty) const {
    const fs::path folder = scratch_.root() / "migrations";
    Work work{.name = "dbmate",
              .command = {.program = dbmate_program(),
                          .arguments = {"--no-dump-schema", "-d", folder, "migrate"},
                          .directory = scratch_.root(),
                          // Go's driver asks for encryption, which a Unix socket has not.
                          .environment = {{"DATABASE_URL", theirs_.url() + "&sslmode=disable"}}},
              .check = [this] { theirs_.require_rows("schema_migrations", migrations_); }};
    if (from_empty) {
      work.prepare = [this] { theirs_.recreate(); };
    }
    return work;
  }

  std::size_t migrations_;
  const BenchOptions& options_;
  GeneratedShop shop_;
  TemporaryWorkspace scratch_;
  BenchDatabase ours_{"bench_ours"};
  BenchDatabase theirs_{"bench_theirs"};
};

}  // namespace

void measure_dbmate(const BenchOptions& options, Results& results) {
  for (const std::size_t size : options.dbmate_sizes) {
    DbmateBenchmark(size, options).run(results);
  }
}

}  // namespace medusa
