// SPDX-License-Identifier: MIT
#include "confirmation.hpp"

#include <iostream>
#include <unistd.h>

#include "medusa/core/text.hpp"

namespace medusa {

bool asks(const Context& context) {
  return !context.options().yes && ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool confirm(Context& context, const std::string& question) {
  context.terminal().talk(question + " Type yes: ");
  std::string answer;
  std::getline(std::cin, answer);
  return trim(answer) == "yes";
}

}  // namespace medusa
