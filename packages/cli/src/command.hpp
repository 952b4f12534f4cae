// SPDX-License-Identifier: MIT
// A command declares itself (name, help, flags) and says what to do; it holds no policy.
#pragma once

#include <CLI/App.hpp>
#include <functional>

#include "context.hpp"

namespace medusa {

/// What the chosen command does; returns the exit status.
using CommandAction = std::function<int(Context&)>;

/// Each adds its command below `parent` and sets `chosen` when it is the one typed.
void add_run(CLI::App& parent, CommandAction& chosen);
void add_show(CLI::App& parent, CommandAction& chosen);
void add_verify(CLI::App& parent, CommandAction& chosen);
void add_plan(CLI::App& parent, CommandAction& chosen);
void add_explain(CLI::App& parent, CommandAction& chosen);
/// What a hazard is, told by its code.
void add_explain_hazard(CLI::App& parent, CommandAction& chosen);
/// `global` gets what its own --format says about everything else that is printed.
void add_graph(CLI::App& parent, CommandAction& chosen, GlobalOptions& global);
void add_revert(CLI::App& parent, CommandAction& chosen);
void add_baseline(CLI::App& parent, CommandAction& chosen);
void add_create(CLI::App& parent, CommandAction& chosen);
void add_build(CLI::App& parent, CommandAction& chosen);
void add_plugin(CLI::App& parent, CommandAction& chosen);
void add_database(CLI::App& parent, CommandAction& chosen);

}  // namespace medusa
