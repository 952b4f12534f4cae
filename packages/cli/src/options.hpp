// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "medusa/report/terminal.hpp"

namespace medusa {

/// The flags that every command takes, as typed.
struct GlobalOptions {
  std::string directory = {};
  std::optional<std::string> config = {};
  std::optional<std::string> database_url = {};
  std::string format = "text";
  std::string color = "auto";
  bool verbose = false;
  bool quiet = false;
  bool yes = false;

  [[nodiscard]] TerminalOptions terminal() const;
};

}  // namespace medusa
