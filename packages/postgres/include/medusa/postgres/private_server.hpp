// SPDX-License-Identifier: MIT
// The workspace's own PostgreSQL, used when no database is configured. Whether it is to be used is
// decided above; here it is only made, started, found and stopped.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

#include "medusa/postgres/socket_address.hpp"
#include "medusa/system/environment.hpp"

namespace medusa {

/// Which server.
struct PrivateServerSettings {
  /// Its folder, `<workspace>/.medusa/postgres`. Made when needed.
  std::filesystem::path home = {};
  /// Looked at for PATH and PG_BINDIR, and handed to the server but for its PG* variables.
  Environment environment = {};
  /// Created when missing, at each start of the server. @pre as create_database
  std::string database = "medusa";
  /// Where the data goes when the server's user cannot reach `home` (we are root).
  std::filesystem::path fallback = "/var/lib/medusa";
};

/// What a server is doing, for people.
struct ServerStatus {
  enum class State {
    Absent,    ///< Never started here: there is no data.
    Stopped,   ///< There is data, and no server.
    Starting,  ///< Processes of it live, but it does not take connections (yet, or any more).
    Running,
  };

  State state = State::Absent;
  pid_t pid = 0;                    ///< Of the postmaster; 0 unless Running.
  int major = 0;                    ///< The data's PostgreSQL version; 0 if Absent.
  std::filesystem::path data = {};  ///< The real folder; empty if Absent.
  std::filesystem::path log = {};   ///< What the server said since its last start.
  SocketAddress address = {};       ///< Where it listens when it runs; empty if Absent.
};

/// A private PostgreSQL server of one workspace. It outlives us; any number of processes may use
/// one home at the same time, across containers too as long as they share the kernel.
class PrivateServer {
 public:
  explicit PrivateServer(PrivateServerSettings settings);

  /// Makes sure that the server runs and has the database; makes and starts it if needed. Quick,
  /// and without a child process, when it runs already.
  ///
  /// A killed first start leaves nothing half-made; a crash or reboot is recovered from.
  /// @throws Error with ErrorCode::Database: no PostgreSQL installed, data of another version,
  /// data of another user, or the server does not start (its last words are in the notes).
  [[nodiscard]] SocketAddress ensure_started();

  /// Stops the server: clients are disconnected, what they committed is safe. Returns when all its
  /// processes are gone; false if none was running.
  /// @throws Error with ErrorCode::Database if it does not end.
  bool stop();

  [[nodiscard]] ServerStatus status() const;

 private:
  PrivateServerSettings settings_;
};

}  // namespace medusa
