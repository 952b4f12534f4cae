// SPDX-License-Identifier: MIT
// Which PostgreSQL of this machine to run. The folder of one version is taken whole: programs of
// that name in PATH may be wrappers, or belong to another version.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "medusa/system/environment.hpp"

namespace medusa {

/// The programs of one PostgreSQL server version: a folder with initdb, postgres and psql.
struct PostgresBinaries {
  std::filesystem::path folder = {};
  int major = 0;  ///< 15 for PostgreSQL 15.

  [[nodiscard]] std::filesystem::path program(std::string_view name) const { return folder / name; }
};

/// The server programs to use: those in PG_BINDIR if it is set, else the newest version that the
/// distribution installed, else what pg_config or initdb in PATH belong to.
///
/// With `major`, the newest is the one of that version: a data folder can be run by no other. If
/// there is none, the result is what would be used otherwise; compare its `major`.
/// @throws Error with ErrorCode::Database and a hint how to install it, if there is none.
[[nodiscard]] PostgresBinaries find_postgres_binaries(const Environment& environment,
                                                      std::optional<int> major = std::nullopt);

/// The major version in what `postgres --version` prints ("postgres (PostgreSQL) 15.14 ...").
[[nodiscard]] std::optional<int> parse_postgres_version(std::string_view text);

}  // namespace medusa
