// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "medusa/core/transaction_mode.hpp"

namespace medusa {

/// Adds `-t, --transaction all|each|none`, TypeORM's flag.
inline void add_transaction_flag(CLI::App& command, std::string& mode) {
  command
      .add_option("-t,--transaction",
                  mode,
                  "One transaction for everything, one per migration, or none: all, each, none")
      ->check(CLI::IsMember({"all", "each", "none"}).description(""))
      ->type_name("MODE");
}

}  // namespace medusa
