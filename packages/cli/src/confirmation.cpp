// SPDX-License-Identifier: MIT
#include "confirmation.hpp"

#include <iostream>
#include <poll.h>
#include <unistd.h>

#include "medusa/core/text.hpp"
#include "medusa/system/interruption.hpp"

namespace medusa {

bool asks(const Context& context) {
  return !context.options().yes && ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool confirm(Context& context, const std::string& question) {
  context.terminal().talk(question + " Type yes: ");
  // A terminal has something to read once a line is there; until then a signal ends the question.
  constexpr int kSlice = 50;  // milliseconds
  pollfd input{STDIN_FILENO, POLLIN, 0};
  while (::poll(&input, 1, kSlice) <= 0) {
    Interruption::check();
  }
  std::string answer;
  std::getline(std::cin, answer);
  Interruption::check();
  return trim(answer) == "yes";
}

}  // namespace medusa
