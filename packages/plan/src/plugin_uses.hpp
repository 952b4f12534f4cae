// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "medusa/plan/plugin_removal.hpp"

#include "known_migrations.hpp"

namespace medusa {

/// What other members' migrations do to objects that the plugin created: of each migration one for
/// each object and action, a mere need only if there is nothing else. Of a part of the plugin's
/// table the table is told.
[[nodiscard]] std::vector<PluginUse> uses_of(const std::string& plugin,
                                             const KnownMigrations& known);

}  // namespace medusa
