// SPDX-License-Identifier: MIT
// medusa.toml as a value: types and defaults are settled, nothing on disk has been looked at yet.
// Config has one struct per table of the file.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "medusa/config/setting.hpp"
#include "medusa/core/hazard_policy.hpp"
#include "medusa/core/late_policy.hpp"
#include "medusa/core/location.hpp"
#include "medusa/core/order_declaration.hpp"
#include "medusa/core/transaction_mode.hpp"

namespace medusa {

/// One entry of `plugins` (a folder, a pattern, or an npm package; package workspace decides) or of
/// `modules` (an npm package).
struct MemberEntry {
  std::string text = {};
  std::optional<Location> location = {};  ///< Its place in the file, if it was written there.
};

/// A feature flag's value in the forms that Medusa's own configuration takes.
using FlagValue = std::variant<bool, std::string, std::map<std::string, bool>>;

/// `[workspace]`: who takes part.
struct WorkspaceConfig {
  Setting<std::string> name = {};
  Setting<std::string> backend = {.value = "backend"};
  Setting<std::vector<MemberEntry>> plugins = {.value = {{.text = "plugins/*"}}};
  Setting<std::vector<MemberEntry>> modules = {};
  Setting<std::string> core = {.value = "@medusajs/medusa"};
};

/// `[database]`: where to migrate.
struct DatabaseConfig {
  /// A secret: print it only through mask_password. Absent: the workspace's own PostgreSQL.
  std::optional<Setting<std::string>> url = {};
  std::optional<Setting<std::string>> schema = {};
  Setting<std::vector<std::string>> extensions = {};
};

/// `[migrations]`: how to run.
struct MigrationsConfig {
  Setting<TransactionMode> transaction = {.value = TransactionMode::All};
  Setting<std::chrono::seconds> host_timeout = {.value = std::chrono::minutes(5)};
  Setting<std::chrono::seconds> run_lock_timeout = {.value = std::chrono::minutes(10)};
  Setting<std::chrono::seconds> lock_timeout = {.value = std::chrono::seconds(5)};
  Setting<std::chrono::seconds> lock_retry = {.value = std::chrono::minutes(5)};
  Setting<std::chrono::seconds> statement_timeout = {};
  Setting<LatePolicy> late = {.value = LatePolicy::Safe};
  Setting<bool> refuse_foreseen = {.value = true};  ///< `foresight = "refuse"`.
  Setting<HazardPolicy> hazards = {.value = HazardPolicy::Warn};
  /// Codes of hazards that are never told; each is known.
  Setting<std::vector<std::string>> allowed_hazards = {};
};

/// `[build]`: how to build a member.
struct BuildConfig {
  std::optional<Setting<std::string>> command = {};
};

/// Everything that medusa.toml, the environment and the flags say together.
struct Config {
  std::filesystem::path file = {};  ///< Absolute.
  std::filesystem::path root = {};  ///< The folder of `file`; relative paths start here.
  WorkspaceConfig workspace = {};
  /// `[feature_flags]` by name. MEDUSA_FF_* variables are not applied: package catalog does that.
  std::map<std::string, Setting<FlagValue>> feature_flags = {};
  DatabaseConfig database = {};
  MigrationsConfig migrations = {};
  /// `[late]`: by name of a member; names are not looked up.
  std::map<std::string, Setting<LatePolicy>> late = {};
  /// `[order]`: what comes after and before what; names are not looked up.
  std::vector<OrderDeclaration> order = {};
  BuildConfig build = {};
};

}  // namespace medusa
