// SPDX-License-Identifier: MIT
// What removing a plugin would take: which migrations are to be reverted, what their `down`s drop,
// and who else uses it. Found out on paper, from footprints and the live schema.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "medusa/catalog/catalog.hpp"
#include "medusa/core/location.hpp"
#include "medusa/plan/history.hpp"
#include "medusa/plan/recordings.hpp"
#include "medusa/plan/upgrade_facts.hpp"
#include "medusa/sql/footprint.hpp"

namespace medusa {

/// An applied migration of the plugin, and what its `down` would do to the live schema. Objects are
/// in words: "table review".
struct RemovalStep {
  Migration migration = {};
  std::int64_t id = 0;                     ///< Of the history row.
  std::vector<std::string> drops = {};     ///< What it names and what is there.
  std::vector<std::string> along = {};     ///< What goes with that, parts of dropped tables aside.
  std::vector<std::string> problems = {};  ///< Why it would fail; blocked drops aside.
  /// Why more may happen (it is dynamic, it has an opaque statement), or why it cannot be reverted;
  /// empty: that is all.
  std::string doubt = {};
};

/// A migration of another member that does something to what the plugin created.
struct PluginUse {
  std::string migration = {};  ///< Id.
  bool applied = false;
  Action action = Action::Need;  ///< Never Create: who adds to a table changes it.
  std::string object = {};
  Location place = {};  ///< The statement.
};

/// A drop that the live schema does not allow.
struct BlockedDrop {
  std::string by = {};  ///< Id of the plugin's migration.
  std::string object = {};
  std::vector<std::string> dependents = {};
};

/// Something that is not the plugin's and would go with what it drops.
struct CollateralLoss {
  std::string by = {};  ///< Id of the plugin's migration.
  std::string object = {};
  std::string creator = {};  ///< Id of the migration that made it; empty: nobody's we know.
};

/// A migration of another member of which not everything is known.
struct UnknownUse {
  std::string migration = {};
  std::string reason = {};
};

struct PluginRemoval {
  std::string plugin = {};
  std::string version = {};
  std::vector<RemovalStep> steps = {};  ///< In the order in which they would be reverted.
  /// Applied migrations recorded as the plugin's which it ships no more: they cannot be reverted.
  std::vector<std::string> missing = {};
  /// How many migrations of others were executed after its first one: 0 means that reverting the
  /// last `steps.size()` takes back the plugin and nothing else.
  std::size_t executed_since = 0;
  std::vector<PluginUse> used_by = {};
  std::vector<BlockedDrop> blocked = {};
  std::vector<CollateralLoss> taken = {};
  std::vector<UnknownUse> unknown = {};     ///< Run after the plugin's first, or pending.
  std::vector<std::string> remaining = {};  ///< Its tables that would still be there.

  /// Whether something else uses the plugin.
  [[nodiscard]] bool in_use() const {
    return !used_by.empty() || !blocked.empty() || !taken.empty();
  }

  /// Whether all is known of what its `down`s would do and of what others do: only then is "not in
  /// use" a promise.
  [[nodiscard]] bool is_certain() const {
    return unknown.empty() && std::all_of(steps.begin(), steps.end(), [](const RemovalStep& step) {
             return step.doubt.empty();
           });
  }
};

/// An object is the plugin's if the plugin was the first to create it, in order of execution and
/// then of timestamps. Who creates an object of that name, too, does not use the plugin's.
/// @throws Error with ErrorCode::Plan if no plugin is called so.
[[nodiscard]] PluginRemoval plan_removal(const std::string& plugin,
                                         const Catalog& catalog,
                                         const History& history,
                                         const Recordings& recordings,
                                         const UpgradeFacts& facts);

}  // namespace medusa
