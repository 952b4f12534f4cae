// SPDX-License-Identifier: MIT
// What the tests against the real TypeORM and Medusa have in common.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "medusa/core/text.hpp"

#include "medusa_program.hpp"
#include "postgres_fixture.hpp"
#include "temporary_workspace.hpp"
#include "test_database.hpp"

namespace medusa {

using Variables = std::map<std::string, std::string>;

[[nodiscard]] inline std::filesystem::path pg_dump() {
  return PostgresFixture::shared().binaries() / "pg_dump";
}

/// A pg_dump without the lines that differ each time.
[[nodiscard]] inline std::string comparable(std::string_view dump) {
  std::string text;
  for (const std::string_view line : lines(dump)) {
    if (!line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) {
      text.append(line).append("\n");
    }
  }
  return text;
}

/// The first lines in which two texts differ; empty if they are equal. (Catch would print both.)
[[nodiscard]] inline std::string difference(std::string_view ours, std::string_view theirs) {
  const std::vector<std::string_view> our_lines = lines(ours);
  const std::vector<std::string_view> their_lines = lines(theirs);
  for (std::size_t i = 0; i < std::max(our_lines.size(), their_lines.size()); ++i) {
    const auto line_of = [i](const auto& all) {
      return i < all.size() ? std::string(all[i].substr(0, 1000)) : "(end)";
    };
    if (line_of(our_lines) != line_of(their_lines)) {
      return "line " + std::to_string(i + 1) + "\nours:   " + line_of(our_lines) +
             "\ntheirs: " + line_of(their_lines);
    }
  }
  return ours == theirs ? "" : "in a long line, or in how lines end";
}

/// Without our own two tables, which TypeORM does not know.
[[nodiscard]] inline std::string schema_of(const TestDatabase& database) {
  const Outcome outcome = run_program(pg_dump().string(),
                                      "/",
                                      {"--schema-only",
                                       "--no-owner",
                                       "--exclude-table=medusa_upgrade",
                                       "--exclude-table=medusa_migration",
                                       database.url()});
  REQUIRE(outcome.exit_code == 0);
  return comparable(outcome.output);
}

/// All rows of the table `migrations`, in order, as "id timestamp name".
[[nodiscard]] inline std::vector<std::string> history_of(const TestDatabase& database) {
  return database.column("SELECT concat_ws(' ', id, timestamp, name) FROM migrations ORDER BY id");
}

/// Runs oracle/typeorm.cjs with the backend of that workspace.
[[nodiscard]] inline Outcome run_typeorm(const TemporaryWorkspace& shop,
                                         std::vector<std::string> arguments,
                                         const Variables& environment = {}) {
  const auto script = project_root() / "tests" / "integration" / "oracle" / "typeorm.cjs";
  arguments.insert(arguments.begin(), script.string());
  return run_program("node", shop.root() / "backend", arguments, environment);
}

/// The environment with DATABASE_URL.
[[nodiscard]] inline Variables on(const TestDatabase& database, Variables environment = {}) {
  environment["DATABASE_URL"] = database.url();
  return environment;
}

/// Says what a program printed if it did not end as it should.
#define CHECK_EXIT(outcome, code)         \
  do {                                    \
    const Outcome& checked = (outcome);   \
    INFO("stdout: " << checked.output);   \
    INFO("stderr: " << checked.errors);   \
    REQUIRE(checked.exit_code == (code)); \
  } while (false)

/// Whether the example shop also has the modules that it does without.
enum class Modules { None, InventoryAndStockLocation };

/// The example shop, built.
class BuiltShop : public TemporaryWorkspace {
 public:
  explicit BuiltShop(const Variables& environment = {}, Modules modules = Modules::None) {
    copy_example_shop();
    if (modules == Modules::InventoryAndStockLocation) {
      add_modules();
    }
    const Outcome built = run_medusa(root(), {"build"}, environment);
    CHECK_EXIT(built, 0);
  }

  [[nodiscard]] Outcome migrations(std::vector<std::string> arguments,
                                   const Variables& environment) const {
    arguments.insert(arguments.begin(), "migrations");
    return run_medusa(root(), arguments, environment);
  }

 private:
  /// In medusa.toml, and in medusa-config.js as its documentation has them.
  void add_modules() const {
    replace("medusa.toml",
            "[workspace]",
            "[workspace]\nmodules = [\"@medusajs/stock-location\", \"@medusajs/inventory\"]");
    replace(
        "backend/medusa-config.js",
        "const modules = {",
        "const modules = {\n  stockLocationService: { resolve: \"@medusajs/stock-location\" },\n"
        "  inventoryService: { resolve: \"@medusajs/inventory\" },");
  }

  void replace(const char* file, std::string_view what, std::string_view by) const {
    std::string text = read(file);
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, what.size(), by));
  }
};

/// The migrations of the example shop itself, oldest first.
[[nodiscard]] inline const std::vector<std::string>& own_migrations() {
  static const std::vector<std::string> names{
      "CreateProductReview1688372584210",
      "CreateLoyaltyAccount1695807412366",
      "CreateSupplier1698746119023",
      "KeepLoyaltyBalance1703152088541",
      "ModerateProductReviews1707310295877",
      "AssignSuppliers1712566430912",
      "CreatePickupPoint1714027563318",
  };
  return names;
}

}  // namespace medusa
