// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "medusa/core/location.hpp"

namespace medusa {

/// Where a value came from. When several places name a value, the first kind below wins.
struct Origin {
  enum class Kind {
    Flag,         ///< The command line.
    Environment,  ///< An environment variable.
    File,         ///< medusa.toml.
    Default,      ///< Nobody said anything.
  };

  Kind kind = Kind::Default;
  std::string name = {};                  ///< The flag or variable; empty for the others.
  std::optional<Location> location = {};  ///< The key's place in the file, for Kind::File only.
};

/// What to print after "from": "--database-url", "DATABASE_URL", "medusa.toml:7" or "default".
[[nodiscard]] std::string to_string(const Origin& origin);

/// A value with the place it came from.
template <typename T>
struct Setting {
  T value = {};
  Origin origin = {};
};

}  // namespace medusa
