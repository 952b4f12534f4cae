// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "medusa/core/transaction_mode.hpp"

namespace medusa {

/// What the command line says about the configuration; each wins over every other origin.
struct ConfigOverrides {
  std::optional<std::filesystem::path> config_file = {};      ///< --config
  std::optional<std::string> database_url = {};               ///< --database-url
  std::optional<std::string> schema = {};                     ///< --schema
  std::optional<TransactionMode> transaction = {};            ///< --transaction
  std::optional<std::chrono::seconds> host_timeout = {};      ///< --host-timeout
  std::optional<std::chrono::seconds> run_lock_timeout = {};  ///< --run-lock-timeout
};

}  // namespace medusa
