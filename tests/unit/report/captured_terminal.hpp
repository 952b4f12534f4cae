// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "medusa/report/terminal.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

/// A terminal whose output a test reads.
struct CapturedTerminal {
  /// What the channels pretend to be. 0 columns: a pipe.
  struct Setup {
    std::size_t columns = 0;
    bool unicode = true;
    ColorMode color = ColorMode::Never;
    OutputFormat format = OutputFormat::Text;
    Verbosity verbosity = Verbosity::Normal;
    std::map<std::string, std::string> variables = {};
  };

  CapturedTerminal() : CapturedTerminal(Setup{}) {}

  explicit CapturedTerminal(const Setup& setup)
      : terminal(answer,
                 {.is_terminal = setup.columns > 0, .columns = setup.columns},
                 talk,
                 {.is_terminal = setup.columns > 0, .columns = setup.columns},
                 environment_of(setup),
                 {.color = setup.color, .format = setup.format, .verbosity = setup.verbosity}) {}

  /// What was printed since the last call.
  [[nodiscard]] std::string take_answer() { return std::exchange(answer, {}).str(); }

  [[nodiscard]] std::string take_talk() { return std::exchange(talk, {}).str(); }

  std::ostringstream answer;
  std::ostringstream talk;
  Terminal terminal;

 private:
  static Environment environment_of(const Setup& setup) {
    std::map<std::string, std::string> variables = setup.variables;
    variables.emplace("TERM", "xterm-256color");
    variables.emplace("LANG", setup.unicode ? "C.UTF-8" : "C");
    return Environment(variables);
  }
};

}  // namespace medusa
