// SPDX-License-Identifier: MIT
#include "medusa_program.hpp"

#include "medusa/system/environment.hpp"

namespace medusa {

namespace {

bool changes_behaviour(const std::string& name) {
  return name == "DATABASE_URL" || name == "CI" || name == "NODE_ENV" || name == "NODE_OPTIONS" ||
         name == "NO_COLOR" || name == "CLICOLOR_FORCE" || name.starts_with("MEDUSA_FF_") ||
         name.starts_with("PG");
}

}  // namespace

std::filesystem::path medusa_program() {
  return MEDUSA_TEST_PROGRAM;
}

std::filesystem::path project_root() {
  return MEDUSA_TEST_SOURCE_DIR;
}

ProcessCommand isolated_command(const std::string& program,
                                const std::filesystem::path& directory,
                                const std::vector<std::string>& arguments,
                                const std::map<std::string, std::string>& environment) {
  const Environment ours = Environment::of_process();
  // env(1) can take variables away; a child of ours only gets more.
  ProcessCommand command{
      .program = "/usr/bin/env", .directory = directory, .separate_errors = true};
  for (const auto& [name, value] : ours.variables()) {
    if (changes_behaviour(name) && !environment.contains(name)) {
      command.arguments.insert(command.arguments.end(), {"-u", name});
    }
  }
  for (const auto& [name, value] : environment) {
    command.arguments.push_back(name + '=' + value);
  }
  command.arguments.push_back(
      find_program(program, ours).value_or(std::filesystem::path(program)).string());
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  return command;
}

Outcome run_program(const std::string& program,
                    const std::filesystem::path& directory,
                    const std::vector<std::string>& arguments,
                    const std::map<std::string, std::string>& environment) {
  ProcessResult result = run_process(isolated_command(program, directory, arguments, environment));
  return {.exit_code = result.signal != 0 ? 128 + result.signal : result.exit_code,
          .output = std::move(result.output),
          .errors = std::move(result.errors)};
}

Outcome run_medusa(const std::filesystem::path& directory,
                   const std::vector<std::string>& arguments,
                   const std::map<std::string, std::string>& environment) {
  return run_program(medusa_program().string(), directory, arguments, environment);
}

}  // namespace medusa
