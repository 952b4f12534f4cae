// SPDX-License-Identifier: MIT
// SIGINT, SIGTERM and SIGHUP as a value that long work looks at, and a call that ends a long wait.
#pragma once

#include <chrono>
#include <functional>

namespace medusa {

/// Owns SIGINT, SIGTERM and, unless it is ignored (nohup), SIGHUP for the process. Make exactly
/// one, in main, before any thread starts.
///
/// The first signal is noted and the `on_interrupt` callback runs (on a thread of ours); work then
/// ends in an orderly way. Further signals are noted and change nothing: the truth comes first.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  Interruption(Interruption&&) = delete;
  Interruption& operator=(Interruption&&) = delete;

  /// The first signal received, or 0.
  [[nodiscard]] static int signal();

  /// @throws Error with ErrorCode::Interrupted or Terminated, if a signal was received.
  static void check();

  /// Waits that long, or until a signal is received.
  static void wait(std::chrono::milliseconds time);

  /// While one lives, check() does not throw and wait() waits: for what must be brought to an end.
  class Deferral {
   public:
    Deferral();
    ~Deferral();
    Deferral(const Deferral&) = delete;
    Deferral& operator=(const Deferral&) = delete;
    Deferral(Deferral&&) = delete;
    Deferral& operator=(Deferral&&) = delete;
  };

  /// Calls `cancel` at the first signal for as long as this object lives; at once if a signal
  /// is there already. `cancel` runs on another thread and must not throw. One at a time.
  class Scope {
   public:
    explicit Scope(std::function<void()> cancel);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Scope(Scope&&) = delete;
    Scope& operator=(Scope&&) = delete;
  };
};

}  // namespace medusa
