// SPDX-License-Identifier: MIT
#include "help_formatter.hpp"

namespace medusa {

std::string command_path(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : command_path(*app.get_parent()) + ' ' + app.get_name();
}

HelpFormatter::HelpFormatter() {
  constexpr std::size_t kColumn = 28;
  column_width(kColumn);
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string /*name*/) const {
  std::string usage = "Usage: " + command_path(*app);
  if (!app->get_subcommands({}).empty()) {
    usage += " COMMAND";
  }
  return usage + " [FLAGS]\n";
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
  return app->get_parent() == nullptr
             ? "\nmedusa COMMAND --help explains a command.\n"
             : "\nmedusa --help lists the flags that every command takes.\n";
}

}  // namespace medusa
