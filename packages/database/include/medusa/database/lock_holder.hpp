// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace medusa {

/// Who holds a lock, as pg_stat_activity tells; fields the server does not show us are empty.
struct LockHolder {
  int pid = 0;
  std::string application = {};
  std::string address = {};
  std::string since = {};  ///< When its transaction began, e.g. "2024-05-01 10:00:00+00".
  std::optional<std::chrono::seconds> query_age = {};  ///< Since its last statement began.
};

/// What a run waits for before it may begin.
enum class RunLockWait {
  Run,          ///< Another run has the lock.
  Transaction,  ///< A run that has lost the lock still works in a transaction it began under it.
};

}  // namespace medusa
