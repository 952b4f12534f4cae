// SPDX-License-Identifier: MIT
#include "medusa/cli/run.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/core/version.hpp"
#include "medusa/report/diagnostic.hpp"

#include "command.hpp"
#include "help_formatter.hpp"
#include "working_folder.hpp"

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
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORMAT");
  app.add_option("--color", options.color, "auto (default), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
      ->type_name("WHEN");
  app.add_flag("-v,--verbose", options.verbose, "Say more");
  app.add_flag("-q,--quiet", options.quiet, "Say only answers, warnings and errors");
  app.add_flag("--yes", options.yes, "Do not ask");
}

void add_commands(CLI::App& app, CommandAction& chosen, GlobalOptions& options) {
  CLI::App* migrations = app.add_subcommand("migrations", "Plan, run, show and revert migrations");
  migrations->require_subcommand(1);
  add_run(*migrations, chosen);
  add_show(*migrations, chosen);
  add_plan(*migrations, chosen);
  add_verify(*migrations, chosen);
  add_explain(*migrations, chosen);
  add_graph(*migrations, chosen, options);
  add_revert(*migrations, chosen);
  add_baseline(*migrations, chosen);
  add_create(*migrations, chosen);
  add_build(app, chosen);
  add_plugin(app, chosen);
  add_database(app, chosen);
  add_explain_hazard(app, chosen);
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

/// The first argument that nobody took, which is the likeliest reason for everything else.
std::optional<std::string> first_unknown(const CLI::App& app, bool flag) {
  for (const std::string& argument : app.remaining(true)) {
    if (argument.starts_with('-') == flag) {
      return argument;
    }
  }
  return std::nullopt;
}

std::vector<std::string> command_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* candidate : command.get_subcommands({})) {
    names.push_back(candidate->get_name());
  }
  return names;
}

/// Flags of the command and of those above it.
std::vector<std::string> flag_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options({})) {
      for (const std::string& name : option->get_lnames()) {
        names.push_back("--" + name);
      }
    }
  }
  return names;
}

/// Whether CLI11's message is about a flag of this very command.
bool is_about_flag_of(const CLI::App& app, const std::string& message) {
  for (const CLI::Option* option : app.get_options({})) {
    for (const std::string& name : {option->get_name(), "-" + join(option->get_snames(), "")}) {
      if (name.size() > 1 && (message.starts_with(name + ':') || message.starts_with(name + ' '))) {
        return true;
      }
    }
  }
  return false;
}

/// Whether it is about a flag that every command takes, and this one has not instead: only the
/// program's own help explains those.
bool is_about_global_flag(const CLI::App& app,
                          const CLI::App& command,
                          const std::string& message) {
  return is_about_flag_of(app, message) &&
         (&command == &app || !is_about_flag_of(command, message));
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  const std::string path = command_path(command);
  Diagnostic diagnostic{
      .code = ErrorCode::Usage, .message = error.what(), .hint = path + " --help"};
  if (is_about_global_flag(app, command, diagnostic.message)) {
    diagnostic.hint = "medusa --help";
    return Error(diagnostic);
  }
  const std::vector<std::string> names = command_names(command);
  if (const auto word = first_unknown(app, false); word.has_value() && !names.empty()) {
    diagnostic.message = "'" + path + "' has no command '" + *word + "'";
    if (const auto close = closest_match(*word, names)) {
      diagnostic.hint = "did you mean '" + path + ' ' + *close + "'?";
    }
  } else if (!names.empty()) {
    diagnostic.message = "'" + path + "' needs a command: " + join(names, ", ");
  } else if (const auto flag = first_unknown(app, true)) {
    diagnostic.message = "'" + path + "' has no flag '" + *flag + "'";
    if (const auto close = closest_match(*flag, flag_names(command))) {
      diagnostic.hint = "did you mean '" + *close + "'?";
    }
  } else if (const auto extra = first_unknown(app, false)) {
    diagnostic.message = "'" + path + "' takes no argument '" + *extra + "'";
  }
  return Error(diagnostic);
}

int perform(const GlobalOptions& options,
            const Environment& environment,
            const CommandAction& chosen,
            Terminal& terminal) {
  try {
    if (!options.directory.empty()) {
      work_in(options.directory);
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

/// The exit status in the end: an answer that could not be written (a full disk) was not given.
/// A failure keeps its own. Never JSON: its place is where nothing can be written.
int ended(int status, Terminal& terminal) {
  constexpr int kNo = 1;  // an answer, too
  const std::error_code error = terminal.answer_error();
  if (!error) {
    return status;
  }
  terminal.talk(terminal.talk_look().styled("error:", Style::StrongBad) +
                " cannot write the answer: " + error.message());
  return status > kNo ? status : exit_code(ErrorCode::Internal);
}

/// Prints what --help and --version ask for.
int explain(const std::string& text, const Environment& environment) {
  Terminal terminal = Terminal::of_process(environment);
  terminal.answer(text);
  return ended(0, terminal);
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Environment& environment) {
  GlobalOptions options;
  CommandAction chosen;
  CLI::App app("Migrations for Medusa monorepos: planned, explained, locked, atomic.", "medusa");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_version_flag("-V,--version", "medusa " + std::string(version()));
  add_global_flags(app, options);
  add_commands(app, chosen, options);
  let_flags_through(app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
  try {
    app.parse(reversed);
  } catch (const CLI::CallForVersion& version_call) {
    return explain(version_call.what(), environment);
  } catch (const CLI::Success&) {
    return explain(innermost(app).help(), environment);
  } catch (const CLI::ParseError& error) {
    Terminal terminal = Terminal::of_process(environment, options.terminal());
    render(usage_error(app, error), terminal);
    return ended(exit_code(ErrorCode::Usage), terminal);
  }
  Terminal terminal = Terminal::of_process(environment, options.terminal());
  return ended(perform(options, environment, chosen, terminal), terminal);
}

}  // namespace medusa
