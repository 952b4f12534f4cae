// SPDX-License-Identifier: MIT
// What a command works with. Each part is made at the first use, so that a command only pays for,
// and only fails because of, what it needs.
#pragma once

#include <memory>
#include <optional>

#include "medusa/build/builder.hpp"
#include "medusa/catalog/catalog.hpp"
#include "medusa/config/load.hpp"
#include "medusa/execute/executor.hpp"
#include "medusa/host/script_host.hpp"
#include "medusa/report/terminal.hpp"
#include "medusa/system/environment.hpp"
#include "medusa/workspace/workspace.hpp"

#include "database_choice.hpp"
#include "options.hpp"

namespace medusa {

class Context {
 public:
  Context(GlobalOptions options, const Environment& environment, Terminal& terminal);

  [[nodiscard]] Terminal& terminal() { return terminal_; }

  [[nodiscard]] const GlobalOptions& options() const { return options_; }

  [[nodiscard]] const Environment& environment() const { return environment_; }

  /// Flags of the command that override the configuration; set before config() is used.
  ConfigOverrides overrides = {};

  const Config& config();
  const Workspace& workspace();
  ScriptHost& host();

  /// Builds what is stale, then collects. Who asks for migrations will ask for a database, so one
  /// that cannot be used is refused before the build.
  const Catalog& catalog();

  /// The configured database, or the workspace's own server, started if need be.
  const DatabaseChoice& database();

  /// Says to people which database that is.
  void announce_database();

  /// The schema of the history table.
  std::string schema();

  ExecutorOptions executor_options();

  /// Plans upgrades with foresight. With nothing pending it reads nothing more than it is given.
  Planner upgrade_planner();

  /// What planning an upgrade takes; builds. Recordings only if something is late.
  UpgradeFacts facts(const History& history,
                     const DatabaseSource& source,
                     FootprintDirections directions = FootprintDirections::Up);

  /// The journal beside what lies here today; builds.
  Journal compared(const Journal& journal);

  /// Only builds.
  void build();

  /// What `build` gave. @pre it was called, and `catalog` was not: that takes the members.
  [[nodiscard]] const BuildResult& built() const { return *built_; }

 private:
  GlobalOptions options_;
  const Environment& environment_;
  Terminal& terminal_;
  std::optional<Config> config_;
  std::optional<Workspace> workspace_;
  std::optional<BuildResult> built_;
  std::optional<Catalog> catalog_;
  std::optional<DatabaseChoice> database_;
  std::unique_ptr<ScriptHost> host_;
};

}  // namespace medusa
