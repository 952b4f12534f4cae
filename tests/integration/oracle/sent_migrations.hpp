// SPDX-License-Identifier: MIT
// The SQL of real migrations, as TypeORM sends it.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "medusa/database/connection.hpp"
#include "medusa/schema/schema_state.hpp"
#include "medusa/sql/footprint.hpp"

#include "oracle.hpp"

namespace medusa {

/// Built migrations of the core, of Medusa's modules and of the example shop.
[[nodiscard]] inline std::vector<std::string> built_folders(const std::filesystem::path& root) {
  const std::filesystem::path packages = root / "node_modules" / "@medusajs";
  std::vector<std::string> folders{(packages / "medusa/dist/migrations").string()};
  for (const std::string module : {"inventory", "stock-location"}) {
    folders.push_back((packages / module / "dist/migrations/schema-migrations").string());
  }
  for (const std::string member : {"plugins/medusa-plugin-loyalty",
                                   "plugins/medusa-plugin-reviews",
                                   "plugins/medusa-plugin-suppliers",
                                   "backend"}) {
    folders.push_back((root / member / "dist" / "migrations").string());
  }
  return folders;
}

/// What the real TypeORM sends for them: [{ name, up, down }], see directions.cjs.
[[nodiscard]] inline nlohmann::json sent_by_typeorm(const std::filesystem::path& root) {
  const TestDatabase database;
  std::vector<std::string> arguments{
      (project_root() / "tests/integration/oracle/directions.cjs").string(), database.url()};
  const std::vector<std::string> folders = built_folders(root);
  arguments.insert(arguments.end(), folders.begin(), folders.end());
  const Outcome outcome = run_program("node", root / "backend", arguments);
  CHECK_EXIT(outcome, 0);
  return nlohmann::json::parse(outcome.output);
}

[[nodiscard]] inline MigrationFootprint footprint_of(const nlohmann::json& statements) {
  FootprintReader reader;
  MigrationFootprint footprint;
  for (const nlohmann::json& statement : statements) {
    for (StatementFootprint& each : reader.read(statement.at("sql").get<std::string>())) {
      footprint.push_back(std::move(each));
    }
  }
  return footprint;
}

inline void execute(Connection& connection, const nlohmann::json& statements) {
  for (const nlohmann::json& statement : statements) {
    const auto sql = statement.at("sql").get<std::string>();
    if (statement.at("parameters").is_null()) {
      connection.execute(sql);
      continue;
    }
    std::vector<Parameter> parameters;
    for (const nlohmann::json& value : statement.at("parameters")) {
      parameters.emplace_back(value.is_null()     ? std::nullopt
                              : value.is_string() ? std::optional(value.get<std::string>())
                                                  : std::optional(value.dump()));
    }
    connection.execute(sql, parameters);
  }
}

}  // namespace medusa
