// SPDX-License-Identifier: MIT
#include "medusa/core/error.hpp"
#include "medusa/postgres/binaries.hpp"
#include "medusa/report/database_report.hpp"
#include "medusa/system/process.hpp"

#include "command.hpp"

namespace medusa {

namespace {

int start(Context& context) {
  const auto& url = context.config().database.url;
  if (url.has_value()) {
    throw Error({.code = ErrorCode::Usage,
                 .message = "there is no server to start: a database URL is configured (" +
                            to_string(url->origin) + ")",
                 .hint = "this command is for the private server of a workspace without a URL"});
  }
  const DatabaseChoice& database = context.database();
  context.terminal().status("Running", database.text());
  render_database_url(database.url.masked(), context.terminal());
  return 0;
}

/// Whatever is configured by now: the server may have been started before.
int stop(Context& context) {
  const auto& url = context.config().database.url;
  const bool was_running = private_server(context.config(), context.environment()).stop();
  context.terminal().status("Stopped",
                            was_running
                                ? "the workspace's own PostgreSQL"
                                : "nothing: the workspace's own PostgreSQL was not running");
  if (url.has_value() && !was_running) {
    context.terminal().note("the database in use is another one (" + to_string(url->origin) +
                            "); only who runs its server can stop that");
  }
  return 0;
}

int url(Context& context) {
  render_database_url(context.database().url.masked(), context.terminal());
  return 0;
}

std::filesystem::path find_psql(Context& context) {
  if (const auto psql = find_program("psql", context.environment())) {
    return *psql;
  }
  return find_postgres_binaries(context.environment()).program("psql");
}

int psql(Context& context, const std::vector<std::string>& arguments) {
  // The environment, because everybody on the machine can read a process's arguments.
  const ProcessResult result =
      run_in_foreground({.program = find_psql(context),
                         .arguments = arguments,
                         .environment = context.database().url.environment()});
  return result.signal != 0 ? 128 + result.signal : result.exit_code;
}

}  // namespace

void add_database(CLI::App& parent, CommandAction& chosen) {
  CLI::App* command =
      parent.add_subcommand("database", "The workspace's own PostgreSQL, and what is configured");
  command->require_subcommand(1);
  command->add_subcommand("start", "Start the workspace's own server")->callback([&chosen] {
    chosen = start;
  });
  command->add_subcommand("stop", "Stop it; its data stays")->callback([&chosen] {
    chosen = stop;
  });
  command->add_subcommand("url", "Print the URL in use, without its password")->callback([&chosen] {
    chosen = url;
  });
  CLI::App* shell = command->add_subcommand("psql", "Open psql on the database in use");
  const auto arguments = std::make_shared<std::vector<std::string>>();
  shell->add_option("arguments", *arguments, "Passed on to psql, after --");
  shell->callback([&chosen, arguments] {
    chosen = [arguments](Context& context) { return psql(context, *arguments); };
  });
}

}  // namespace medusa
