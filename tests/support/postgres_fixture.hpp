// SPDX-License-Identifier: MIT
// A real PostgreSQL server for the tests of one process: fast, alone, and gone afterwards.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>

#include "medusa/postgres/binaries.hpp"
#include "medusa/postgres/socket_address.hpp"

namespace medusa {

/// The test process's own server. It forgets on a crash (no fsync), which nobody will miss.
///
/// It dies with the process, even with a killed one; its folder is removed at exit, or by the next
/// test process. A new database cluster is copied from MEDUSA_TEST_CACHE_DIR once it is there.
class PostgresFixture {
 public:
  /// The server, started by the first call. Make that on the main thread: a server dies with the
  /// thread that started it. @throws std::exception if there can be no server.
  [[nodiscard]] static PostgresFixture& shared();

  ~PostgresFixture();
  PostgresFixture(const PostgresFixture&) = delete;
  PostgresFixture& operator=(const PostgresFixture&) = delete;
  PostgresFixture(PostgresFixture&&) = delete;
  PostgresFixture& operator=(PostgresFixture&&) = delete;

  /// The one role that has to give a password, once a test has created it.
  static constexpr const char* kPasswordUser = "secret_user";

  /// URL of a database of the server, existing or not. The user is a superuser.
  [[nodiscard]] std::string url(const std::string& database) const;

  /// Makes an empty database and returns its name, which no other test of this process has.
  [[nodiscard]] std::string create_database();

  /// The folder with psql, pg_dump and the rest, of the server's version.
  [[nodiscard]] const std::filesystem::path& binaries() const { return binaries_.folder; }

  /// The server's socket.
  [[nodiscard]] std::filesystem::path socket() const;

  /// Stops the server as a crash would (mode "immediate"), and waits until it is gone. May be
  /// called on any thread.
  void crash() const;

  /// After crash(), on the main thread: the server recovers, and this returns when it accepts.
  void restart();

  /// The server's own log, for tests that look at what reached it.
  [[nodiscard]] std::filesystem::path log() const;

 private:
  struct Server;

  PostgresFixture();

  PostgresBinaries binaries_;
  std::unique_ptr<Server> server_;
  int databases_ = 0;
};

}  // namespace medusa
