// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace medusa {

/// One key of medusa.toml as the manual describes it.
struct ConfigKey {
  std::string_view section = {};  ///< The table it is in, e.g. "database".
  std::string_view key = {};      ///< Its name there; "<name>" where the user chooses the names.
  std::string_view type = {};
  std::string_view default_value = {};
  std::string_view description = {};
};

/// Every key there is, in the manual's order. Any other key is an error; the table
/// "Configuration reference" of this package's README.md says the same.
[[nodiscard]] std::span<const ConfigKey> config_keys();

}  // namespace medusa
