// SPDX-License-Identifier: MIT
#include "build_command.hpp"

#include <sstream>

#include "medusa/core/error.hpp"
#include "medusa/core/text.hpp"
#include "medusa/system/process.hpp"

namespace medusa {

void run_build_command(const Member& member, const std::string& command) {
  constexpr std::size_t kLinesShown = 30;
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
  Diagnostic diagnostic{.code = ErrorCode::Build,
                        .message = "the build command '" + command + "' failed in " + member.name,
                        .hint = "run it yourself: cd " + member.root.string() + " && " + command};
  const std::vector<std::string_view> output = lines(trim(result.output));
  const std::size_t first = output.size() > kLinesShown ? output.size() - kLinesShown : 0;
  for (std::size_t i = first; i < output.size(); ++i) {
    diagnostic.notes.emplace_back(output[i]);
  }
  throw Error(diagnostic);
}

}  // namespace medusa
