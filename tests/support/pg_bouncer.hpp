// SPDX-License-Identifier: MIT
// A connection pooler before the test process's server.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "medusa/system/channel_process.hpp"

namespace medusa {

/// PgBouncer with its own defaults, but for the mode, on a socket in a folder of its own. Ended and
/// removed with this object, and with the thread that made it.
class PgBouncer {
 public:
  /// @param mode "session" or "transaction".
  /// @param pool_size how many server connections it makes at most.
  explicit PgBouncer(const std::string& mode, int pool_size = 20);
  ~PgBouncer();
  PgBouncer(const PgBouncer&) = delete;
  PgBouncer& operator=(const PgBouncer&) = delete;
  PgBouncer(PgBouncer&&) = delete;
  PgBouncer& operator=(PgBouncer&&) = delete;

  /// URL of a database of PostgresFixture's server through the pooler.
  [[nodiscard]] std::string url(const std::string& database) const;

  /// The socket at which it listens.
  [[nodiscard]] std::filesystem::path socket() const;

 private:
  std::filesystem::path folder_;
  std::unique_ptr<ChannelProcess> process_;
};

}  // namespace medusa
