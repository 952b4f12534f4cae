// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/App.hpp>
#include <CLI/Formatter.hpp>
#include <string>

namespace medusa {

/// The words that lead to a command, e.g. "medusa migrations run".
[[nodiscard]] std::string command_path(const CLI::App& app);

/// Help texts: the whole command in the usage line, and where the common flags are explained.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter();

  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_footer(const CLI::App* app) const override;
};

}  // namespace medusa
