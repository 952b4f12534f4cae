// SPDX-License-Identifier: MIT
// From medusa.toml, the environment and the flags to a Config. All problems of the file come in one
// Error, in the order of their places. The database URL is never part of an error.
#pragma once

#include <filesystem>
#include <string_view>

#include "medusa/config/config.hpp"
#include "medusa/config/overrides.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

/// The file that `overrides` names (relative to `start`), else the medusa.toml of `start` or of the
/// nearest folder above it; absolute. @throws Error with ErrorCode::Config if there is none.
[[nodiscard]] std::filesystem::path find_config(const std::filesystem::path& start,
                                                const ConfigOverrides& overrides = {});

/// Reads the file. `overrides.config_file` plays no part: it was find_config's.
/// @throws Error with ErrorCode::Config for a file that cannot be read, and as parse_config.
[[nodiscard]] Config load_config(const std::filesystem::path& file,
                                 const Environment& environment,
                                 const ConfigOverrides& overrides = {});

/// Reads `text` as the content of `file`, which need not exist.
/// @throws Error with ErrorCode::Config carrying every problem: broken TOML, an unknown key, a
/// value of the wrong type, an environment variable that is not set.
[[nodiscard]] Config parse_config(std::string_view text,
                                  const std::filesystem::path& file,
                                  const Environment& environment = {},
                                  const ConfigOverrides& overrides = {});

}  // namespace medusa
