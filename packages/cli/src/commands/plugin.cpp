// SPDX-License-Identifier: MIT
#include <memory>
#include <string>

#include "medusa/core/text.hpp"
#include "medusa/plan/plugin_removal.hpp"
#include "medusa/report/removal_report.hpp"

#include "command.hpp"

namespace medusa {

namespace {

struct RemoveOptions {
  std::string name = {};
  bool plan = false;
};

int remove(Context& context, const RemoveOptions& options) {
  if (!options.plan) {
    throw Error(
        {.code = ErrorCode::Usage,
         .message = "'medusa plugin remove' cannot remove yet: '--plan' shows what it would take",
         .notes = {"revert the migrations that it lists (medusa migrations revert), then take the "
                   "plugin out of [workspace] plugins and uninstall it"},
         .hint = "medusa plugin remove --plan " + shell_word(options.name)});
  }
  const Catalog& catalog = context.catalog();
  const RecordedHistory past =
      Executor::read_recorded_history(context.database().url, context.schema(), RecordedSql::Skip);
  const UpgradeFacts facts =
      context.facts(past.history,
                    Executor::source(context.database().url, context.executor_options()),
                    FootprintDirections::Both);
  const PluginRemoval removal =
      plan_removal(options.name, catalog, past.history, past.recordings, facts);
  render_removal(removal, context.terminal());
  return removal.in_use() || !removal.is_certain() ? 1 : 0;
}

}  // namespace

void add_plugin(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command = parent.add_subcommand("plugin", "What removing a plugin would take");
  command->require_subcommand(1);
  CLI::App* removal = command->add_subcommand(
      "remove", "With --plan: what its migrations would drop, and who else uses it");
  const auto options = std::make_shared<RemoveOptions>();
  removal->add_option("name", options->name, "The plugin")->required()->type_name("NAME");
  removal->add_flag("--plan",
                    options->plan,
                    "Only show it, change nothing; exit with status 1 if something\n"
                    "else uses the plugin");
  removal->callback([&chosen, options] {
    chosen = [options](Context& context) { return remove(context, *options); };
  });
}

}  // namespace medusa
