// SPDX-License-Identifier: MIT
#include "build_command.hpp"

#include <sstream>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

namespace {

/// Words are passed on as they are, so what a shell would make of these would silently not happen.
void refuse_shell_syntax(const std::string& command) {
  const std::size_t at = command.find_first_of(";&|<>$`'\"\\()\n");
  if (at == std::string::npos) {
    return;
  }
  const std::string found = command[at] == '\n' ? "a line end" : std::string(1, command[at]);
  throw Error({.code = ErrorCode::Build,
               .message = "the build command '" + command + "' is written for a shell",
               .notes = {"it has " + found +
                         " in it, but is started without a shell: words "
                         "separated by blanks"},
               .hint = "put it into an npm script: command = \"npm run build\""});
}

}  // namespace

void run_build_command(const Member& member, const std::string& command) {
  constexpr std::size_t kLinesShown = 30;
  refuse_shell_syntax(command);
  std::istringstream words(command);
  ProcessCommand process{.directory = member.root};
  std::string word;
  words >> word;
  process.program = find_program(word, Environment::of_process()).value_or(word);
  while (words >> word) {
    process.arguments.push_back(word);
  }
  const ProcessResult result = run_process(process);
  if (result.succeeded()) {
    return;
  }
  Diagnostic diagnostic{
      .code = ErrorCode::Build,
      .message = "the build command '" + command + "' failed in " + member.name,
      .hint = "run it yourself: cd " + shell_word(member.root.string()) + " && " + command};
  const std::vector<std::string_view> output = lines(trim(result.output));
  const std::size_t first = output.size() > kLinesShown ? output.size() - kLinesShown : 0;
  for (std::size_t i = first; i < output.size(); ++i) {
    diagnostic.notes.emplace_back(output[i]);
  }
  throw Error(diagnostic);
}

}  // namespace medusa
