// SPDX-License-Identifier: MIT
#include "medusa/core/version.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int execute(Context& context) {
  context.terminal().open_events(version());
  context.build();
  return 0;
}

}  // namespace

void add_build(CLI::App& parent, Action& chosen) {
  CLI::App* command =
      parent.add_subcommand("build", "Build every member's src/migrations into dist/migrations");
  command->callback([&chosen] { chosen = execute; });
}

}  // namespace medusa
