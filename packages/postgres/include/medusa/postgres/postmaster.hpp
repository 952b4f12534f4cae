// SPDX-License-Identifier: MIT
// What can be learnt about a server from outside, without a connection or a child process.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/types.h>

#include "medusa/postgres/socket_address.hpp"

namespace medusa {

/// What a server wrote into its data folder's postmaster.pid. Left behind by a crash, so it alone
/// says nothing about a running server.
struct PostmasterFile {
  pid_t pid = 0;
  std::filesystem::path socket_folder = {};
  bool ready = false;  ///< Start-up and recovery are over.
};

/// Nothing if the text is not a postmaster's, e.g. still being written.
[[nodiscard]] std::optional<PostmasterFile> parse_postmaster_file(std::string_view text);

/// The data folder's postmaster.pid; nothing if there is none.
[[nodiscard]] std::optional<PostmasterFile> read_postmaster_file(const std::filesystem::path& data);

/// Whether the process is alive and a PostgreSQL process working in this data folder. A number
/// that now belongs to another program, or to a zombie, is not.
[[nodiscard]] bool is_postgres_of(pid_t pid, const std::filesystem::path& data);

/// Whether something listens on the socket. Does not wait.
[[nodiscard]] bool accepts_connections(const SocketAddress& address);

}  // namespace medusa
