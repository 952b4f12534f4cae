// SPDX-License-Identifier: MIT
#include "shop_benchmark.hpp"

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "medusa/postgres/socket_address.hpp"
#include "medusa/system/files.hpp"

#include "bench_database.hpp"
#include "comparison.hpp"
#include "delay_proxy.hpp"
#include "medusa_program.hpp"
#include "postgres_fixture.hpp"
#include "shop_script.hpp"
#include "temporary_workspace.hpp"

namespace medusa {

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

constexpr double kReplayBar = 1.15;
constexpr double kMedusaBar = 6;
constexpr double kIdleBar = 25;
constexpr double kIdleMedusaBar = 60;
constexpr double kDistanceBar = 1.3;
constexpr microseconds kEachWay{1000};

double in_milliseconds(microseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

class ShopBenchmark {
 public:
  explicit ShopBenchmark(const BenchOptions& options) : options_(options) {
    shop_.copy_example_shop();
    const Outcome built = run_medusa(shop_.root(), {"build"});
    if (built.exit_code != 0) {
      throw std::runtime_error("the example shop cannot be built: " + built.errors);
    }
    fs::create_directories(scratch_.root() / "server");
  }

  void run(Results& results) {
    prepare_script();
    from_empty(results);
    nothing_pending(results);
    far_away(results);
  }

 private:
  /// Also counts what the shop has, so that later no contender can do less unnoticed.
  void prepare_script() {
    ours_.recreate();
    theirs_.recreate();
    const Outcome run =
        run_medusa(shop_.root(), {"migrations", "run"}, {{"DATABASE_URL", ours_.url()}});
    const Outcome shown = run_medusa(
        shop_.root(), {"migrations", "show", "--format", "json"}, {{"DATABASE_URL", ours_.url()}});
    if (run.exit_code != 0 || shown.exit_code != 0) {
      throw std::runtime_error("the example shop cannot be migrated: " + run.errors);
    }
    const auto list = nlohmann::json::parse(shown.output).at("migrations");
    for (const auto& migration : list) {
      migrations_ += migration.at("state") == "applied" ? 1U : 0U;
    }
    schema_ = ours_.dump({"--schema-only", "--exclude-table=medusa_*"});
    const std::vector<std::string> statements = shop_script(shop_.root(), ours_, theirs_);
    statements_ = statements.size();
    std::string script;
    for (const std::string& statement : statements) {
      script += statement + '\0';
    }
    write_file(script_, script);
  }

  void from_empty(Results& results) const {
    const Comparison comparison = compare({anew(ours("medusa"), ours_),
                                           anew(replay("statements"), theirs_),
                                           anew(replay("text"), theirs_),
                                           anew(medusa_cli(), theirs_),
                                           anew(typeorm(), theirs_)},
                                          options_.runs,
                                          scratch_.root());
    results.add("Example shop from empty: " + std::to_string(migrations_) + " migrations, " +
                    std::to_string(statements_) + " statements with the history's",
                comparison.table());
    results.add({.what = "shop from empty, of the same SQL over libpq, a statement at a time",
                 .limit = kReplayBar,
                 .measured = comparison.ratio(0, 1),
                 .unit = "x"});
    results.add({.what = "shop from empty, of the same SQL over libpq, in one text",
                 .limit = kReplayBar,
                 .measured = comparison.ratio(0, 2),
                 .unit = "x"});
    results.add({.what = "shop from empty, faster than Medusa's command line",
                 .side = Bar::Side::AtLeast,
                 .limit = kMedusaBar,
                 .measured = comparison.ratio(3, 0),
                 .unit = "x"});
  }

  void nothing_pending(Results& results) const {
    const Comparison comparison =
        compare({ours("medusa"), medusa_cli()}, options_.runs, scratch_.root());
    results.add("Example shop, nothing pending", comparison.table());
    results.add({.what = "shop, nothing pending",
                 .limit = kIdleBar,
                 .measured = in_milliseconds(comparison.contenders[0].median()),
                 .unit = " ms"});
    results.add({.what = "shop, nothing pending, faster than Medusa's command line",
                 .side = Bar::Side::AtLeast,
                 .limit = kIdleMedusaBar,
                 .measured = comparison.ratio(1, 0),
                 .unit = "x"});
  }

  void far_away(Results& results) const {
    const DelayProxy proxy(far(ours_).socket(), near(ours_).socket(), kEachWay);
    Work away = ours("2 ms away");
    away.command.environment["DATABASE_URL"] = far(ours_).url();
    const Work here = ours("local");
    compare_distance(
        results, "Example shop from empty, 2 ms away", {anew(here, ours_), anew(away, ours_)});
    compare_distance(results, "Example shop, nothing pending, 2 ms away", {here, away});
  }

  void compare_distance(Results& results,
                        const std::string& title,
                        const std::vector<Work>& works) const {
    const Comparison comparison = compare(works, options_.runs, scratch_.root());
    results.add(title, comparison.table());
    results.add({.what = title + ", of the local time",
                 .limit = kDistanceBar,
                 .measured = comparison.ratio(1, 0),
                 .unit = "x"});
  }

  /// The work on a database that is empty each time.
  [[nodiscard]] Work anew(Work work, const BenchDatabase& database) const {
    work.prepare = [&database] { database.recreate(); };
    work.check = [this, &database] {
      database.require_rows("migrations", migrations_);
      if (database.dump({"--schema-only", "--exclude-table=medusa_*"}) != schema_) {
        throw std::runtime_error("not every contender leaves the same schema");
      }
    };
    return work;
  }

  [[nodiscard]] Work ours(const std::string& name) const {
    return {.name = name,
            .command = {.program = medusa_program(),
                        .arguments = {"migrations", "run"},
                        .directory = shop_.root(),
                        .environment = {{"DATABASE_URL", ours_.url()}}}};
  }

  [[nodiscard]] Work replay(const std::string& how) const {
    return {.name = how == "text" ? "libpq, one text" : "libpq, a statement at a time",
            .command = {.program = MEDUSA_BENCH_REPLAY,
                        .arguments = {theirs_.url(), script_, how},
                        .directory = "/"}};
  }

  /// Without npx, which only looks for it.
  [[nodiscard]] Work medusa_cli() const {
    return {.name = "Medusa's command line",
            .command = {.program = project_root() / "node_modules" / ".bin" / "medusa",
                        .arguments = {"migrations", "run"},
                        .directory = shop_.root() / "backend",
                        .environment = {{"DATABASE_URL", theirs_.url()}}},
            .check = [this] { theirs_.require_rows("migrations", migrations_); }};
  }

  [[nodiscard]] Work typeorm() const {
    const fs::path script = project_root() / "tests" / "integration" / "oracle" / "typeorm.cjs";
    return {.name = "TypeORM's API",
            .command = {.program = "node",
                        .arguments = {script, "shop", "run", theirs_.url(), "all"},
                        .directory = shop_.root() / "backend"}};
  }

  [[nodiscard]] static SocketAddress near(const BenchDatabase& database) {
    return {.folder = PostgresFixture::shared().log().parent_path().parent_path(),
            .database = database.name()};
  }

  [[nodiscard]] SocketAddress far(const BenchDatabase& database) const {
    return {.folder = scratch_.root() / "server", .database = database.name()};
  }

  const BenchOptions& options_;
  TemporaryWorkspace shop_;
  TemporaryWorkspace scratch_;
  BenchDatabase ours_{"bench_ours"};
  BenchDatabase theirs_{"bench_theirs"};
  fs::path script_ = scratch_.root() / "script";
  std::size_t migrations_ = 0;
  std::size_t statements_ = 0;
  std::string schema_ = {};
};

}  // namespace

void measure_shop(const BenchOptions& options, Results& results) {
  ShopBenchmark(options).run(results);
}

}  // namespace medusa
