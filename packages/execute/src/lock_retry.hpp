// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

namespace medusa {

/// Whether the server refused because of what others did at the same time: a lock not got in time,
/// a deadlock, a serialization failure. The same transaction may go well later.
[[nodiscard]] bool is_lock_conflict(std::string_view sqlstate);

/// How often and when a transaction is run again: after pauses that grow up to some seconds, with
/// jitter, until the time is used up.
class LockRetry {
 public:
  /// @param budget counted from the first conflict; 0: never.
  explicit LockRetry(std::chrono::milliseconds budget);

  /// The pause before the next attempt; nothing if there is none.
  [[nodiscard]] std::optional<std::chrono::milliseconds> next();

  /// How many attempts there were.
  [[nodiscard]] int attempts() const { return attempts_; }

 private:
  std::chrono::milliseconds budget_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::chrono::milliseconds pause_{250};
  int attempts_ = 0;
  std::mt19937 generator_{std::random_device{}()};
};

}  // namespace medusa
