// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace medusa {

/// A session that holds a lock which a statement of ours waits for, as pg_stat_activity tells; what
/// the server does not show us is empty.
struct Blocker {
  int pid = 0;  ///< 0: a prepared transaction, which has no session.
  std::string application = {};
  std::string address = {};
  std::string state = {};  ///< "active", "idle in transaction", ...
  std::string query = {};  ///< Its last statement, shortened.
  std::optional<std::chrono::seconds> transaction_age = {};
  std::optional<std::chrono::seconds> query_age = {};
};

/// What a statement of ours waits for.
struct Blockage {
  std::string relation = {};  ///< Table or index; empty for another kind of lock.
  std::vector<Blocker> blockers = {};
};

/// e.g. "pid 4711 (app, idle in transaction for 41 s)", with the query as "...: SELECT 1".
[[nodiscard]] std::string to_string(const Blocker& blocker);

}  // namespace medusa
