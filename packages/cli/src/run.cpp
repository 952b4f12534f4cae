// SPDX-License-Identifier: MIT
#include "medusa/cli/run.hpp"

#include <filesystem>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "command.hpp"
#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/report/diagnostic.hpp"

namespace medusa {

TerminalOptions GlobalOptions::terminal() const {
  TerminalOptions result;
  result.color = color == "always"  ? ColorMode::Always
                 : color == "never" ? ColorMode::Never
                                    : ColorMode::Auto;
  result.format = format == "json" ? OutputFormat::Json : OutputFormat::Text;
  result.verbosity = quiet ? Verbosity::Quiet : verbose ? Verbosity::Verbose : Verbosity::Normal;
  return result;
}

namespace {

void add_global_flags(CLI::App& app, GlobalOptions& options) {
  app.add_option("-C", options.directory, "Work in this folder")->type_name("DIR");
  app.add_option("--config", options.config, "Use this file instead of the nearest medusa.toml")
      ->type_name("FILE");
  app.add_option("--database-url", options.database_url, "The database; wins over DATABASE_URL")
      ->type_name("URL");
  app.add_option("--format", options.format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  app.add_option("--color", options.color, "auto (default), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  app.add_flag("-v,--verbose", options.verbose, "Say more");
  app.add_flag("-q,--quiet", options.quiet, "Say only answers, warnings and errors");
  app.add_flag("--yes", options.yes, "Do not ask");
}

void add_commands(CLI::App& app, Action& chosen) {
  CLI::App* migrations = app.add_subcommand("migrations", "Plan, run, show and revert migrations");
  migrations->require_subcommand(1);
  add_run(*migrations, chosen);
  add_show(*migrations, chosen);
  add_plan(*migrations, chosen);
  add_revert(*migrations, chosen);
  add_create(*migrations, chosen);
  add_build(app, chosen);
  add_database(app, chosen);
  app.require_subcommand(1);
}

/// Global flags may stand anywhere: what a command does not know goes up to the program.
void let_flags_through(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands({})) {
    command->fallthrough();
    let_flags_through(*command);
  }
}

/// The command that the arguments led to, for its help and for suggestions.
const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : innermost(*parsed.front());
}

std::string path_of(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : path_of(*app.get_parent()) + ' ' + app.get_name();
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error,
                  const std::vector<std::string>& arguments) {
  const CLI::App& command = innermost(app);
  Diagnostic diagnostic{.code = ErrorCode::Usage, .message = error.what()};
  std::vector<std::string> names;
  for (const CLI::App* candidate : command.get_subcommands({})) {
    names.push_back(candidate->get_name());
  }
  for (const std::string& argument : arguments) {
    const auto close = closest_match(argument, names);
    if (close.has_value() && *close != argument && !argument.starts_with('-')) {
      diagnostic.hint = "did you mean '" + path_of(command) + ' ' + *close + "'?";
    }
  }
  if (diagnostic.hint.empty()) {
    diagnostic.hint = path_of(command) + " --help";
  }
  return Error(diagnostic);
}

int perform(const GlobalOptions& options, const Environment& environment, const Action& chosen,
            Terminal& terminal) {
  try {
    if (!options.directory.empty()) {
      std::error_code error;
      std::filesystem::current_path(options.directory, error);
      if (error) {
        throw Error({.code = ErrorCode::Usage,
                     .message = "cannot work in '" + options.directory + "': " + error.message()});
      }
    }
    Context context(options, environment, terminal);
    return chosen(context);
  } catch (const Error& error) {
    render(error, terminal);
    return exit_code(error.code());
  } catch (const std::exception& error) {
    render(Error({.code = ErrorCode::Internal, .message = error.what()}), terminal);
    return exit_code(ErrorCode::Internal);
  }
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Environment& environment) {
  GlobalOptions options;
  Action chosen;
  CLI::App app("Migrations for Medusa monorepos: planned, explained, locked, atomic.", "medusa");
  app.set_version_flag("-V,--version", "medusa " + std::string(version()));
  add_global_flags(app, options);
  add_commands(app, chosen);
  let_flags_through(app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
  try {
    app.parse(reversed);
  } catch (const CLI::CallForVersion& version_call) {
    Terminal::of_process(environment).answer(version_call.what());
    return 0;
  } catch (const CLI::Success&) {
    Terminal::of_process(environment).answer(innermost(app).help());
    return 0;
  } catch (const CLI::ParseError& error) {
    Terminal terminal = Terminal::of_process(environment, options.terminal());
    render(usage_error(app, error, arguments), terminal);
    return exit_code(ErrorCode::Usage);
  }
  Terminal terminal = Terminal::of_process(environment, options.terminal());
  return perform(options, environment, chosen, terminal);
}

}  // namespace medusa
