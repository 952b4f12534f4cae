// SPDX-License-Identifier: MIT
#pragma once

#include "medusa/plan/plugin_removal.hpp"
#include "medusa/report/terminal.hpp"

namespace medusa {

/// Answers `plugin remove --plan`: the migrations in the order in which they would be reverted with
/// what they drop, then who uses the plugin; in JSON one object (README.md of this package).
void render_removal(const PluginRemoval& removal, Terminal& terminal);

}  // namespace medusa
