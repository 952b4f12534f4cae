// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace medusa {

/// Where a server of ours listens: a socket in a folder that only we and the server can enter,
/// which is why nobody is asked for a password.
struct SocketAddress {
  std::filesystem::path folder = {};
  std::string database = "medusa";

  /// The superuser of every server of ours.
  static constexpr const char* kUser = "medusa";
  /// Only the socket's name contains it; nothing listens on a port.
  static constexpr int kPort = 5432;

  /// The socket itself.
  [[nodiscard]] std::filesystem::path socket() const;

  /// A URL that libpq, node-postgres and TypeORM understand alike, with all that environment
  /// variables such as PGPORT could otherwise change.
  [[nodiscard]] std::string url() const;
};

}  // namespace medusa
